"""The days that --week, --month and --quarter mean: 2026-W11, this, next, any day of it; 2026-03, 3; Q2, 2026-Q2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from safeplan.terms.diagnostic import TermError
from safeplan.terms.period import MONTHS, Period, Unit, periods
from safeplan.terms.span import Span
from safeplan.terms.text import half_width, parse_day
from safeplan.work.errors import WorkError

_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")
_WEEK_ALONE = re.compile(r"[Ww](\d{1,2})")
_MONTH = re.compile(r"(?:(\d{4})[-年.])?(?:[Mm])?(\d{1,2})月?")
_NEXT_PLAN = timedelta(days=366)
_QUARTER = re.compile(r"(?:(\d{4})-?)?[Qq]?([1-4])")


def read_day(asked: str, period: Span) -> date:
    """Read a day as a person types it; one without a year is the plan's.

    Raises
    ------
    WorkError
        `bad-day`.
    """
    try:
        return parse_day(asked, period.first.year)
    except TermError as reason:
        raise WorkError("bad-day", asked=asked) from reason


def week_span(asked: str, today: date, period: Span) -> Span:
    """Give the ISO week that is meant.

    Raises
    ------
    WorkError
        `bad-week`.
    """
    text = half_width(asked).strip()
    relative = _relative(text)
    if relative is not None:
        return _week(today + timedelta(weeks=relative))
    found, alone = _WEEK.fullmatch(text), _WEEK_ALONE.fullmatch(text)
    try:
        if found:
            return _week(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        if alone:
            return _week(date.fromisocalendar(period.first.year, int(alone[1]), 1))
        return _week(parse_day(text, period.first.year))
    except (ValueError, TermError) as reason:
        raise WorkError("bad-week", asked=asked) from reason


def month_span(asked: str, today: date, period: Span) -> Span:
    """Give the month that is meant; a number alone is the first such month of the plan's period.

    Raises
    ------
    WorkError
        `bad-month`.
    """
    text = half_width(asked).strip()
    found = _MONTH.fullmatch(text)
    if found is None and _relative(text) is None:
        raise WorkError("bad-month", asked=asked)
    year, number = (int(found[1]) if found and found[1] else None), (int(found[2]) if found else 0)
    return _unit(Unit.MONTH, text, year, number, today, period, "bad-month", asked)


def quarter_span(asked: str, today: date, period: Span) -> Span:
    """Give the quarter that is meant; Q2 alone is the first such quarter of the plan's period.

    Raises
    ------
    WorkError
        `bad-quarter`.
    """
    text = half_width(asked).strip()
    found = _QUARTER.fullmatch(text)
    if found is None and _relative(text) is None:
        raise WorkError("bad-quarter", asked=asked)
    year, number = (int(found[1]) if found and found[1] else None), (int(found[2]) if found else 0)
    return _unit(Unit.QUARTER, text, year, number, today, period, "bad-quarter", asked)


def within(span: Span, period: Span, asked: str) -> Span:
    """Cut a span to the plan's period.

    Raises
    ------
    WorkError
        `not-in-period` when nothing is left; `plan-ended` in the year after it, which wants a plan of its own.
    """
    first, last = max(span.first, period.first), min(span.last, period.last)
    if period.last < span.first <= period.last + _NEXT_PLAN:
        raise WorkError("plan-ended", asked=asked, last=period.last)
    if last < first:
        raise WorkError("not-in-period", asked=asked, first=period.first, last=period.last)
    return Span(first, last)


def _week(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def _relative(text: str) -> int | None:
    return {"this": 0, "next": 1, "last": -1, "本": 0, "下": 1, "上": -1}.get(text.lower().rstrip("周月季度个"))


def _unit(
    unit: Unit, text: str, year: int | None, number: int, today: date, period: Span, code: str, asked: str
) -> Span:
    relative = _relative(text)
    if relative is not None:
        at = next(periods(unit, 1, today, today))
        return _span(_beside(unit, at, relative))
    size = MONTHS[unit]
    if not 1 <= number <= 12 // size:
        raise WorkError(code, asked=asked)
    if year is not None:
        day = date(year, (number - 1) * size + 1, 1)
        return _span(next(periods(unit, 1, day, day)))
    for one in _numbered(unit, number, period):
        return _span(one)
    raise WorkError("not-in-period", asked=asked, first=period.first, last=period.last)


def _numbered(unit: Unit, number: int, period: Span) -> Iterator[Period]:
    size = MONTHS[unit]
    for one in periods(unit, 1, period.first, period.last):
        if (one.first.month - 1) // size + 1 == number:
            yield one


def _beside(unit: Unit, at: Period, step: int) -> Period:
    day = {0: at.first, 1: at.last + timedelta(days=1), -1: at.first - timedelta(days=1)}[step]
    return next(periods(unit, 1, day, day))


def _span(one: Period) -> Span:
    return Span(one.first, one.last)
