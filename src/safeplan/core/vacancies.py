"""Vacancies (定人员): roles that a grid of a level must have and that nobody holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from safeplan.plan.grids import Grid, Holder
from safeplan.plan.plan import Plan

VACANCIES: dict[str, pl.DataType] = {
    "grid": pl.Int32(),  # code
    "role": pl.String(),
    "wanted": pl.Int32(),  # holders that the level must have
    "held": pl.Int32(),  # holders that there are
    "since": pl.Date(),  # the first day, not before the plan's, from which too few held it without a break
}
"""One row a role of a grid that has too few holders, by grid, in the order of `staffing:`."""

_ONE_DAY = timedelta(days=1)


def vacancies(plan: Plan, as_of: date) -> pl.DataFrame:
    """Give the roles that have too few holders on a day (VACANCIES); before the plan's first day there are none."""
    rows = []
    for code, grid in enumerate(plan.file.grids):
        for role, wanted in _wanted(plan, grid).items():
            holders = grid.roles.get(role, ())
            held = _held(holders, as_of)
            if held < wanted and as_of >= plan.first:
                rows.append((code, role, wanted, held, _since(holders, wanted, plan.first, as_of)))
    return pl.DataFrame(rows, schema=VACANCIES, orient="row")


def _wanted(plan: Plan, grid: Grid) -> dict[str, int]:
    """Give how many holders of each role a grid must have; of several lines for its level the most."""
    wanted: dict[str, int] = {}
    for line in plan.file.staffing:
        for role, number in line.roles.items() if line.level == grid.level else ():
            wanted[role] = max(number, wanted.get(role, 0))
    return wanted


def _held(holders: Sequence[Holder], day: date) -> int:
    there = {one.officer for one in holders if (one.from_ or day) <= day <= (one.to or day)}
    return len(there)


def _since(holders: Sequence[Holder], wanted: int, first: date, as_of: date) -> date:
    """Give the first day of the vacancy that goes on until a day."""
    changes = {one.to + _ONE_DAY for one in holders if one.to} | {one.from_ for one in holders if one.from_} | {first}
    since = as_of
    for day in sorted((one for one in changes if first <= one <= as_of), reverse=True):
        if _held(holders, day) >= wanted:
            break
        since = day
    return since
