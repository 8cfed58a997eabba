"""Which part of a schedule is shown: days, an officer, a grid; and what is hidden because nobody asked for it.

Filters choose what is shown, never what is planned, so a choice is made of a finished Schedule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from safeplan.core.tables import Schedule
from safeplan.plan.plan import Plan
from safeplan.terms.reason import Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; None means everything.

    `officer` and `grid` are codes, a grid is meant with all below it. Surprise visits (飞行检查) and visits that are
    not drawn yet are shown only `with_surprise`.
    """

    first: date | None = None
    last: date | None = None
    officer: int | None = None
    grid: int | None = None
    with_surprise: bool = False

    @property
    def is_everything(self) -> bool:
        """Whether nothing is filtered by day, officer or grid."""
        return self.first is None and self.last is None and self.officer is None and self.grid is None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A Schedule that holds only what is shown, and how many of the chosen visits and obligations are hidden."""

    schedule: Schedule
    choice: Choice
    surprise: int = 0
    undrawn: int = 0

    @property
    def first(self) -> date:
        """The first day that is shown."""
        return self.choice.first or self.schedule.plan.first

    @property
    def last(self) -> date:
        """The last day that is shown."""
        return self.choice.last or self.schedule.plan.last


def choose(schedule: Schedule, choice: Choice) -> Chosen:
    """Keep what is asked for.

    Visits are kept by their day; unplaced and carried-over obligations by a window that touches the chosen days, and
    only when no officer is chosen, since they have none; activities by their due day. Figures stay those of the whole
    schedule.
    """
    plan = schedule.plan
    visits = schedule.visits.with_row_index("was")
    visits = visits.filter(_days(choice, "day", "day"))
    if choice.grid is not None:
        visits = visits.filter(pl.col("grid").is_in(grids_below(plan, choice.grid)))
    if choice.officer is not None:
        own = schedule.crews.filter(pl.col("officers").list.contains(choice.officer))
        visits = visits.join(own, on=["day", "crew"], how="semi", maintain_order="left")
    unplaced, carried = (_open(schedule, frame, choice) for frame in (schedule.unplaced, schedule.carried_over))
    surprise = undrawn = 0
    if not choice.with_surprise:
        visits, surprise, undrawn = _without_hidden(schedule, visits)
        unplaced, hidden = _without_surprise(schedule, unplaced)
        carried, more = _without_surprise(schedule, carried)
        surprise += hidden + more
    shown = replace(
        schedule,
        visits=visits.drop("was"),
        serves=_renumbered(schedule.serves, visits["was"]),
        crews=schedule.crews.join(visits, on=["day", "crew"], how="semi", maintain_order="left"),
        unplaced=unplaced,
        carried_over=carried,
        activities=_activities(schedule, choice),
        whole=schedule.whole or schedule,
    )
    if not choice.with_surprise:
        shown = replace(shown, overdue=_told(schedule, schedule.overdue), waived=_told(schedule, schedule.waived))
    return Chosen(shown, choice, surprise, undrawn)


def grids_below(plan: Plan, grid: int) -> list[int]:
    """Give the codes of a grid and of all grids below it."""
    below = {grid}
    found = True
    while found:
        more = {code for code, parent in enumerate(plan.grid_parent) if parent in below} - below
        below |= more
        found = bool(more)
    return sorted(below)


def enterprises_in(plan: Plan, grids: list[int]) -> list[int]:
    """Give the codes of the enterprises that lie in one of the grids at some time."""
    return plan.grid_spans.filter(pl.col("grid").is_in(grids))["enterprise"].unique().sort().to_list()


def _days(choice: Choice, first: str, last: str) -> pl.Expr:
    """Say whether a span of days touches the chosen ones."""
    keep = pl.lit(True)
    if choice.first is not None:
        keep &= pl.col(last) >= choice.first
    if choice.last is not None:
        keep &= pl.col(first) <= choice.last
    return keep


def _open(schedule: Schedule, frame: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    if choice.officer is not None:
        return frame.clear()
    facts = schedule.obligations.select("enterprise", "grid", "first", "last")[frame["obligation"].to_list()]
    keep = _days(choice, "first", "last")
    if choice.grid is not None:
        grids = grids_below(schedule.plan, choice.grid)
        keep &= pl.col("grid").is_in(grids) | pl.col("enterprise").is_in(enterprises_in(schedule.plan, grids))
    return frame.filter(facts.with_columns(keep=keep)["keep"])


def undrawn(schedule: Schedule, visits: pl.DataFrame) -> pl.Series:
    """Say of each of a schedule's visits whether it belongs to a spot check and nobody is drawn for it yet."""
    spot_checks = [code for code, line in enumerate(schedule.plan.rules) if line.kind is Kind.SPOT_CHECK]
    return (visits["enterprise"] < 0) & schedule.obligations["rule"].gather(visits["lead"]).is_in(spot_checks)


def _without_hidden(schedule: Schedule, visits: pl.DataFrame) -> tuple[pl.DataFrame, int, int]:
    nobody = undrawn(schedule, visits)
    surprise = visits["surprise"] & ~nobody
    return visits.filter(~nobody & ~surprise), int(surprise.sum()), int(nobody.sum())


def _told(schedule: Schedule, rows: pl.Series) -> pl.Series:
    """Leave out the obligations that surprise visits owe."""
    hidden = [code for code, line in enumerate(schedule.plan.rules) if line.model.surprise]
    return rows.filter(~schedule.obligations["rule"].gather(rows).is_in(hidden))


def _without_surprise(schedule: Schedule, frame: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    rules = [code for code, line in enumerate(schedule.plan.rules) if line.model.surprise]
    if not rules:
        return frame, 0
    hidden = schedule.obligations["rule"].gather(frame["obligation"]).is_in(rules)
    return frame.filter(~hidden), int(hidden.sum())


def _renumbered(serves: pl.DataFrame, kept: pl.Series) -> pl.DataFrame:
    """Give what the kept visits serve, with their new rows."""
    new = pl.DataFrame({"visit": kept.cast(pl.Int32)}).with_row_index("now")
    return serves.join(new, on="visit", how="inner", maintain_order="left").select(
        pl.col("now").cast(pl.Int32).alias("visit"), "obligation"
    )


def _activities(schedule: Schedule, choice: Choice) -> pl.DataFrame:
    activities = schedule.activities.filter(_days(choice, "due", "due"))
    if choice.officer is not None:
        activities = activities.filter(pl.col("owners").list.contains(choice.officer))
    if choice.grid is not None:
        grids = grids_below(schedule.plan, choice.grid)
        here = enterprises_in(schedule.plan, grids)
        activities = activities.filter(pl.col("grid").is_in(grids) | pl.col("enterprise").is_in(here))
    return activities
