"""Priorities (季度重点, 月度重点): whom a quarter, a month or a window of its own turns to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from safeplan.core.calendar import Calendar
from safeplan.core.rules.obligations import Expanded, gathered
from safeplan.core.rules.picks import owed_by_taken
from safeplan.core.rules.pools import Pools
from safeplan.core.rules.windows import Window, window_of
from safeplan.plan.plan import Plan, RuleLine
from safeplan.plan.rules.priorities import Priority
from safeplan.terms.period import Period
from safeplan.terms.span import Span


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand all priorities into obligations."""
    pools = Pools(plan)
    return gathered(
        found
        for code, line in enumerate(plan.rules)
        if isinstance(line.model, Priority)
        for window in windows(line)
        for found in owed_by_taken(code, line.model, window, pools, plan, calendar)
    )


def windows(line: RuleLine) -> Iterator[Window]:
    """Give the windows of a priority: its units, or its own, which stands once under whatever unit."""
    window = line.model.window if isinstance(line.model, Priority) else None
    if window is None:
        for unit in line.units:
            yield window_of(Span(unit.first, unit.last), unit.name)
    elif isinstance(window, Span):
        yield window_of(window)
    elif line.within:
        first, last = line.within[0].first, max(span.last for span in line.within)
        yield Window(Period(first, last, f"{window}@{first}"), line.within)
