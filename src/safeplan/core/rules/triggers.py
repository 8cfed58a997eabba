"""Triggers (事发即查): every event of the kind brings visits within a time after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.rules.around import after
from safeplan.core.rules.importance import importance
from safeplan.core.rules.obligations import Expanded, from_owed, gathered
from safeplan.core.rules.owed import Stays, owed_in
from safeplan.core.rules.pools import Pools
from safeplan.core.rules.windows import Window, owed_in_window, window_of
from safeplan.plan.plan import Occurrence, Plan
from safeplan.plan.rules.triggers import Trigger
from safeplan.plan.selection import grids_below
from safeplan.plan.selector import EVERYTHING, Among, Where
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.frequency import Frequency
from safeplan.terms.span import Span

ONE = Frequency(1)
"""What a trigger brings when it does not say how many."""


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand the events that triggers wait for into obligations."""
    pools = Pools(plan)
    return gathered(
        found
        for code, line in enumerate(plan.rules)
        if isinstance(line.model, Trigger)
        for one in line.occurrences
        for found in _visits(code, line.model, one, pools, plan, calendar)
    )


def _visits(
    code: int, rule: Trigger, one: Occurrence, pools: Pools, plan: Plan, calendar: Calendar
) -> Iterator[pl.DataFrame | Diagnostic]:
    until = after(one.day, rule.within, calendar)
    window = window_of(Span(one.day, until.last if until else one.day))
    frequency = rule.visits or ONE
    if one.enterprise >= 0:

        def itself(span: Span) -> pl.DataFrame:
            return pools.of(rule.where, span).filter(pl.col("enterprise") == one.enterprise)

        yield from owed_in_window(code, frequency, window, itself, plan, calendar)
    elif one.grid >= 0 and holds_for_grid(rule.where, one.grid, plan):
        yield from _of_grid(code, frequency, window, one.grid, plan, calendar)


def holds_for_grid(where: Where, grid: int, plan: Plan) -> bool:
    """Whether a selector chooses a grid: everything does, and `grid:` does that names it or one above."""
    if where == EVERYTHING:
        return True
    below = grids_below(plan.grids, plan.grid_parent)
    return isinstance(where, Among) and where.column == "grid" and any(grid in below.get(v, ()) for v in where.values)


def _of_grid(
    code: int, frequency: Frequency, window: Window, grid: int, plan: Plan, calendar: Calendar
) -> Iterator[pl.DataFrame | Diagnostic]:
    first, last = max(window.period.first, plan.first), min(window.period.last, plan.last)
    if first > last:
        return
    one = np.ones(1, np.int64)
    stays = Stays(
        one * grid,
        one * calendar.index(first),
        one * calendar.index(last),
        np.ones(1, np.bool_),
        0 * one,
        0 * one,
        pl.Series([grid.id for grid in plan.file.grids], dtype=pl.String),
    )
    line = plan.rules[code]
    for owed in owed_in(window.period, frequency, line, stays, plan, calendar):
        if isinstance(owed, Diagnostic):
            yield owed
        else:
            counts = np.full(owed.row.size, frequency.times, np.int64)
            yield from_owed(
                owed,
                counts,
                stays,
                rule=code,
                importance=importance(line),
                grids=True,
                plan=plan,
                calendar=calendar,
            )
