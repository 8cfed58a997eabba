"""Years without an announcement: what of a plan rests on their days (rules.md, Periods)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from safeplan.core.activity_days import occasions, rests_on_calendar
from safeplan.core.calendar import calendar_of
from safeplan.plan.plan import Plan
from safeplan.plan.rules.holidays import Holiday
from safeplan.reading.check_people import every_rule
from safeplan.terms.duration import TimeUnit
from safeplan.terms.frequency import Frequency
from safeplan.terms.span import Span


def resting_on(plan: Plan) -> dict[int, tuple[str, ...]]:
    """Give each year that is provisional for the plan, with the names of what rests on it; empty: the plan's period.

    A year counts when a window or a due date lies in it and its announcement is not known.
    """
    found: dict[int, list[str]] = {}
    for name, days in _windows(plan):
        for day in days:
            if day.year not in plan.official.announced and name not in found.setdefault(day.year, []):
                found[day.year].append(name)
    return {year: tuple(name for name in names if name) for year, names in sorted(found.items())}


def _windows(plan: Plan) -> Iterator[tuple[str, tuple[date, ...]]]:
    """Give names of rules and the ends of their windows; the plan's own period has no name."""
    file = plan.file
    yield "", (plan.first, plan.last)
    for campaign in file.campaigns:
        for phase in campaign.phases:
            yield campaign.name, tuple(day for day in (phase.from_, phase.to) if day is not None)
    for lines in file.priorities.values():
        for line in lines:
            if isinstance(line.window, Span):
                yield line.name, (line.window.first, line.window.last)
    for pin in file.pins:
        if pin.window is not None:
            yield pin.reason or str(pin.enterprise), (pin.window.first, pin.window.last)
    for holiday in file.holidays:
        yield holiday.name, tuple(_days_of(plan, holiday))
    for name, frequency in _frequencies(plan):
        for span in file.seasons.get(frequency.season or "", ()):
            if span.first <= plan.last and span.last >= plan.first:
                yield name, (span.first, span.last)
    calendar = calendar_of(plan)
    for activity in plan.activities:
        if rests_on_calendar(activity.model):
            yield activity.model.name, tuple(one.due for one in occasions(activity, plan, calendar)[0])
    for target in file.targets:
        if target.due is not None and target.due > plan.last:
            yield target.name, (target.due,)


def _frequencies(plan: Plan) -> Iterator[tuple[str, Frequency]]:
    for rule in every_rule(plan):
        if rule.visits is not None:
            yield rule.name, rule.visits


def _days_of(plan: Plan, holiday: Holiday) -> Iterator[date]:
    """Give the days on which a holiday check's windows end that have a day in the plan's period."""
    for name in (*holiday.before, *holiday.during, *holiday.after):
        for day in plan.official.named.get(name, ()):
            near = day - timedelta(days=_reach(holiday)) <= plan.last and day >= plan.first
            if near:
                yield day


def _reach(holiday: Holiday) -> int:
    """Give how many calendar days before it a holiday's window may begin."""
    if holiday.within is None or not holiday.before:
        return 0
    return holiday.within.n * (2 if holiday.within.unit is TimeUnit.WORKDAYS else 1)
