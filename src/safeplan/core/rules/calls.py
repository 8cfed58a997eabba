"""Calls: each owes one visit in its own window, and when that is over soon after."""

from __future__ import annotations

from datetime import date

from safeplan.core.calendar import Calendar
from safeplan.core.rules.obligations import Expanded, single, together
from safeplan.plan.plan import Plan
from safeplan.terms.period import Period


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand the calls whose time has a day in the plan's period; what is late is made up for."""
    return Expanded(
        together(
            [
                single(
                    rule=code,
                    enterprise=call.enterprise,
                    period=Period(first, last, f"{first}..{last}"),
                    open_first=calendar.index(max(first, plan.first)),
                    open_last=calendar.index(min(until, plan.last)),
                    importance=call.importance,
                    calendar=calendar,
                    outlasts=until > plan.last,
                )
                for code, line in enumerate(plan.rules)
                for call in line.calls
                for first, last in [(call.window.first, call.window.last)]
                for until in [last if last >= today else call.late]
                if until >= plan.first and first <= plan.last
            ]
        )
    )
