"""Numbers: what one subject owes to one rule in one period is numbered from 1.

Where a period is cut (a class or a modifier changes), its obligations have windows of their own, and the number of each
depends on the day that it got. What was adopted or done under a number must find the window it was in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.history import History
from safeplan.core.settled import rosters_of
from safeplan.core.spelling import ids_of
from safeplan.plan.plan import Plan

_ONE = ["rule", "enterprise", "grid", "period"]


def numbered(obligations: pl.DataFrame) -> pl.DataFrame:
    """Number obligations (OBLIGATIONS) in their order, also where a change of class split the period."""
    order, begins = _parted(obligations)
    n = np.empty(order.size, np.int32)
    n[order] = np.arange(order.size) - np.repeat(begins, np.diff(begins, append=order.size)) + 1
    return obligations.with_columns(n=pl.Series(n))


def fitted(plan: Plan, obligations: pl.DataFrame, history: History) -> pl.DataFrame:
    """Give obligations (OBLIGATIONS) their numbers so that what was adopted or done lies in the windows of its numbers.

    Of the windows that hold a day the one that ends first is taken.
    """
    cut = _cut(obligations)
    told = _told(history) if len(cut) else None
    if told is None or told.is_empty():
        return obligations
    days = cut.with_columns(id=ids_of(plan, cut)).join(told, on="id", how="left", maintain_order="left")
    numbers = obligations["n"].to_list()
    for _, group in days.group_by(_ONE, maintain_order=True):
        if group["day"].is_not_null().any():
            for row, n in _assigned(group.select("row", "n", "open_first", "open_last", "day").rows()):
                numbers[row] = n
    return obligations.with_columns(n=pl.Series(numbers, dtype=pl.Int32))


def _parted(obligations: pl.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the rows unit by unit, in their order within each, and where among these the units begin.

    A unit is what has one rule, subject and period. One integer a row stands for it: grouping by the texts of periods
    costs ten times as much.
    """
    unit = np.zeros(len(obligations), np.int64)
    for name in _ONE:
        codes = obligations[name].cast(pl.Categorical).to_physical() if name == "period" else obligations[name]
        code = codes.to_numpy().astype(np.int64) + 1
        unit = unit * (code.max(initial=0) + 1) + code
    order = np.argsort(unit, kind="stable")
    return order, np.flatnonzero(np.diff(unit[order], prepend=-1))


def _cut(obligations: pl.DataFrame) -> pl.DataFrame:
    """Give the obligations, with `row`, of the units that have several windows."""
    order, begins = _parted(obligations)
    several = np.zeros(begins.size, np.bool_)
    for name in ("open_first", "open_last"):
        days = obligations[name].to_physical().to_numpy()[order]
        several |= np.minimum.reduceat(days, begins) != np.maximum.reduceat(days, begins)
    rows = np.sort(order[np.repeat(several, np.diff(begins, append=order.size))])
    return obligations[rows].with_columns(row=pl.Series(rows, dtype=pl.Int32))


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
