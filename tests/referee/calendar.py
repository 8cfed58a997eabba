"""Working days by chinesecalendar (2004-2026), with what the plan itself says laid over them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache

import chinese_calendar

from .spans import DAY, Span

ANNOUNCED = range(2004, 2027)
FIXED_BY_LAW = {
    (1, 1),
    (5, 1),
    (5, 2),
    (10, 1),
    (10, 2),
    (10, 3),
}  # the others go by the moon: only for years not announced


@cache
def _announced_day(day: dt.date) -> tuple[bool, bool]:
    """(worked, named by the announcement as a day off) by the law alone."""
    if day.year in ANNOUNCED:
        return chinese_calendar.is_workday(day), day in chinese_calendar.constants.holidays
    named = (day.month, day.day) in FIXED_BY_LAW
    return day.weekday() < 5 and not named, named


@dataclass(frozen=True)
class Calendar:
    """The plan's working days.

    `days_off` and `workdays` are the plan's own; `statutory_off` and `statutory_work` the announcement it brings for a
    year without one. A day in both of the plan's lists is worked.
    """

    days_off: frozenset[dt.date] = frozenset()
    workdays: frozenset[dt.date] = frozenset()
    statutory_off: frozenset[dt.date] = frozenset()
    statutory_work: frozenset[dt.date] = frozenset()
    _runs: dict[dt.date, bool] = field(default_factory=dict, compare=False)

    def statutory(self, day: dt.date) -> tuple[bool, bool]:
        if day in self.statutory_off:
            return False, True
        if day in self.statutory_work:
            return True, False
        return _announced_day(day)

    def works(self, day: dt.date) -> bool:
        return day in self.workdays or (day not in self.days_off and self.statutory(day)[0])

    def in_holiday(self, day: dt.date) -> bool:
        """In an unbroken run of statutory days off that holds a day named by an announcement."""
        if day not in self._runs:
            self._runs[day] = not self.statutory(day)[0] and any(self.statutory(d)[1] for d in self._run(day))
        return self._runs[day]

    def run(self, day: dt.date) -> Span:
        """The unbroken run of statutory days off that holds the day."""
        days = self._run(day)
        return Span(days[0], days[-1])

    def _run(self, day: dt.date) -> list[dt.date]:
        first = last = day
        while not self.statutory(first - DAY)[0]:
            first -= DAY
        while not self.statutory(last + DAY)[0]:
            last += DAY
        return Span(first, last).days()

    def allows(self, days: str, day: dt.date) -> bool:
        """Whether a rule's `days:` allows the day; `weekends` are Saturdays and Sundays that nobody works."""
        if days == "all":
            return True
        if days == "holidays":
            return self.in_holiday(day)
        if days == "weekends":
            return day.weekday() >= 5 and not self.works(day)
        if days != "workdays":
            raise ValueError(f"the referee does not know days: {days!r}")
        return self.works(day)
