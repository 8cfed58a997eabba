"""Activities, figures, named events, classes, waivers, and counter-events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import polars as pl

from safeplan.core.amend import amended
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Extension, Rectified, Reinspection
from safeplan.core.events.rosters import Undone
from safeplan.core.events.work import ActivityDone, Classed, Figure, Happened, Waived
from safeplan.core.expand import expand
from safeplan.core.spelling import ids_of
from safeplan.plan.fields import ClassRef, EnterpriseRef, GridRef, OfficerRef
from safeplan.terms.span import Span
from safeplan.terms.text import half_width
from safeplan.work.errors import WorkError
from safeplan.work.lookup import find_grid
from safeplan.work.recording.desk import Before, Desk
from safeplan.work.recording.lookup import (
    enterprise_of,
    find_activity,
    find_class,
    find_event,
    find_target,
    officers_of,
)
from safeplan.work.recording.planned import fixed_visits, planned_on
from safeplan.work.spans import read_day

_NUMBERS = re.compile(r"[Ff]?(\d{1,12})(?:\s*-\s*[Ff]?(\d{1,12}))?")
_FIGURE = re.compile(r"(-?\d{1,15}(?:\.\d+)?)\s*(%?)")


def activity_events(
    desk: Desk, asked: str, evidence: str, officers: str | None, day: str | None, before: Before
) -> list[Event]:
    """Make the event that a piece of dated work was done.

    Raises
    ------
    WorkError
        `unknown-activity`, `ambiguous`, `activity-recorded`, and as days and officers do.
    """
    when = desk.day(day)
    activity = find_activity(before, asked, when)
    told = before.history.of(ActivityDone).filter(pl.col("activity") == activity)
    if len(told):
        raise WorkError("activity-recorded", activity=activity, number=told["number"][0], day=told["day"][0])
    who = tuple(OfficerRef(one) for one in officers_of(desk.plan, officers))
    return [ActivityDone(day=when, activity=activity, officers=who, evidence=evidence)]


def figure_events(desk: Desk, target: str, value: str, day: str | None) -> list[Event]:
    """Make the event of a reported figure: a share as 93%, or a number.

    Raises
    ------
    WorkError
        `unknown-target`, `reckoned-target`, `bad-figure`, `figure-wants-percent`.
    """
    found = find_target(desk.plan, target)
    match = _FIGURE.fullmatch(half_width(value).strip().replace(",", ""))
    if match is None:
        raise WorkError("bad-figure", asked=value)
    number = float(match[1])
    goal = found.at_least or found.at_most
    if goal is not None and goal.share is not None and not match[2] and number > 1:
        raise WorkError("figure-wants-percent", asked=value, target=found.name)
    return [Figure(day=desk.day(day), target=found.name, value=round(number / 100, 12) if match[2] else number)]


def happened_events(
    desk: Desk, event: str, enterprise: str | None, grid: str | None, until: str | None, day: str | None
) -> list[Event]:
    """Make the event that something happened that rules wait for; it may lie ahead, as the plan's own may.

    Raises
    ------
    WorkError
        `unknown-event`, `two-subjects`, `reversed-days`, and as names and days do.
    """
    if enterprise is not None and grid is not None:
        raise WorkError("two-subjects")
    when = desk.day(day, ahead=True)
    last = None if until is None else read_day(until, Span(desk.plan.first, desk.plan.last))
    if last is not None and last < when:
        raise WorkError("reversed-days", first=when, last=last)
    return [
        Happened(
            day=when,
            event=find_event(desk.plan, event),
            enterprise=None if enterprise is None else EnterpriseRef(enterprise_of(desk.plan, enterprise)),
            grid=None if grid is None else GridRef(desk.plan.file.grids[find_grid(desk.plan, grid)].id),
            until=last,
        )
    ]


def class_events(desk: Desk, enterprise: str, class_: str, from_: str | None, reason: str) -> list[Event]:
    """Make the event of a new class; its first day may lie ahead."""
    who = EnterpriseRef(enterprise_of(desk.plan, enterprise))
    new = ClassRef(find_class(desk.plan, class_))
    return [Classed(day=desk.day(from_, ahead=True), enterprise=who, class_=new, reason=reason)]


def waive_events(desk: Desk, asked: str, reason: str, day: str | None, before: Before) -> list[Event]:
    """Make the events that what is owed shall not be done: a visit with all it serves, an obligation, an activity.

    Raises
    ------
    WorkError
        `no-reason`, `unknown-owed`, `waived-already`, `ambiguous`, and as days do.
    """
    when = desk.day(day)
    if not reason.strip():
        raise WorkError("no-reason")
    owed = _owed(before, asked.strip(), when)
    told = before.history.of(Waived)
    known = dict(told.select("what", "number").iter_rows())
    fresh = [one for one in owed if one not in known]
    if not fresh:
        raise WorkError("waived-already", what=owed[0], number=known[owed[0]])
    return [Waived(day=when, what=one, reason=reason) for one in fresh]


def _owed(before: Before, asked: str, day: date) -> list[str]:
    """Give the ids that are meant: of a visit also those of what it serves besides."""
    name, at, on = asked.rpartition("@")
    if at and on[:1].isdigit():
        when = read_day(on, Span(before.plan.first, before.plan.last))
        rows = planned_on(before, enterprise_of(before.plan, name), when).filter(pl.col("day") == when)
        if rows.is_empty():
            raise WorkError("no-visit-on", asked=name, day=when)
        return list(dict.fromkeys([rows["id"][0], *rows["serves"][0].to_list()]))
    fixed = fixed_visits(before).filter(pl.col("id") == asked)
    if len(fixed):
        return list(dict.fromkeys([asked, *fixed["serves"][0].to_list()]))
    ids = _obligations(before)
    if (ids == asked).any():
        return [asked]
    begun = ids.filter(ids.str.starts_with(asked)) if "/" in asked else ids.clear()
    if len(begun) > 1:
        raise WorkError("ambiguous-many", asked=asked, n=len(begun), choices=begun.head(8).to_list())
    if len(begun):
        return [str(begun[0])]
    try:
        return [find_activity(before, asked, day)]
    except WorkError as unknown:
        if unknown.code != "unknown-activity":
            raise
        raise WorkError("unknown-owed", asked=asked, **_near(unknown)) from None


def _obligations(before: Before) -> pl.Series:
    """Give the ids of all obligations, those that the ledger brings among them."""
    plan = before.plan
    if before.history.head.events:
        plan = amended(plan, before.history, before.calendar, before.today)
    return ids_of(plan, expand(plan, before.calendar, before.today).obligations)


def _near(error: WorkError) -> dict[str, object]:
    return {"suggestion": error.values["suggestion"]} if "suggestion" in error.values else {}


def undo_events(desk: Desk, asked: str, reason: str, before: Before) -> list[Event]:
    """Make the counter-event of an event (14, F12), or those of several (14-136), the last first.

    Of several those that are undone already are passed over.

    Raises
    ------
    WorkError
        `unknown-number`, `undone-already`, `undo-has-steps`: a finding whose later steps must be undone first.
    """
    match = _NUMBERS.fullmatch(half_width(asked).strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 0 < first <= last <= before.history.head.events:
        raise WorkError("unknown-number", asked=asked, n=before.history.head.events)
    by = dict(before.history.of(Undone).select("target", "number").iter_rows())
    held = [number for number in range(last, first - 1, -1) if number not in by]
    if not held:
        raise WorkError("undone-already", number=first, by=by[first])
    for number in held:
        later = sorted(set(_steps_of(before, number)) - set(held))
        if later:
            raise WorkError("undo-has-steps", finding=f"F{number}", numbers=later)
    return [Undone(day=desk.day(None), target=number, reason=reason) for number in held]


def _steps_of(before: Before, number: int) -> Iterator[int]:
    """Give the numbers of what became of a finding."""
    for kind in (Rectified, Reinspection, Extension):
        yield from before.history.of(kind).filter(pl.col("finding") == number)["number"]
