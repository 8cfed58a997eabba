"""Calendar units as periods with a name: 2026-03, 2026-Q1, 2026-W09, blocks of several units, and their days.

Blocks of K units are counted from January 2000 (weeks from Monday, 3 January 2000), so that years join (rules.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_EPOCH_YEAR = 2000
_EPOCH_WEEK = date(2000, 1, 3)


class Unit(StrEnum):
    """A calendar unit that frequencies count in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A named span of days, first and last included; the name is the third part of an obligation's id."""

    first: date
    last: date
    name: str

    @property
    def days(self) -> int:
        """How many calendar days it has."""
        return (self.last - self.first).days + 1


def month_start(months: int) -> date:
    """Give the first day of a month counted from January 2000 (0)."""
    year, month = divmod(months, 12)
    return date(_EPOCH_YEAR + year, month + 1, 1)


def periods(unit: Unit, every: int, first: date, last: date) -> Iterator[Period]:
    """Give the periods of `every` units each that have a day in first..last, in order; whole ones, never cut.

    Raises
    ------
    ValueError
        When `every` is below 1.
    """
    if every < 1:
        raise ValueError(every)
    index = _index(unit, first) // every
    while True:
        start = _start(unit, index * every)
        end = _start(unit, (index + 1) * every) - timedelta(days=1)
        if start > last:
            return
        name = unit_name(unit, start)
        if every > 1:
            name = f"{name}..{unit_name(unit, _start(unit, (index + 1) * every - 1))}"
        yield Period(start, end, name)
        index += 1


def unit_name(unit: Unit, day: date) -> str:
    """Spell the unit that holds a day: 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W09, 2026-03-02."""
    match unit:
        case Unit.DAY:
            return day.isoformat()
        case Unit.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        case Unit.MONTH:
            return f"{day:%Y-%m}"
        case Unit.QUARTER:
            return f"{day.year}-Q{(day.month - 1) // 3 + 1}"
        case Unit.HALF_YEAR:
            return f"{day.year}-H{(day.month - 1) // 6 + 1}"
        case Unit.YEAR:
            return str(day.year)


def _index(unit: Unit, day: date) -> int:
    if unit is Unit.DAY:
        return (day - date(_EPOCH_YEAR, 1, 1)).days
    if unit is Unit.WEEK:
        return (day - _EPOCH_WEEK).days // 7
    return ((day.year - _EPOCH_YEAR) * 12 + day.month - 1) // MONTHS[unit]


def _start(unit: Unit, index: int) -> date:
    if unit is Unit.DAY:
        return date(_EPOCH_YEAR, 1, 1) + timedelta(days=index)
    if unit is Unit.WEEK:
        return _EPOCH_WEEK + timedelta(weeks=index)
    return month_start(index * MONTHS[unit])
