"""What a person reads after recording: the numbers, and what is owed because of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding, Penalty, Reinspection, Verdict
from safeplan.core.events.rosters import Undone
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.rectification import cases
from safeplan.core.rules.around import after
from safeplan.output.scrub import scrub
from safeplan.views.slip import Entry, slip_lines
from safeplan.words.language import Words
from safeplan.work.recording.desk import Before, Told
from safeplan.work.recording.findings import penalties_around


def slip(told: Told, words: Words) -> str:
    """Give the slip of what was recorded, each line ended."""
    return _written(_entries(told), told, words)


def consequences(told: Told, words: Words) -> str:
    """Give the slip of that part of it from which something follows: findings, and what is owed again or no more."""
    return _written([one for one in _entries(told) if _has_consequence(one)], told, words)


def _written(entries: Sequence[Entry], told: Told, words: Words) -> str:
    return "".join(f"{scrub(line).rstrip()}\n" for line in slip_lines(entries, told.before.plan, words))


def _entries(told: Told) -> list[Entry]:
    first = told.before.history.head.events + 1
    deadlines = _deadlines(told)
    return [
        Entry(
            number if told.numbers else 0,
            event,
            deadlines.get(_finding_of(number, event)) or _again(told.before, event),
            penalties_around(told.before, event) if isinstance(event, Penalty) else (0, 0),
            _staying(told, event) if isinstance(event, Undone) else (),
        )
        for number, event in enumerate(told.events, start=first)
    ]


def _staying(told: Told, event: Undone) -> tuple[int, ...]:
    """Give the findings of a visit that is undone, without those that are undone with it."""
    before, gone = told.before, {one.target for one in told.events if isinstance(one, Undone)}
    visit = before.history.of(VisitMade).filter(pl.col("number") == event.target, pl.col("enterprise").is_not_null())
    own = before.history.of(Finding).join(visit, on=["enterprise", "day"], how="semi")
    return tuple(number for number in own["number"] if number not in gone)


def _finding_of(number: int, event: Event) -> int:
    """Give the finding whose deadline an event sets, 0 when it sets none."""
    if isinstance(event, Finding):
        return number
    return event.finding if isinstance(event, Reinspection) and event.verdict is Verdict.FAIL else 0


def _deadlines(told: Told) -> dict[int, date | None]:
    """Give the day by which each finding is to be mended, where something was told that sets one."""
    before = told.before
    if not any(_finding_of(1, event) for event in told.events):
        return {}
    table = cases(before.plan, told.after(), before.calendar, before.today)
    return dict(table.select("finding", "due").iter_rows())


def _again(before: Before, event: Event) -> date | None:
    """Give the last day of the visit that is owed again, where the plan's `retry:` asks for one."""
    if not isinstance(event, VisitMade) or event.enterprise is None:
        return None
    length = before.plan.file.retry.get(event.outcome.value)
    window = None if length is None else after(event.day, length, before.calendar)
    return window.last if window else None


def _has_consequence(entry: Entry) -> bool:
    gone = isinstance(entry.event, VisitMade) and entry.event.outcome in (Outcome.MOVED, Outcome.CEASED)
    return isinstance(entry.event, Finding) or entry.due is not None or gone
