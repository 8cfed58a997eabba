"""Time before and after a day, as windows have it: working days are the plan's own (deadlines: `core/calendar.py`)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from dateutil.relativedelta import relativedelta

from safeplan.core.calendar import Calendar
from safeplan.terms.duration import Duration, TimeUnit
from safeplan.terms.span import Span

_ONE = timedelta(days=1)


def before(day: date, length: Duration, calendar: Calendar) -> Span | None:
    """Give the time of some length that ends before a day: of working days from the first of them to the last.

    None when the length is nothing.
    """
    if length.unit is TimeUnit.WORKDAYS:
        worked = np.flatnonzero(calendar.workday[: calendar.index(day)])[-length.n :][: length.n]
        return Span(calendar.day(worked[0]), calendar.day(worked[-1])) if len(worked) else None
    first = day - _plain(length)
    return Span(first, day - _ONE) if first < day else None


def after(day: date, length: Duration, calendar: Calendar) -> Span | None:
    """Give the time of some length that begins after a day; None when the length is nothing."""
    if length.unit is TimeUnit.WORKDAYS:
        start = calendar.index(day) + 1
        worked = np.flatnonzero(calendar.workday[start:])[: length.n] + start
        return Span(calendar.day(worked[0]), calendar.day(worked[-1])) if len(worked) else None
    last = day + _plain(length)
    return Span(day + _ONE, last) if last > day else None


def _plain(length: Duration) -> relativedelta:
    match length.unit:
        case TimeUnit.HOURS:
            return relativedelta(days=-(-length.n // 24))
        case TimeUnit.WEEKS:
            return relativedelta(weeks=length.n)
        case TimeUnit.MONTHS:
            return relativedelta(months=length.n)
        case TimeUnit.YEARS:
            return relativedelta(years=length.n)
        case _:
            return relativedelta(days=length.n)
