"""Days, spans and absences as a plan writes them (ISO only: the referee's own plans are written so)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BOTH_HALVES = frozenset({"am", "pm"})


@dataclass(frozen=True, order=True)
class Span:
    """First and last day, both included."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def days(self) -> list[dt.date]:
        return [self.first + i * DAY for i in range((self.last - self.first).days + 1)]

    def meet(self, other: Span) -> Span | None:
        """The days in both, None when there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first, last) if first <= last else None


ALWAYS = Span(dt.date.min, dt.date.max)


def read_day(text: str) -> dt.date:
    return dt.date.fromisoformat(text.strip())


def read_span(text: str) -> Span:
    """`2026-01-05`, `2026-01-05/2026-02-01`, or a year."""
    text = text.strip()
    if len(text) == 4 and text.isdigit():
        return Span(dt.date(int(text), 1, 1), dt.date(int(text), 12, 31))
    first, _, last = text.partition("/")
    return Span(read_day(first), read_day(last or first))


@dataclass(frozen=True)
class Absence:
    """A span or a weekday, of both halves of the day or of one."""

    span: Span
    weekday: int | None
    halves: frozenset[str]

    def __contains__(self, day: dt.date) -> bool:
        return day in self.span and (self.weekday is None or day.weekday() == self.weekday)


def read_absence(text: str) -> Absence:
    """`2026-05-06/2026-05-12`, `2026-06-03 pm`, `friday`, `monday am`."""
    words = text.strip().split()
    halves = frozenset(words[1:]) or BOTH_HALVES
    if not halves <= BOTH_HALVES:
        raise ValueError(f"neither am nor pm: {text!r}")
    if words[0].lower() in WEEKDAYS:
        return Absence(ALWAYS, WEEKDAYS.index(words[0].lower()), halves)
    return Absence(read_span(words[0]), None, halves)


def absent_halves(absences: tuple[Absence, ...], day: dt.date) -> frozenset[str]:
    """The halves of the day that the absences take."""
    return frozenset().union(*(a.halves for a in absences if day in a))
