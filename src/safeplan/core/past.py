"""Past: the visits that were made stand in the schedule beside those that are planned."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.duties import MINUTES
from safeplan.core.force import Spent
from safeplan.core.standing import Standing
from safeplan.core.tables import CREWS, SERVES, VISITS
from safeplan.plan.plan import Plan

Tables = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]
"""Visits, what they serve, and crews."""


def with_past(plan: Plan, obligations: pl.DataFrame, now: Standing, closed: int, planned: Tables) -> Tables:
    """Put visits of the past under the planned ones; on a day that has both, their crews are numbered behind.

    Parameters
    ----------
    obligations
        All obligations; those of `now.closed` begin at row `closed`.
    planned
        VISITS, SERVES and CREWS of what is planned.

    Returns
    -------
    The three tables, sorted as they are declared.
    """
    if now.past.is_empty():
        return planned
    visits, serves, crews = planned
    rows = now.past.with_columns(obligation=pl.col("obligation") + closed)
    facts = obligations.select("rule", "grid", "importance", "last")[rows["obligation"].to_list()]
    rows = pl.concat([rows, facts], how="horizontal").sort(
        "visit", "importance", "last", "obligation", descending=[False, True, False, False]
    )
    first = rows.unique("visit", keep="first", maintain_order=True)
    first, own_crews = _with_crews(plan, first, crews)
    made = _with_grids(plan, first).select(
        "visit", "day", "crew",
        order=pl.lit(0, dtype=pl.Int32),
        enterprise="enterprise", grid="grid", family="family",
        minutes=pl.col("rule").replace_strict(_lengths(plan), default=MINUTES, return_dtype=pl.Int32),
        surprise=pl.lit(False), state="state", lead="obligation",
    )  # fmt: skip
    every = pl.concat(
        [
            made.select(*VISITS, key=pl.col("visit").cast(pl.Int64), planned=pl.lit(False)),
            visits.select(*VISITS, key=pl.int_range(pl.len(), dtype=pl.Int64), planned=pl.lit(True)),
        ]
    ).sort("day", "crew", "order", maintain_order=True)
    every = every.with_columns(
        order=pl.when(pl.col("crew") > 0)
        .then(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("day", "crew"))
        .otherwise(0)
    )
    places = every.select("key", "planned", visit=pl.int_range(pl.len(), dtype=pl.Int32))
    kept = pl.concat(
        [
            serves.select(key=pl.col("visit").cast(pl.Int64), planned=pl.lit(True), obligation="obligation"),
            rows.select(key=pl.col("visit").cast(pl.Int64), planned=pl.lit(False), obligation="obligation"),
        ]
    )
    return (
        every.select(*VISITS),
        kept.join(places, on=["key", "planned"], how="inner").select(*SERVES).sort("visit", "obligation"),
        pl.concat([crews, own_crews]).sort("day", "crew"),
    )


def spent_today(plan: Plan, now: Standing) -> dict[int, Spent]:
    """Say of officers (codes) who were out today already what that takes of the day, travel with it."""
    if now.from_ is None:
        return {}
    rules = pl.DataFrame(
        {"obligation": pl.int_range(len(now.closed), eager=True, dtype=pl.Int32), "rule": now.closed["rule"]}
    )
    served = now.past.filter(pl.col("state") == "done").select("obligation", number=pl.col("visit").cast(pl.Int64))
    other = plan.file.defaults.minutes or MINUTES
    lengths = (
        served.join(rules, on="obligation", how="inner")
        .with_columns(pl.col("rule").replace_strict(_lengths(plan), default=other, return_dtype=pl.Int32))
        .group_by("number")
        .agg(minutes=pl.col("rule").max())
    )
    made = now.visits.filter(pl.col("day") == now.from_).join(lengths, on="number", how="left")
    day, spent = (now.from_ - plan.first).days, dict[int, Spent]()
    for officers, minutes in made.select("officers", pl.col("minutes").fill_null(other)).iter_rows():
        for code in {plan.officers[one] for one in officers if one in plan.officers}:
            _, before, visits = spent.get(code, (day, 0, 0))
            spent[code] = (day, before + minutes + plan.file.travel.minutes, visits + 1)
    return spent


def _lengths(plan: Plan) -> dict[int, int]:
    """Give the minutes of a visit by the code of its rule."""
    return {code: line.model.minutes or plan.file.defaults.minutes or MINUTES for code, line in enumerate(plan.rules)}


def _with_crews(plan: Plan, visits: pl.DataFrame, crews: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give each visit the number of its crew that day (0: nobody was told), and the crews (CREWS).

    Officers who have left the plan are not among them. A crew that is planned for the day keeps its number.
    """
    taken: dict[date, int] = dict(crews.group_by("day").agg(pl.col("crew").max()).iter_rows())
    planned = {(day, tuple(officers)): crew for day, crew, officers in crews.iter_rows()}
    numbers: dict[tuple[date, tuple[int, ...]], int] = {}
    told: list[tuple[date, tuple[int, ...]]] = []
    for day, officers in visits.select("day", "officers").iter_rows():
        told.append((day, tuple(plan.officers[one] for one in officers if one in plan.officers)))
    fresh = {one for one in told if one[1]} - planned.keys()
    for key in sorted(fresh, key=lambda one: (one[0], plan.file.officers[one[1][0]].id, one[1])):
        taken[key[0]] = numbers[key] = taken.get(key[0], 0) + 1
    own = pl.DataFrame(
        [(day, number, list(officers)) for (day, officers), number in numbers.items()], schema=CREWS, orient="row"
    )
    numbers |= planned
    crew = pl.Series("crew", [numbers.get(one, 0) for one in told], dtype=pl.Int32)
    return visits.with_columns(crew), own


def _with_grids(plan: Plan, visits: pl.DataFrame) -> pl.DataFrame:
    """Give each visit of an enterprise the grid where that was on the day."""
    here = (
        visits.select("visit", "day", "enterprise")
        .join(plan.grid_spans.rename({"grid": "here"}), on="enterprise", how="inner")
        .filter((pl.col("first") <= pl.col("day")).fill_null(True) & (pl.col("last") >= pl.col("day")).fill_null(True))
        .select("visit", "here")
    )
    return visits.join(here, on="visit", how="left", maintain_order="left").with_columns(
        grid=pl.when(pl.col("grid") >= 0).then("grid").otherwise(pl.col("here").fill_null(-1)).cast(pl.Int32)
    )
