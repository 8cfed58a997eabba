"""When activities are due: every way of saying it, as occasions with a window and a due day (rules.md, Activities)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safeplan.core.calendar import Calendar
from safeplan.plan.plan import ActivityLine, Plan
from safeplan.plan.rules.activities import Activity
from safeplan.plan.rules.campaigns import Phase
from safeplan.terms.day_of import LAST, DayName, DayOf
from safeplan.terms.days import DayKind
from safeplan.terms.diagnostic import Diagnostic, warning
from safeplan.terms.frequency import Frequency
from safeplan.terms.period import Period, Unit, periods
from safeplan.terms.span import Span

_DAY = timedelta(days=1)
_AROUND = timedelta(days=62)
"""How far beyond the plan's period a unit is looked at, since `shift` may move its day into the period."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time that the work is done: part `n` of a window that began on `opens`; from `first` to the due day.

    `period` is the third part of the id.
    """

    period: str
    n: int
    opens: date
    first: date
    due: date


def occasions(line: ActivityLine, plan: Plan, calendar: Calendar) -> tuple[list[Occasion], list[Diagnostic]]:
    """Give the occasions of an activity that the plan lists, by due day, and what is to be said of them.

    Listed is what is due in the plan's period, and what is due later and whose window has begun by then: that is listed
    again, under the same id, by the next plan. A unit in which there is no such day (a week without a working day, a
    month without a fifth Friday) has none; unless the unit is a day, a warning says so.
    """
    found: list[Occasion] = []
    said: list[Diagnostic] = []
    for one in _all(line, plan, calendar):
        if isinstance(one, Occasion):
            if plan.first <= one.due and (one.opens <= plan.last or one.due <= plan.last):
                found.append(one)
        elif one.first <= plan.last and one.last >= plan.first:
            said.append(warning("no-day-in-unit", line.place, rule=line.id, period=one.name))
    return sorted(found, key=lambda one: (one.due, one.period, one.n)), said


def _all(line: ActivityLine, plan: Plan, calendar: Calendar) -> Iterator[Occasion | Period]:
    """Give every occasion near the plan's period, and in their place the periods that have no day for one."""
    model = line.model
    if line.phase is not None:
        yield from _parts(_Window.of_phase(line.phase, plan), 1, calendar)
    elif model.every is not None:
        yield from _in_units(model, _units(model.every, plan), calendar)
    elif model.month:
        yield from _in_units(model, _months(model.month, plan), calendar)
    elif model.rrule is not None:
        yield from _repeated(model, plan, calendar)
    elif model.days is not None:
        yield from _each_day(model, model.days, plan, calendar)
    elif model.due is not None:
        yield _by(model, model.due, plan, calendar)
    elif model.times is not None and (model.times.unit is not None or model.times.season is not None):
        for unit in _units(model.times, plan):
            yield from _parts(_Window.of(unit), model.times.times, calendar)
    elif model.times is not None or model.window is not None:
        yield from _parts(_own_window(model, plan), model.times.times if model.times else 1, calendar)


def _units(frequency: Frequency, plan: Plan) -> Iterator[Period]:
    """Give the units or the season's spans on and around the plan's period."""
    first, last = plan.first - _AROUND, plan.last + _AROUND
    if frequency.unit is not None:
        yield from periods(frequency.unit, frequency.every, first, last)
    else:
        for span in plan.file.seasons.get(frequency.season or "", ()):
            yield Period(span.first, span.last, f"{frequency.season}@{span.first}")


def _months(numbers: Sequence[int], plan: Plan) -> Iterator[Period]:
    for month in periods(Unit.MONTH, 1, plan.first - _AROUND, plan.last + _AROUND):
        if month.first.month in numbers:
            yield month


def _in_units(model: Activity, units: Iterator[Period], calendar: Calendar) -> Iterator[Occasion | Period]:
    """Give the day of each unit that `day:` names, else the last working day."""
    for unit in units:
        if model.day is None:
            yield from _parts(_Window.of(unit), 1, calendar)
            continue
        day = day_in(model.day, unit, calendar)
        if day is None:
            yield unit
        else:
            due = shifted(day, model.shift, calendar)
            yield Occasion(unit.name, 1, min(unit.first, due), min(unit.first, due), due)


def day_in(day: DayOf, unit: Period, calendar: Calendar) -> date | None:
    """Find the day of a unit that is meant; None when it has none such.

    A day of the month that the month does not have is its last day.
    """
    if day.kind is DayName.DAY:
        if day.nth == LAST or day.nth is None:
            return unit.last
        end = (unit.first.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY
        return min(unit.first + timedelta(days=day.nth - 1), end)
    days = [
        one
        for one in _days(unit.first, unit.last)
        if (is_worked(calendar, one) if day.kind is DayName.WORKDAY else one.weekday() == day.weekday)
    ]
    at = 0 if day.nth is None else day.nth if day.nth == LAST else day.nth - 1
    return days[at] if at < len(days) and days else None


def shifted(day: date, shift: str, calendar: Calendar) -> date:
    """Move a day that is off to the next or the previous working day, as `shift:` says."""
    step = {"next-workday": _DAY, "previous-workday": -_DAY}.get(shift)
    while step is not None and not is_worked(calendar, day):
        day += step
    return day


def rests_on_calendar(model: Activity) -> bool:
    """Whether the due days of an activity depend on which days are worked, and not on their dates alone."""
    if model.shift:
        return True
    if model.due is not None or model.rrule is not None:
        return False
    if model.days is not None:
        return model.days is not DayKind.ALL
    return model.day is None or model.day.kind is DayName.WORKDAY


def is_worked(calendar: Calendar, day: date) -> bool:
    """Whether a day is worked by the plan; beyond the calendar every Monday to Friday is."""
    at = (day - calendar.first).days
    return bool(calendar.workday[at]) if 0 <= at < len(calendar.workday) else day.weekday() < 5


def _repeated(model: Activity, plan: Plan, calendar: Calendar) -> Iterator[Occasion]:
    assert model.rrule is not None
    start = model.from_ or date(plan.first.year - 1, 1, 1)
    for day in model.rrule.days(start, plan.last + _AROUND):
        if day >= plan.first - _AROUND:
            due = shifted(day, model.shift, calendar)
            yield Occasion(day.isoformat(), 1, min(day, due), min(day, due), due)


def _each_day(model: Activity, kind: DayKind, plan: Plan, calendar: Calendar) -> Iterator[Occasion]:
    allowed = calendar.allowed(kind)
    spans = _own_window(model, plan).spans
    for day in _days(plan.first, plan.last):
        if allowed[calendar.index(day)] and any(day in span for span in spans):
            yield Occasion(day.isoformat(), 1, day, day, day)


def _by(model: Activity, due: date, plan: Plan, calendar: Calendar) -> Occasion:
    """Give the one occasion of `due:`, which may be begun on `from:`, else on the plan's first day."""
    name = f"{model.from_}..{due}" if model.from_ else due.isoformat()
    due = shifted(due, model.shift, calendar)
    first = min(model.from_ or plan.first, due)
    return Occasion(name, 1, first, first, due)


def _own_window(model: Activity, plan: Plan) -> _Window:
    """Give the window that `window:` says: a span, a season's spans of the plan's period, else the whole period."""
    if isinstance(model.window, Span):
        return _Window((model.window,), f"{model.window.first}..{model.window.last}")
    if model.window is not None:
        all_ = plan.file.seasons.get(model.window, ())
        spans = tuple(sorted(one for one in all_ if one.first <= plan.last and one.last >= plan.first))
        return _Window(spans, f"{model.window}@{spans[0].first}" if spans else str(model.window))
    return _Window((Span(plan.first, plan.last),), f"{plan.first}..{plan.last}")


@dataclass(frozen=True, slots=True)
class _Window:
    """Spans of days in order, and what ids call them; of no spans, nothing is due."""

    spans: tuple[Span, ...]
    name: str

    @classmethod
    def of(cls, unit: Period) -> _Window:
        return cls((Span(unit.first, unit.last),), unit.name)

    @classmethod
    def of_phase(cls, phase: Phase, plan: Plan) -> _Window:
        """Give a phase's days: to a named event, to the period's end where none is known or said (rules.md, Ids).

        Of events of one name the first from the phase's first day on ends it; one that came before leaves no days.
        """
        first = phase.from_ or plan.first
        known = [event.day for event in plan.file.events if phase.until and event.name == phase.until]
        until = min((day for day in known if day >= first), default=min(known, default=None))
        last = phase.to or until or max(plan.last, first)
        name = f"{first}..{phase.to or phase.until or ''}"
        return cls((Span(first, last),) if first <= last else (), name)


def _parts(window: _Window, number: int, calendar: Calendar) -> Iterator[Occasion | Period]:
    """Part a window into N: part i ends on calendar day ⌈i × days ÷ N⌉ of it, due on the last working day up to then.

    Where there is none up to then in the window, the window's first working day is the due day.
    """
    days = [day for span in window.spans for day in _days(span.first, span.last)]
    worked = [at for at, day in enumerate(days) if is_worked(calendar, day)]
    if not worked:
        # A day that a daily rule leaves out is no surprise; a week or a month without any is.
        if len(days) > 1:
            yield Period(days[0], days[-1], window.name)
        return
    for n in range(1, number + 1):
        begin, end = -(-(n - 1) * len(days) // number), -(-n * len(days) // number) - 1
        at = next((one for one in reversed(worked) if one <= end), worked[0])
        yield Occasion(window.name, n, days[0], min(days[min(begin, end)], days[at]), days[at])


def _days(first: date, last: date) -> Iterator[date]:
    for at in range((last - first).days + 1):
        yield first + timedelta(days=at)
