"""The day of trouble: leave, a request, a pin, a moved visit - one line each, answered by what it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import polars as pl

from safeplan.core import roster
from safeplan.core.compare import Diff, compare
from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Moved, Pinned, Requested
from safeplan.core.history import with_drafts
from safeplan.core.tables import Schedule
from safeplan.plan.rules.pins import Cause
from safeplan.terms.days import Days
from safeplan.terms.diagnostic import TermError
from safeplan.terms.duration import Duration
from safeplan.terms.family import Family
from safeplan.terms.span import Span
from safeplan.work.errors import WorkError
from safeplan.work.lookup import find_enterprise, find_officer
from safeplan.work.recording.desk import Before, Desk, Told
from safeplan.work.recording.lookup import officers_of
from safeplan.work.recording.planned import find_planned, planned_on
from safeplan.work.spans import read_day

Make = Callable[[Before], Event]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changed:
    """What was told (nothing, when it was only tried), and what it changes."""

    event: Event
    told: Told | None
    diff: Diff


def change(desk: Desk, make: Make, *, today: str | None = None, tried: bool = False) -> Changed:
    """Tell a change, and say what moves by it, planned as of a day; with `tried` nothing is recorded.

    Raises
    ------
    WorkError
        What `make` refuses; `not-moved`: the visit cannot be made on that day. Nothing was recorded.
    LedgerError
        Nothing was recorded.
    """
    found: list[tuple[Event, Diff]] = []

    def prepare(known: Before) -> Sequence[Event]:
        before = as_of(known, today)
        event = make(before)
        after = replace(before, records=with_drafts(before.records, event)).schedule()
        if isinstance(event, Moved):
            _must_have_moved(event, after)
        now = before.schedule()
        before.progress("compare", 0.0)
        found.append((event, compare(now, after)))
        return [event]

    if tried:
        prepare(desk.look())
        return Changed(found[-1][0], None, found[-1][1])
    told = desk.record(prepare)
    return Changed(found[-1][0], told, found[-1][1])


def as_of(before: Before, today: str | None) -> Before:
    """Give what is known, seen from a day.

    Raises
    ------
    WorkError
        `bad-day`.
    """
    period = Span(before.plan.first, before.plan.last)
    return before if today is None else replace(before, today=read_day(today, period))


def leave(desk: Desk, officer: str, days: str, reason: str) -> Make:
    """Say that an officer is away: 2026-05-06/2026-05-12, 2026-06-03 pm, friday."""

    def make(before: Before) -> Event:
        who = desk.plan.file.officers[find_officer(desk.plan, officer)].id
        when = _read(lambda: Days.parse(days, desk.plan.first.year), "bad-days-asked", days)
        if when.span is not None and when.span.last < before.today:
            raise WorkError("leave-is-past", days=days, today=before.today)
        return Leave(day=before.today, officer=who, days=when, reason=reason)

    return make


def request(desk: Desk, enterprise: str, within: str, cause: str, reason: str) -> Make:
    """Say that a visit is asked for within a time from today."""

    def make(before: Before) -> Event:
        return Requested(
            day=before.today,
            enterprise=_enterprise(desk, enterprise),
            within=_read(lambda: Duration.parse(within), "bad-within", within),
            cause=_cause(cause),
            reason=reason,
        )

    return make


@dataclass(frozen=True, slots=True)
class PinAsked:
    """A pin as a person types it."""

    enterprise: str
    day: str | None = None
    window: str | None = None
    officers: str | None = None
    with_: str | None = None
    except_: str | None = None
    family: str | None = None
    cause: str | None = None
    reason: str = ""


def pin(desk: Desk, asked: PinAsked) -> Make:
    """Fix a visit by hand: the day, a span, or the people."""

    def make(before: Before) -> Event:
        if asked.day and asked.window:
            raise WorkError("pin-day-or-window")
        if not any((asked.day, asked.window, asked.officers, asked.with_, asked.except_)):
            raise WorkError("pin-says-nothing")
        period = Span(desk.plan.first, desk.plan.last)
        window = asked.window
        return Pinned(
            day=before.today,
            enterprise=_enterprise(desk, asked.enterprise),
            on=read_day(asked.day, period) if asked.day else None,
            window=_read(lambda: Span.parse(str(window), period.first.year), "bad-window", window) if window else None,
            officers=officers_of(desk.plan, asked.officers),
            with_=officers_of(desk.plan, asked.with_),
            except_=officers_of(desk.plan, asked.except_),
            family=_family(asked.family),
            cause=_cause(asked.cause) if asked.cause else None,
            reason=asked.reason,
        )

    return make


def move(desk: Desk, visit: str, to: str, reason: str) -> Make:
    """Move a planned visit to another day; it is named by its id, or by enterprise and day (楚天塑业@2026-03-02)."""

    def make(before: Before) -> Event:
        day = read_day(to, Span(desk.plan.first, desk.plan.last))
        if day < before.today:
            raise WorkError("move-to-past", day=day, today=before.today)
        return Moved(day=before.today, visit=_planned(desk, before, visit), to=day, reason=reason)

    return make


def _planned(desk: Desk, before: Before, asked: str) -> str:
    name, at, day = asked.rpartition("@")
    if not at or "/" in asked:
        return str(find_planned(before, asked, before.today)["id"][0])
    on = read_day(day, Span(desk.plan.first, desk.plan.last))
    found = planned_on(before, _enterprise(desk, name), on).filter(pl.col("day") == on)
    if found.is_empty():
        raise WorkError("unknown-visit", asked=asked)
    return str(found["id"][0])


def _must_have_moved(event: Moved, after: Schedule) -> None:
    """Refuse a move that the rules do not allow: its window, a day off, people."""
    days: list[date] = roster.visits(after).filter(pl.col("id") == event.visit)["date"].to_list()
    if days == [event.to]:
        return
    ids = roster.obligation_ids(after)
    row = (ids == event.visit).arg_true()
    facts = after.obligations[row.to_list()]
    first, last = (facts["first"][0], facts["last"][0]) if len(facts) else (None, None)
    raise WorkError("not-moved", visit=event.visit, day=event.to, first=first, last=last)


def _enterprise(desk: Desk, asked: str) -> str:
    return str(desk.plan.enterprises["id"][find_enterprise(desk.plan, asked)])


def _family(asked: str | None) -> Family | None:
    return _read(lambda: Family(str(asked)), "bad-family-asked", asked) if asked else None


def _cause(asked: str) -> Cause:
    return _read(lambda: Cause(asked), "bad-cause", asked)


def _read(read: Callable[[], T], code: str, asked: object) -> T:
    try:
        return read()
    except (TermError, ValueError):
        raise WorkError(code, asked=asked) from None
