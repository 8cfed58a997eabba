"""Recording what happened: events are made of what a person told and what the ledger says, then added, all or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import polars as pl

from safeplan.core.calendar import Calendar, calendar_of
from safeplan.core.events.base import Event
from safeplan.core.history import RECORDS, History, history_of, with_drafts
from safeplan.core.schedule import schedule
from safeplan.core.tables import Schedule
from safeplan.ledger.errors import LedgerMoved
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import open_ledger
from safeplan.plan.plan import Plan
from safeplan.terms.progress import Progress, silent
from safeplan.terms.span import Span
from safeplan.work.errors import WorkError
from safeplan.work.ledgers import tell
from safeplan.work.recording.words import hidden_phones
from safeplan.work.spans import read_day

E = TypeVar("E", bound=Event)

_TRIES = 100
_FREE_TEXTS = ("note", "text", "measures", "reason", "evidence")
"""Fields that hold a person's own words."""


@dataclass(frozen=True)
class Before:
    """What is known before something is recorded: the plan, its calendar, today, and what the ledger says.

    `progress` is told how far it is, where more must be worked out to know what was meant.
    """

    plan: Plan
    calendar: Calendar
    today: date
    records: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RECORDS))
    progress: Progress = silent

    @cached_property
    def history(self) -> History:
        """What the ledger tells; nothing where there is none."""
        return history_of(self.records)

    def schedule(self) -> Schedule:
        """Schedule the plan with what is known, as of today."""
        history = self.history if len(self.records) else None
        return schedule(self.plan, history, self.today, progress=self.progress)


@dataclass(frozen=True, slots=True)
class Told:
    """What was recorded: events with their numbers, and what was known before."""

    events: tuple[Event, ...]
    numbers: tuple[int, ...]
    before: Before

    def after(self) -> History:
        """Give what the ledger tells with these events, as if nobody else had told anything."""
        return history_of(with_drafts(self.before.records, *self.events))


@dataclass(frozen=True)
class Desk:
    """Where something is told: a plan, its ledger, and who tells it."""

    path: Path
    plan: Plan
    place: LedgerPlace
    who: str
    progress: Progress = silent

    @cached_property
    def calendar(self) -> Calendar:
        """The plan's calendar."""
        return calendar_of(self.plan)

    @property
    def now(self) -> datetime:
        """The time, in the plan's zone."""
        return datetime.now(ZoneInfo(self.plan.file.timezone))

    def look(self) -> Before:
        """Read the ledger as it stands; one that is not there says nothing.

        Raises
        ------
        LedgerError
        """
        self.progress("ledger", 0.0)
        ledger = open_ledger(self.place)
        if ledger is None:
            return Before(self.plan, self.calendar, self.now.date(), progress=self.progress)
        with ledger:
            return Before(self.plan, self.calendar, self.now.date(), ledger.records(), self.progress)

    def record(self, prepare: Callable[[Before], Sequence[Event]]) -> Told:
        """Add the events that `prepare` makes of what is known.

        When somebody else records in the meantime the ledger is read again and they are made anew, so what was checked
        still holds when they are added. Mobile numbers in a person's own words are hidden.

        Raises
        ------
        WorkError
            What `prepare` refuses; nothing was written.
        LedgerError
            Nothing was stored.
        """
        for tries in range(1, _TRIES + 1):
            before = self.look()
            events = tuple(without_phones(one) for one in prepare(before))
            self.progress("record", 0.0)
            try:
                numbers = tell(self.place, events, self.who, self.now, expect=before.history.head) if events else ()
            except LedgerMoved:
                if tries == _TRIES:
                    raise
                continue
            return Told(events, numbers, before)
        raise AssertionError

    def day(self, asked: str | None, *, ahead: bool = False) -> date:
        """Give the day that something happened on: today when nobody says.

        Raises
        ------
        WorkError
            `bad-day`; `future-day`, unless it may lie `ahead`.
        """
        today = self.now.date()
        if asked is None:
            return today
        day = read_day(asked, Span(self.plan.first, self.plan.last))
        if day > today and not ahead:
            raise WorkError("future-day", day=day, today=today)
        return day


def without_phones(event: E) -> E:
    """Give an event with the mobile numbers in a person's own words hidden: the ledger keeps none."""
    texts = {name: getattr(event, name, "") for name in _FREE_TEXTS}
    hidden = {name: safe for name, text in texts.items() if (safe := hidden_phones(text)) != text}
    return event.model_copy(update=hidden) if hidden else event
