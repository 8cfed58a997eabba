"""Working days of 2026 by the State Council's notice, written by hand: the simulator asks safeplan for no day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

YEAR = 2026
ONE_DAY = timedelta(days=1)
_OFF = (
    ("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-19", "06-21"),
    ("09-25", "09-27"), ("10-01", "10-07"),
)  # fmt: skip
_WORKED = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")


def between(first: date, last: date) -> Iterator[date]:
    """Give the days from one to another, both included."""
    for at in range((last - first).days + 1):
        yield first + at * ONE_DAY


def _of(month_day: str) -> date:
    return date.fromisoformat(f"{YEAR}-{month_day}")


DAYS_OFF = frozenset(day for first, last in _OFF for day in between(_of(first), _of(last)))
WORKED = frozenset(_of(day) for day in _WORKED)
MONDAYS = tuple(day for day in between(date(YEAR, 1, 1), date(YEAR, 12, 31)) if day.weekday() == 0)


def is_worked(day: date) -> bool:
    """Whether a day is worked; of 2027 only weekends and New Year are known, which no Monday of 2026 asks for."""
    if day == date(YEAR + 1, 1, 1):
        return False
    return day in WORKED or (day.weekday() < 5 and day not in DAYS_OFF)


def rolled(day: date) -> date:
    """Give the day, or the next working day when it is a day off (民法典 art. 203)."""
    while not is_worked(day):
        day += ONE_DAY
    return day


def workdays_after(day: date, n: int) -> date:
    """Give the nth working day after a day."""
    while n:
        day += ONE_DAY
        n -= is_worked(day)
    return day
