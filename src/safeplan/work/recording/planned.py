"""The visits that were planned around a day, so that what was made can name the one that it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from safeplan.core import roster
from safeplan.core.events.changes import Moved
from safeplan.core.events.rosters import Adopted, Issued
from safeplan.core.events.visits import VisitMade
from safeplan.core.expand import expand
from safeplan.core.schedule import schedule
from safeplan.core.settled import is_of, visits_of
from safeplan.core.spelling import named
from safeplan.work.errors import WorkError
from safeplan.work.recording.desk import Before
from safeplan.work.recording.overdue import overdue_visits

PLANNED: dict[str, pl.DataType] = {
    "id": pl.String(),
    "day": pl.Date(),
    "first": pl.Date(),  # between these it may be made
    "last": pl.Date(),
    "enterprise": pl.String(),  # id; null where a grid is patrolled
    "grid": pl.String(),
    "officers": pl.List(pl.String()),
    "family": pl.String(),
    "serves": pl.List(pl.String()),
}
"""One row a planned visit."""


def nothing_planned() -> pl.DataFrame:
    """Give the table of no visits."""
    return pl.DataFrame(schema=PLANNED)


def planned_visits(before: Before, day: date) -> pl.DataFrame:
    """Give what was planned as of a day, visits that were made left out (PLANNED); nothing outside the plan's period.

    It is scheduled as of that day, since later schedules no longer plan what lies behind them.
    """
    plan = before.plan
    if not plan.first <= day <= plan.last:
        return nothing_planned()
    history = before.history
    made = schedule(plan, history if history.head.events else None, today=day, progress=before.progress)
    visits = roster.visits(made).with_columns(visit=pl.int_range(pl.len(), dtype=pl.Int32))
    serves = (
        roster.served(made)
        .group_by("visit", maintain_order=True)
        .agg(serves="obligation", first=pl.col("from").max(), last=pl.col("to").min())
    )
    return (
        visits.filter(pl.col("state") != "done")
        .join(serves, on="visit", how="left", maintain_order="left")
        .with_columns(day="date", grid=pl.when(pl.col("enterprise").is_null()).then("grid"))
        .select(*PLANNED)
    )


def fixed_visits(before: Before) -> pl.DataFrame:
    """Give the visits of the roster that was adopted last for this plan, and of the weeks sent out since (PLANNED).

    Of several rosters that hold a visit the last one holds; those that were moved since are left out. Their time is
    that of all that they serve, as far as the plan still knows it; else their own day.
    """
    plan, history = before.plan, before.history
    adopted = history.of(Adopted).filter(is_of(plan)).tail(1)
    issued = history.of(Issued).filter(is_of(plan))
    columns = ("number", *(name for name in PLANNED if name not in ("first", "last")))
    visits = pl.concat([visits_of(one, "number").select(columns) for one in (adopted, issued)])
    if visits.is_empty():
        return nothing_planned()
    moved = history.of(Moved).group_by(id="visit").agg(moved=pl.col("number").max())
    visits = (
        visits.sort("number", maintain_order=True)
        .unique("id", keep="last", maintain_order=True)
        .join(moved, on="id", how="left", maintain_order="left")
        .filter((pl.col("moved") < pl.col("number")).fill_null(True))
    )
    return (
        visits.join(_times(before, visits), on="id", how="left", maintain_order="left")
        .with_columns(
            first=pl.coalesce("first", "day"),
            last=pl.coalesce("last", "day"),
            officers=pl.col("officers").fill_null([]),
        )
        .select(*PLANNED)
    )


def _times(before: Before, visits: pl.DataFrame) -> pl.DataFrame:
    """Give the time in which visits may be made, by their ids."""
    plan = before.plan
    owed = named(plan, expand(plan, before.calendar, before.today).obligations).select("obligation", "from", "to")
    return (
        visits.select("id", obligation="serves")
        .explode("obligation")
        .join(owed, on="obligation", how="inner", maintain_order="left")
        .group_by("id", maintain_order=True)
        .agg(first=pl.col("from").max(), last=pl.col("to").min())
    )


def planned_on(before: Before, subject: str, day: date) -> pl.DataFrame:
    """Give the visits to an enterprise or a grid (id) that a visit on a day can have been, the nearest first.

    The rosters that were fixed answer where they can; else the schedule as of that day, which takes its time.
    """
    own = ((pl.col("enterprise") == subject) | (pl.col("grid") == subject)).fill_null(False)
    may = (pl.col("day") == day) | pl.lit(day).is_between(pl.col("first"), pl.col("last"))
    made = pl.col("id").is_in(before.history.of(VisitMade)["visit"].implode())
    found = fixed_visits(before).filter(own, may, ~made)
    if found.is_empty():
        found = planned_visits(before, day).filter(own, may)
    return found.sort((pl.col("day") - pl.lit(day)).abs(), maintain_order=True)


def _every(before: Before, day: date) -> Iterator[pl.DataFrame]:
    yield fixed_visits(before)
    yield planned_visits(before, day)
    yield overdue_visits(before, day).select(*PLANNED)


def find_planned(before: Before, asked: str, day: date) -> pl.DataFrame:
    """Give the one visit of an id, or of the beginning of one, or the one that serves the obligation of that id.

    What is overdue on that day is no planned visit any more, and is found too.

    Raises
    ------
    WorkError
        `unknown-visit`, `ambiguous`.
    """
    for rows in _every(before, day):
        for found in (
            rows.filter(pl.col("id") == asked),
            rows.filter(pl.col("serves").list.contains(asked)),
            rows.filter(pl.col("id").str.starts_with(asked)),
        ):
            if len(found) == 1:
                return found
            if len(found) > 1:
                shown = found["id"].head(8).to_list()
                raise WorkError("ambiguous-many", asked=asked, n=len(found), choices=shown)
    raise WorkError("unknown-visit", asked=asked)
