"""What changed from one schedule to another, as a Document: a slip after one change, or a comparison of plans."""

from __future__ import annotations

from collections.abc import Iterator

from safeplan.core.compare import Change, Diff
from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Moved, Pinned, Requested
from safeplan.core.events.rosters import Issued
from safeplan.core.roster import obligation_ids
from safeplan.core.tables import Schedule
from safeplan.document import Cell, Document, Note, Section, Table, Tone
from safeplan.plan.rules.pins import Cause
from safeplan.views.columns import columns
from safeplan.views.ledger_names import LedgerNames
from safeplan.views.why import missing_sections
from safeplan.words.changes import change_text, counted_text, why_text
from safeplan.words.codes import rule_names
from safeplan.words.dates import day_text, listed
from safeplan.words.language import Words

_COLUMNS = ("change", "subject", "was", "now", "officers_were", "officers_are", "why", "rules", "visit")
_TONES = {
    Change.ADDED.value: Tone.GOOD,
    Change.MOVED.value: Tone.WARNING,
    Change.RESTAFFED.value: Tone.PLAIN,
    Change.DROPPED.value: Tone.BAD,
}


def diff_document(diff: Diff, words: Words, title: str, notes: tuple[Note, ...] = ()) -> Document:
    """Show every visit that changed, and how many did not; `notes` stand first."""
    counts = [counted_text(words, kind, n) for kind in Change if (n := diff.count(kind))]
    summary = (
        Note(words("{changes}; {n} visits stay as they are", changes=listed(words, counts), n=diff.same))
        if counts
        else Note(words("no visit changes; all {n} stay as they are", n=diff.same), Tone.GOOD)
    )
    tables = (_table(diff, words),) if counts else ()
    section = Section("", notes=(*notes, summary), tables=tables)
    return Document(
        title,
        words.language,
        (section, *_lost(diff, words)),
        made_on=diff.after.schedule.today if diff.after.schedule else None,
    )


def _lost(diff: Diff, words: Words) -> Iterator[Section]:
    """Say what has no day any more, and why."""
    before, after = diff.before.schedule, diff.after.schedule
    if before is None or after is None:
        return
    known = obligation_ids(before).gather(before.unplaced["obligation"])
    ids = obligation_ids(after)
    lost = set(ids.gather(after.unplaced["obligation"])) - set(known)
    if lost:
        yield from missing_sections(after, ids.is_in(sorted(lost)), words)


def slip_document(event: Event, number: int | None, diff: Diff, words: Words) -> Document:
    """Answer one change: what moved by it and why; without a number it was only tried."""
    told = (
        Note(words("recorded as event {number}", number=number))
        if number is not None
        else Note(words("only tried; nothing was recorded"), Tone.WARNING)
    )
    return diff_document(diff, words, _title(event, diff, words), (told,))


def _title(event: Event, diff: Diff, words: Words) -> str:
    """Say the change in one line."""
    assert diff.after.plan is not None
    names = LedgerNames(diff.after.plan, words)
    match event:
        case Leave():
            return words("{officer} is away: {days}", officer=names.officers([event.officer]), days=event.days)
        case Requested():
            subject = names.enterprise(event.enterprise)
            if event.cause is Cause.COMPLAINT:
                return words(
                    "{enterprise}: visit after a complaint, within {time}", enterprise=subject, time=event.within
                )
            return words("{enterprise}: visit asked for, within {time}", enterprise=subject, time=event.within)
        case Pinned():
            subject = names.enterprise(event.enterprise)
            when = event.on or event.window
            if when is None:
                return words("{enterprise}: people fixed by hand", enterprise=subject)
            return words("{enterprise}: visit fixed by hand, {when}", enterprise=subject, when=when)
        case Moved():
            return words("{visit} moved to {day}", visit=event.visit, day=event.to)
    raise TypeError(event.kind)


def adoption_lines(made: Schedule, number: int, words: Words) -> Iterator[str]:
    """Say what was adopted."""
    visits = int((made.visits["state"] != "done").sum())
    yield words(
        "adopted: {n} visits from {first} to {last}, as event {number}",
        n=visits, first=made.plan.first, last=made.plan.last, number=number,
    )  # fmt: skip
    if len(made.unplaced):
        yield words("{n} unplaced", n=len(made.unplaced))
    yield words("later schedules change this roster as little as they can")


def issue_lines(event: Issued, number: int, words: Words) -> Iterator[str]:
    """Say what was issued."""
    yield words(
        "issued as no. {serial}: {n} visits from {first} to {last}, event {number}",
        serial=event.serial, n=len(event.visits), first=event.first, last=event.last, number=number,
    )  # fmt: skip
    if event.replaces is not None:
        yield words("replaces no. {serial}", serial=event.replaces)


def _table(diff: Diff, words: Words) -> Table:
    plans = [side.plan for side in (diff.before, diff.after) if side.plan is not None]
    names = {one.id: one.name for plan in plans for one in plan.file.officers}
    rows: list[tuple[Cell, ...]] = []
    for row in diff.changes.iter_rows(named=True):
        rows.append(
            (
                change_text(words, row["change"]),
                row["enterprise_name"] or row["grid_name"] or row["enterprise"] or row["grid"] or "",
                day_text(words, row["was"]) if row["was"] else "",
                day_text(words, row["day"]) if row["day"] else "",
                listed(words, [names.get(one, one) for one in row["officers_were"]]),
                listed(words, [names.get(one, one) for one in row["officers"]]),
                why_text(words, row["why"], names.get(row["who"], row["who"]), row["was"]) if row["why"] else "",
                listed(words, rule_names(words, row["rules"])),
                row["visit"],
            )
        )
    tones = [_TONES[one] for one in diff.changes["change"]]
    return Table(columns(words, *_COLUMNS), rows, tones=tones)
