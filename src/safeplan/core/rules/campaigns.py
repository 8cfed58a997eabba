"""Campaigns (专项整治): what each phase owes, to all that it selects or to those whom a share or a pick takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.rules.obligations import Expanded, gathered
from safeplan.core.rules.picks import owed_by_taken
from safeplan.core.rules.pools import Pools
from safeplan.core.rules.windows import Window, window_of
from safeplan.plan.plan import Plan
from safeplan.plan.rules.campaigns import Phase
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.period import Period
from safeplan.terms.span import Span


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand the phases of all campaigns into obligations."""
    pools = Pools(plan)
    return gathered(found for code in range(len(plan.rules)) for found in _phase(code, pools, plan, calendar))


def _phase(code: int, pools: Pools, plan: Plan, calendar: Calendar) -> Iterator[pl.DataFrame | Diagnostic]:
    phase = plan.rules[code].model
    if not isinstance(phase, Phase) or phase.visits is None:
        return
    window = window_of_phase(phase, plan)
    if window is None or window.period.first > plan.last or window.period.last < plan.first:
        return

    yield from owed_by_taken(code, phase, window, pools, plan, calendar)


def window_of_phase(phase: Phase, plan: Plan) -> Window | None:
    """Give a phase's days: to its last day, its event's day, the period's end while that is unknown, or without end.

    None when its event came before it.
    """
    first = phase.from_ or plan.first
    if phase.to is not None:
        return window_of(Span(first, phase.to)) if first <= phase.to else None
    if phase.until:
        days = [event.day for event in plan.file.events if event.name == phase.until]
        last = next((day for day in sorted(days) if day >= first), None if days else max(first, plan.last))
        return window_of(Span(first, last), f"{first}..{phase.until}") if last else None
    span = Span(first, max(first, plan.last))
    return Window(Period(span.first, span.last, f"{first}.."), (span,), endless=True)
