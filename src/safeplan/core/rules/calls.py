"""Calls: each owes one visit in its own window, and when that is over soon after."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.rules.obligations import Expanded
from safeplan.core.tables import OBLIGATIONS
from safeplan.plan.plan import Plan


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand the calls whose time has a day in the plan's period; what is late is made up for."""
    rows = [
        (
            code, call.enterprise, -1, f"{first}..{last}", 1, first, last,
            max(first, plan.first), min(until, plan.last), call.importance, until > plan.last,
        )
        for code, line in enumerate(plan.rules)
        for call in line.calls
        for first, last in [(call.window.first, call.window.last)]
        for until in [last if last >= today else call.late]
        if until >= plan.first and first <= plan.last
    ]  # fmt: skip
    return Expanded(pl.DataFrame(rows, schema=OBLIGATIONS, orient="row"))
