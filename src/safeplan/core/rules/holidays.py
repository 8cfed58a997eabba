"""Holiday checks (节前检查, 节中督导, 节后复工): visits before, during and after a holiday or a named event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from safeplan.core.calendar import Calendar
from safeplan.core.rules.around import after, before
from safeplan.core.rules.obligations import Expanded, gathered
from safeplan.core.rules.pools import Pools
from safeplan.core.rules.windows import Window, owed_in_window, window_of
from safeplan.plan.plan import Plan
from safeplan.plan.rules.holidays import Holiday
from safeplan.terms.identity import slug
from safeplan.terms.span import Span

_Side = Callable[[Span], Span | None]


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand all holiday checks into obligations."""
    pools = Pools(plan)
    return gathered(
        found
        for code, line in enumerate(plan.rules)
        if isinstance(line.model, Holiday) and line.model.visits is not None
        for window in windows(line.model, plan, calendar)
        for found in owed_in_window(
            code, line.model.visits, window, partial(pools.of, line.model.where), plan, calendar
        )
    )


def windows(rule: Holiday, plan: Plan, calendar: Calendar) -> Iterator[Window]:
    """Give a holiday check's windows that have a day in the plan's period, each named new-year-2027."""
    sides: tuple[tuple[Iterable[str], _Side], ...] = (
        (rule.before, lambda run: before(run.first, rule.within, calendar) if rule.within else None),
        (rule.during, lambda run: run),
        (rule.after, lambda run: after(run.last, rule.within, calendar) if rule.within else None),
    )
    for names, side in sides:
        for name in names:
            for run, year in occasions(name, plan, calendar):
                span = side(run)
                if span is not None and span.first <= plan.last and span.last >= plan.first:
                    yield window_of(span, f"{slug(name)}-{year}")


def occasions(name: str, plan: Plan, calendar: Calendar) -> Iterator[tuple[Span, int]]:
    """Give the runs of days off around a holiday, or the days of an event, with the year that names them.

    Of holidays those of the years that the plan's period touches, and of one more on each side.
    """
    if name in plan.official.named:
        years: dict[int, list[date]] = {}
        for day in plan.official.named[name]:
            if plan.first.year - 1 <= day.year <= plan.last.year + 1:
                years.setdefault(day.year, []).append(day)
        for year, days in sorted(years.items()):
            yield Span(_edge(min(days), -1, calendar), _edge(max(days), 1, calendar)), year
    else:
        for event in plan.file.events:
            if event.name == name:
                yield Span(event.day, event.until or event.day), event.day.year


def _edge(day: date, step: int, calendar: Calendar) -> date:
    """Give the last day of an unbroken run of statutory days off, going one way from one of its days."""
    while not calendar.statutory[calendar.index(day + timedelta(days=step))]:
        day += timedelta(days=step)
    return day
