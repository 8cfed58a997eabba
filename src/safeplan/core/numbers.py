"""Numbers: where a period is cut (a class or a modifier changes), its obligations have windows of their own, and the
number of each depends on the day that it got. What was adopted or done under a number must find the window it was in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.history import History
from safeplan.core.settled import rosters_of
from safeplan.core.spelling import named
from safeplan.plan.plan import Plan

_ONE = ["rule", "enterprise", "grid", "period"]


def fitted(plan: Plan, obligations: pl.DataFrame, history: History) -> pl.DataFrame:
    """Give obligations (OBLIGATIONS) their numbers so that what was adopted or done lies in the windows of its numbers.

    Of the windows that hold a day the one that ends first is taken.
    """
    rows = obligations.with_columns(row=pl.int_range(pl.len(), dtype=pl.Int32))
    cut = rows.filter(
        (pl.col("open_first").n_unique() > 1).over(_ONE) | (pl.col("open_last").n_unique() > 1).over(_ONE)
    )
    told = _told(history) if len(cut) else None
    if told is None or told.is_empty():
        return obligations
    days = cut.with_columns(id=named(plan, cut)["obligation"]).join(told, on="id", how="left", maintain_order="left")
    numbers = obligations["n"].to_list()
    for _, group in days.group_by(_ONE, maintain_order=True):
        if group["day"].is_not_null().any():
            for row, n in _assigned(group.select("row", "n", "open_first", "open_last", "day").rows()):
                numbers[row] = n
    return obligations.with_columns(n=pl.Series(numbers, dtype=pl.Int32))


def _told(history: History) -> pl.DataFrame:
    """Give the day of every obligation that was adopted or done: `id`, `day`; what was done is surer."""
    made = history.of(VisitMade).filter(pl.col("outcome") == Outcome.DONE.value)
    names = [
        made.select("day", id=pl.concat_list("visit", "serves")).explode("id"),
        rosters_of(history).select("day", id="serves").explode("id").reverse(),
    ]
    return pl.concat(names).drop_nulls().unique("id", keep="first", maintain_order=True)


def _assigned(rows: Iterable[tuple[int, int, date, date, date | None]]) -> list[tuple[int, int]]:
    """Give each row a number: the days in order, each the row whose window holds it and ends first."""
    every = list(rows)
    wanted = sorted((day, n) for _, n, _, _, day in every if day is not None)
    free = {row: (first, last) for row, _, first, last, _ in every}
    found: list[tuple[int, int]] = []
    homeless: list[int] = []
    for day, n in wanted:
        holding = [row for row, (first, last) in free.items() if first <= day <= last]
        if holding:
            row = min(holding, key=lambda one: (free[one][1], one))
            del free[row]
            found.append((row, n))
        else:
            homeless.append(n)
    rest = sorted([*homeless, *(n for _, n, _, _, day in every if day is None)])
    return [*found, *zip(sorted(free), rest, strict=True)]
