"""The calendar of a plan: which days are worked, which are days off, and how deadlines are counted.

Days are also counted as integers, day 0 being the calendar's first, so that stages can hold them in arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from dateutil.relativedelta import relativedelta
from numpy.typing import NDArray

from safeplan.plan.official import OfficialDays
from safeplan.plan.plan import Plan
from safeplan.terms.days import DayKind, Days
from safeplan.terms.duration import Duration, TimeUnit
from safeplan.terms.span import Span

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every day from `first` on, as masks.

    Attributes
    ----------
    workday
        Worked by the plan: statutory, with the plan's own days off and worked days.
    statutory
        Worked by law and announcement; deadlines count and roll by this alone.
    holiday
        In an unbroken run of statutory days off that holds a named or exchanged day (not plain weekends).
    weekend
        Saturdays and Sundays that the plan does not work.
    announced
        Years whose announcement is known.
    """

    first: date
    workday: Mask
    statutory: Mask
    holiday: Mask
    weekend: Mask
    announced: frozenset[int]

    def index(self, day: date) -> int:
        """Count a day from the calendar's first; days outside are clipped to its ends."""
        return min(max((day - self.first).days, 0), len(self.workday) - 1)

    def day(self, index: int) -> date:
        """Give the day of an index."""
        return self.first + timedelta(days=int(index))

    def allowed(self, kind: DayKind) -> Mask:
        """Give the days that a rule's `days:` allows."""
        match kind:
            case DayKind.WORKDAYS:
                return self.workday
            case DayKind.HOLIDAYS:
                return self.holiday
            case DayKind.WEEKENDS:
                return self.weekend
            case DayKind.ALL:
                return np.ones_like(self.workday)

    def usable(self, kinds: Iterable[DayKind], within: Iterable[Sequence[Span]]) -> Mask:
        """Give the days that all of the kinds allow and that lie in a span of each of `within`; without any, all.

        A pin that names its day has no kind.
        """
        mask = np.ones_like(self.workday)
        for kind in kinds:
            mask &= self.allowed(kind)
        for spans in within:
            mask &= self.inside(spans)
        return mask

    def open(self, closed: Iterable[Days]) -> Mask:
        """Give the days on which somebody who is closed at some times can be visited; half days do not close."""
        mask = np.ones_like(self.workday)
        for when in closed:
            if when.half is None:
                mask &= ~self.days(when)
        return mask

    def inside(self, spans: Iterable[Span]) -> Mask:
        """Give the days that lie in one of some spans."""
        mask = np.zeros_like(self.workday)
        for span in spans:
            mask[self.index(span.first) : self.index(span.last) + 1] = True
        return mask

    def days(self, when: Days) -> Mask:
        """Give the days that a span or a weekday names (whole days; halves are the caller's)."""
        mask = np.zeros_like(self.workday)
        if when.span is not None:
            mask[(when.span.first - self.first).days if when.span.first > self.first else 0 :] = True
            mask[max((when.span.last - self.first).days + 1, 0) :] = False
            return mask
        weekdays: NDArray[np.int64] = (np.arange(len(self.workday)) + self.first.weekday()) % 7
        return np.equal(weekdays, when.weekday or 0)


def calendar_of(plan: Plan) -> Calendar:
    """Make the calendar of a plan, two years wider than its period on both sides, so that it cuts no unit."""
    first = date(plan.first.year - 2, 1, 1)
    last = date(plan.last.year + 2, 12, 31)
    statutory, holiday = _statutory(plan.official, first, last)
    workday = statutory.copy()
    settings = plan.file.calendar
    for span in settings.days_off:
        workday[_slice(first, span)] = False
    for span in settings.workdays:
        workday[_slice(first, span)] = True
    weekday = (np.arange(len(workday)) + first.weekday()) % 7
    return Calendar(first, workday, statutory, holiday, (weekday >= 5) & ~workday, plan.official.announced)


def _slice(first: date, span: Span) -> slice:
    return slice(max((span.first - first).days, 0), max((span.last - first).days + 1, 0))


def _statutory(official: OfficialDays, first: date, last: date) -> tuple[Mask, Mask]:
    """Give the statutory working days, and the runs of days off around holidays."""
    count = (last - first).days + 1
    weekday = (np.arange(count) + first.weekday()) % 7
    off, work = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    for days, mask in ((official.off, off), (official.work, work)):
        for day in days:
            if first <= day <= last:
                mask[(day - first).days] = True
    statutory = ((weekday < 5) & ~off) | work
    holiday = np.zeros(count, np.bool_)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], ~statutory, [False])).astype(np.int8)))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        holiday[start:end] = off[start:end].any()
    return statutory, holiday


def deadline(calendar: Calendar, start: date, length: Duration) -> tuple[date, date]:
    """Count a period from a day and give its last day, raw and rolled off days off.

    The start day is not counted (民法典 art. 201); months and years end on the corresponding day, else on the month's
    last (art. 202); a calendar period that ends on a day off ends on the next working day (art. 203), and a make-up
    working day does not roll. Working days are statutory ones. Hours are counted in days begun and do not roll.
    A ledger is older than its plan: before and behind the calendar's years only weekends are days off.
    """
    if length.unit is TimeUnit.WORKDAYS:
        due = _nth_workday(calendar, start, length.n)
        return due, due
    if length.unit is TimeUnit.HOURS:
        due = start + timedelta(days=-(-length.n // 24))
        return due, due
    raw = start + (
        timedelta(days=length.n)
        if length.unit is TimeUnit.DAYS
        else timedelta(weeks=length.n)
        if length.unit is TimeUnit.WEEKS
        else relativedelta(months=length.n)
        if length.unit is TimeUnit.MONTHS
        else relativedelta(years=length.n)
    )
    rolled = raw
    while not _is_statutory(calendar, rolled):
        rolled += timedelta(days=1)
    return raw, rolled


def _is_statutory(calendar: Calendar, day: date) -> bool:
    """Whether a day is worked by law; of days outside of the calendar only their weekday is known."""
    at = (day - calendar.first).days
    return bool(calendar.statutory[at]) if 0 <= at < len(calendar.statutory) else day.weekday() < 5


def _nth_workday(calendar: Calendar, start: date, n: int) -> date:
    day = start
    for _ in range(n):
        day += timedelta(days=1)
        while not _is_statutory(calendar, day):
            day += timedelta(days=1)
    return day
