"""Calls: each owes one visit in its own window."""

from __future__ import annotations

from datetime import date

from safeplan.core.calendar import Calendar
from safeplan.core.rules.obligations import Expanded, single, together
from safeplan.plan.plan import Plan
from safeplan.terms.period import Period


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand the calls whose window has a day in the plan's period."""
    return Expanded(
        together(
            [
                single(
                    rule=code,
                    enterprise=call.enterprise,
                    period=Period(first, last, f"{first}..{last}"),
                    open_first=calendar.index(max(first, plan.first)),
                    open_last=calendar.index(min(last, plan.last)),
                    importance=call.importance,
                    calendar=calendar,
                    outlasts=last > plan.last,
                )
                for code, line in enumerate(plan.rules)
                for call in line.calls
                for first, last in [(call.window.first, call.window.last)]
                if last >= plan.first and first <= plan.last
            ]
        )
    )
