"""Windows: what a rule owes in a window of its own - a quarter, a season, a phase, the days around a holiday."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.rules.importance import importance
from safeplan.core.rules.obligations import from_owed
from safeplan.core.rules.owed import owed_in, rounded, unit_periods
from safeplan.core.rules.pools import stays_in
from safeplan.plan.plan import Plan
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.frequency import Frequency
from safeplan.terms.period import Period
from safeplan.terms.span import Span


@dataclass(frozen=True, slots=True)
class Window:
    """A rule's own window, and how ids name it.

    `spans` are the days that it really has: several when it is a season of several, else the whole of it; `endless`
    says that it goes on after the plan's period without an end.
    """

    period: Period
    spans: tuple[Span, ...]
    endless: bool = False

    @property
    def span(self) -> Span:
        """From its first day to its last."""
        return Span(self.period.first, self.period.last)


def window_of(span: Span, name: str | None = None) -> Window:
    """Give a window of one span, named by its days (2026-02-25..2026-03-13) when nothing else names it."""
    return Window(Period(span.first, span.last, name or f"{span.first}..{span.last}"), (span,))


def owed_in_window(
    rule: int,
    frequency: Frequency,
    window: Window,
    pool_of: Callable[[Span], pl.DataFrame],
    plan: Plan,
    calendar: Calendar,
) -> Iterator[pl.DataFrame | Diagnostic]:
    """Give what a rule owes in a window.

    Parameters
    ----------
    rule, frequency
        Code of the rule, and how often: a number in the window, or so many per unit, which the window then cuts.
    window
        Its own window; nothing is owed of what lies outside the plan's period.
    pool_of
        Gives the enterprises that owe in a span (the window, or a unit's part of it), as `Pools.of` does.

    Yields
    ------
    Tables of obligations, and warnings of units without a day.
    """
    line = plan.rules[rule]
    for period in _periods(window, frequency, plan):
        span = Span(max(period.first, window.period.first), min(period.last, window.period.last))
        stays = stays_in(pool_of(span), span, plan, calendar)
        for owed in owed_in(period, frequency, line, stays, plan, calendar, window.spans):
            if isinstance(owed, Diagnostic):
                yield owed
                continue
            frame = from_owed(
                owed,
                rounded(owed, line.model.partial),
                stays,
                rule=rule,
                importance=importance(line),
                grids=False,
                plan=plan,
                calendar=calendar,
            )
            if window.endless and period == window.period:
                goes_on = plan.enterprises["active_last"].gather(frame["enterprise"]) > plan.last
                frame = frame.with_columns(outlasts=goes_on.fill_null(True))
            yield frame


def _periods(window: Window, frequency: Frequency, plan: Plan) -> Iterator[Period]:
    """Give the window itself, or the units that have a day both in it and in the plan's period."""
    first, last = max(window.period.first, plan.first), min(window.period.last, plan.last)
    if first > last:
        return
    if frequency.unit is None and frequency.season is None:
        yield window.period
    else:
        yield from unit_periods(frequency, plan, Span(first, last))
