"""Activities (工作事项): dated work that is not a visit - for whom, by whom, and due when, as the ACTIVITIES table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from safeplan.core.activity_days import Occasion, occasions
from safeplan.core.calendar import Calendar
from safeplan.core.owners import Owners
from safeplan.core.tables import ACTIVITIES
from safeplan.plan.plan import ActivityLine, Plan
from safeplan.plan.selection import Names, expression, grids_below, on_days
from safeplan.plan.selector import Where
from safeplan.terms.diagnostic import Diagnostic, warning
from safeplan.terms.identity import slug

_SUBJECTS: dict[str, pl.DataType] = {
    "subject": pl.String(),  # second part of the id
    "grid": pl.Int32(),
    "enterprise": pl.Int32(),
    "venue": pl.String(),
}


@dataclass(frozen=True, slots=True)
class Dated:
    """All activities of a plan (ACTIVITIES, by due day), and what is to be said of them."""

    activities: pl.DataFrame
    diagnostics: tuple[Diagnostic, ...] = ()


def dated_activities(plan: Plan, calendar: Calendar) -> Dated:
    """Date every activity of a plan.

    Returns
    -------
    Dated
        Sorted by due day, then in the order of the plan. A warning for each unit that has no day for an activity, and
        one for each activity that nobody answers for on some of its due days, save what the plan's reading said.
    """
    owners = Owners(plan)
    frames: list[pl.DataFrame] = []
    said: list[Diagnostic] = []
    for code, line in enumerate(plan.activities):
        found, problems = occasions(line, plan, calendar)
        said.extend(problems)
        rows = [_rows(line, one, plan) for one in found]
        frame = pl.concat(rows) if rows else pl.DataFrame()
        if frame.is_empty():
            continue
        owned = _owned(line, frame, owners)
        frames.append(_spelt(line, code, owned))
        nobody = int((owned["owners"].list.len() == 0).sum()) if line.model.owner else 0
        if nobody:
            owner = tuple(str(one) for one in line.model.owner)
            said.append(warning("activity-without-owner", line.place, rule=line.id, found=owner, n=nobody))
    table = pl.concat(frames).sort("due", maintain_order=True) if frames else pl.DataFrame(schema=ACTIVITIES)
    return Dated(table, tuple(one for one in said if one not in plan.diagnostics))


def _rows(line: ActivityLine, one: Occasion, plan: Plan) -> pl.DataFrame:
    """Give a row for each subject of an occasion."""
    return _subjects(line, one, plan).with_columns(
        period=pl.lit(one.period),
        n=pl.lit(one.n, pl.Int32),
        first=pl.lit(one.first),
        due=pl.lit(one.due),
    )


def _subjects(line: ActivityLine, one: Occasion, plan: Plan) -> pl.DataFrame:
    each = line.model.each
    if each is None:
        return pl.DataFrame([("-", -1, -1, "")], schema=_SUBJECTS, orient="row")
    if each.grids is not None:
        rows = [(plan.file.grids[code].id, code, -1, "") for code in line.grids]
        return pl.DataFrame(rows, schema=_SUBJECTS, orient="row")
    if each.where is not None:
        return _enterprises(each.where, one, plan)
    venues = dict.fromkeys(each.venues)
    return pl.DataFrame([(slug(venue), -1, -1, venue) for venue in venues], schema=_SUBJECTS, orient="row")


def _enterprises(where: Where, one: Occasion, plan: Plan) -> pl.DataFrame:
    """Give the enterprises that a selector takes on the first day of the window on which each is active.

    Those that are active on no day from the part's first to its due day are left out; the grid is that of the due day.
    """
    if plan.enterprises.is_empty():  # without rows there are no columns for a selector to name
        return pl.DataFrame(schema=_SUBJECTS)
    register, names = plan.enterprises, Names(plan.classes, grids_below(plan.grids, plan.grid_parent))
    open_ = pl.max_horizontal(pl.lit(one.opens), pl.col("active_first").fill_null(one.opens))
    then = on_days(register, plan.class_spans, plan.grid_spans, open_)
    active = (
        pl.col("planned")
        & (pl.col("active_first").fill_null(one.due) <= one.due)
        & (pl.col("active_last").fill_null(one.first) >= one.first)
    )
    taken = then.select(active & expression(where, then.schema, names)).to_series()
    here = on_days(register.select("id"), plan.class_spans, plan.grid_spans, one.due)
    return here.select(
        pl.col("id").alias("subject"),
        pl.col("grid").fill_null(-1).cast(pl.Int32),
        pl.int_range(pl.len(), dtype=pl.Int32).alias("enterprise"),
        pl.lit("").alias("venue"),
    ).filter(taken)


def _owned(line: ActivityLine, frame: pl.DataFrame, owners: Owners) -> pl.DataFrame:
    """Add who answers for each row; with `people:` so many of them, those who had the fewest turns so far."""
    keys = frame.select("grid", "due")
    asked = keys.unique(maintain_order=True)
    who = {key: owners.of(line.model.owner, *key) for key in asked.iter_rows()}
    if line.model.people is None:
        lists: list[Sequence[int]] = [who[key] for key in asked.iter_rows()]
        answers = asked.with_columns(owners=pl.Series(lists, dtype=pl.List(pl.Int32)))
        return frame.join(answers, on=["grid", "due"], how="left", maintain_order="left")
    turns = list(_in_turn(keys.iter_rows(), who, line.model.people, owners))
    return frame.with_columns(owners=pl.Series(turns, dtype=pl.List(pl.Int32)))


def _in_turn(
    keys: Iterator[tuple[int, date]], who: dict[tuple[int, date], tuple[int, ...]], people: int, owners: Owners
) -> Iterator[list[int]]:
    """Choose who goes: of those who are not away the ones with the fewest turns so far, then by smallest id."""
    had: Counter[int] = Counter()
    busy: set[int] = set()
    today: date | None = None
    for grid, due in keys:
        busy, today = (busy, today) if due == today else (set(), due)
        there = [code for code in who[grid, due] if not owners.is_away(code, due)]
        chosen = sorted(there, key=lambda code: (code in busy, had[code], owners.id_of(code)))[:people]
        had.update(chosen)
        busy.update(chosen)
        yield chosen


def _spelt(line: ActivityLine, code: int, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        pl.concat_str(pl.lit(line.id), "subject", "period", pl.col("n").cast(pl.String), separator="/").alias("id"),
        pl.lit(line.id).alias("rule"),
        pl.lit(line.model.kind.value).alias("kind"),
        pl.lit(line.model.name).alias("name"),
        pl.col("first").alias("from"),
        "due",
        "owners",
        "grid",
        "enterprise",
        pl.lit(line.place.file).alias("file"),
        pl.lit(line.place.line, pl.Int32).alias("line"),
        pl.lit(code, pl.Int32).alias("activity"),
        "venue",
    )
