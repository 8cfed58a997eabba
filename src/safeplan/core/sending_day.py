"""The day on which the roster of a week goes out (`mail.weekly`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from safeplan.core.calendar import Calendar
from safeplan.plan.settings import Weekly
from safeplan.terms.days import WEEKDAYS, WEEKDAYS_IN_CHINESE

_WEEK = timedelta(weeks=1)
_AHEAD = 5
"""Weeks that are looked at: no run of days off is longer."""


def sending_day(calendar: Calendar, weekly: Weekly, monday: date) -> date:
    """Give the day on which the roster of the week of a Monday goes out; instead of a day off, the working day before.

    `weekly.day` is a weekday of the week before, or where `covers: this-week` of the week itself.
    """
    begins = monday - _WEEK if weekly.covers == "next-week" else monday
    index = calendar.index(begins + timedelta(days=_weekday(weekly.day)))
    while not calendar.workday[index] and index > 0:
        index -= 1
    return calendar.day(index)


def weeks_due(calendar: Calendar, weekly: Weekly, today: date) -> Iterator[tuple[date, bool]]:
    """Give the weeks, by their Mondays, whose sending day has come and which are not over, the earliest first.

    With each, whether its day is today: of the others only what is left over is to be sent.
    """
    monday = today - timedelta(days=today.weekday())
    for ahead in range(_AHEAD):
        week = monday + ahead * _WEEK
        day = sending_day(calendar, weekly, week)
        if day <= today:
            yield week, day == today


def _weekday(text: str) -> int:
    return WEEKDAYS.index(text) if text in WEEKDAYS else WEEKDAYS_IN_CHINESE[text]
