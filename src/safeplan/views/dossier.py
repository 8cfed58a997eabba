"""An enterprise's file (履职档案): what was owed by which rule, planned, done, found and chased, and what is ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import polars as pl

from safeplan.core import roster
from safeplan.core.dossier import Deed
from safeplan.core.events.rosters import Adopted
from safeplan.core.history import Head
from safeplan.core.spelling import named
from safeplan.core.tables import Schedule
from safeplan.document import Cell, Column, Document, Note, Section, Table, Tone
from safeplan.plan.plan import Plan
from safeplan.views.deeds import Deeds
from safeplan.views.ledger_names import LedgerNames
from safeplan.words.codes import kind_name, rule_names, state_name
from safeplan.words.dates import full_day_text, listed, span_text
from safeplan.words.dossier_words import AHEAD_COLUMNS, DEED_COLUMNS, FINDING_COLUMNS, OWED_COLUMNS
from safeplan.words.language import Words
from safeplan.words.ledger_verdicts import head_text
from safeplan.words.report_columns import CASE_STATES

_HASH = 8


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is known of an enterprise on a day.

    `schedule` holds only visits that may be shown; None when the plan does not know the enterprise any more. `secret`
    are the ids of rules of which nothing is shown, `hidden` says whether any visit is hidden. `cases` are CASES of its
    findings. `head` is None without a ledger.
    """

    plan: Plan
    enterprise: str
    as_of: date
    schedule: Schedule | None
    secret: frozenset[str]
    hidden: bool
    deeds: Sequence[Deed]
    cases: pl.DataFrame
    head: Head | None


def dossier_document(of: Dossier, words: Words, *, with_contacts: bool = False) -> Document:
    """Show an enterprise's file."""
    names = LedgerNames(of.plan, words)
    sections = [] if of.schedule is None else [_owed(of, of.schedule, words)]
    sections.append(_happened(of, words))
    if of.schedule is not None:
        sections.append(_ahead(of, of.schedule, words))
    open_ = of.cases.filter(pl.col("closed").is_null())
    if len(open_):
        sections.append(_open(open_, words))
    return Document(
        words("{enterprise}: file", enterprise=names.enterprise(of.enterprise)),
        words.language,
        tuple(sections),
        head=tuple(Note(text) for text in _about(of, names, words, with_contacts=with_contacts)),
        foot=tuple(_foot(of, words)),
        made_on=of.as_of,
    )


def _about(of: Dossier, names: LedgerNames, words: Words, *, with_contacts: bool) -> Iterator[str]:
    yield words("As known on {day}", day=full_day_text(words, of.as_of))
    facts = [("Number", of.enterprise), ("Credit code", names.fact(of.enterprise, "credit_code"))]
    if of.schedule is not None:
        now = LedgerNames(of.schedule.plan, words)
        facts.append(("Class", now.class_on(of.enterprise, of.as_of)))
        facts.append(("Village or grid", now.grid_on(of.enterprise, of.as_of)))
    register = {row["id"]: row for row in of.plan.enterprises.filter(pl.col("id") == of.enterprise).to_dicts()}
    row = register.get(of.enterprise, {})
    facts.append(("Address", str(row.get("address") or "")))
    if with_contacts:
        personal = ("legal_person", "contact_name", "contact_phone")
        facts.append(("Contact", " ".join(str(row[one]) for one in personal if row.get(one))))
    said = [words("{what}: {text}", what=words(what), text=text) for what, text in facts if text]
    yield words("; ").join(said)
    if of.schedule is None:
        yield words("The plan does not know it any more; what the ledger tells of it is kept")


def _owed(of: Dossier, schedule: Schedule, words: Words) -> Section:
    """Show every obligation: rule, source, window, the day it was adopted for, and what became of it."""
    spelt = named(schedule.plan, schedule.obligations)
    adopted = _adopted(of.deeds)
    fate = _Fates(schedule, words)
    rows: list[tuple[Cell, ...]] = []
    tones = []
    code = of.plan.enterprises["id"].index_of(of.enterprise)
    own = (schedule.obligations["enterprise"] == code).arg_true()
    for at in sorted(own, key=lambda one: (schedule.obligations["first"][one], one)):
        one = spelt.row(at, named=True)
        line = schedule.plan.rules[schedule.obligations["rule"][at]]
        if line.id in of.secret:
            continue
        became, tone = fate.of(at)
        rows.append((
            one["name"] or kind_name(words, one["kind"]),
            line.model.source,
            one["source"],
            span_text(words, one["from"], one["to"]),
            adopted.get(one["obligation"]),
            became,
        ))  # fmt: skip
        tones.append(tone)
    table = Table(_columns(OWED_COLUMNS, words), rows, tones=tones, sheet=words("Owed"))
    return Section(words("What was owed, and what became of it"), tables=(table,))


class _Fates:
    """Says what became of an obligation."""

    def __init__(self, schedule: Schedule, words: Words) -> None:
        self._words = words
        self._visit = dict(schedule.serves.select("obligation", "visit").iter_rows())
        self._visits = schedule.visits
        self._overdue, self._waived = set(schedule.overdue), set(schedule.waived)
        self._unplaced = set(schedule.unplaced["obligation"])

    def of(self, at: int) -> tuple[str, Tone]:
        if at in self._visit:
            day, state = self._visits.select("day", "state").row(self._visit[at])
            tone = Tone.GOOD if state == "done" else Tone.PLAIN
            return self._words("{state}: {day}", state=state_name(self._words, state), day=day), tone
        if at in self._overdue:
            return self._words("overdue"), Tone.BAD
        if at in self._waived:
            return self._words("waived"), Tone.QUIET
        return (self._words("no day"), Tone.WARNING) if at in self._unplaced else (self._words("later"), Tone.PLAIN)


def _adopted(deeds: Sequence[Deed]) -> dict[str, date]:
    """Give the day that each obligation was adopted for, by the last roster."""
    last = next(
        (one.event for one in reversed(deeds) if isinstance(one.event, Adopted) and one.undone_by is None), None
    )
    visits = last.visits if isinstance(last, Adopted) else ()
    return {id_: visit.day for visit in visits for id_ in (visit.id, *visit.serves)}


def _happened(of: Dossier, words: Words) -> Section:
    """Show every event about it, each with who told it when, its number and its hash."""
    title = words("What happened")
    if of.head is None:
        return Section(title, notes=(Note(words("There is no ledger yet: nothing was recorded"), Tone.WARNING),))
    zone, say = ZoneInfo(of.plan.file.timezone), Deeds(of.plan, words)
    rows: list[tuple[Cell, ...]] = [
        (
            one.event.day,
            say(one),
            one.who,
            f"{datetime.fromisoformat(one.recorded).astimezone(zone):%Y-%m-%d %H:%M}",
            one.number,
            one.hash[:_HASH],
        )
        for one in of.deeds
    ]
    tones = [Tone.PLAIN if one.undone_by is None else Tone.QUIET for one in of.deeds]
    return Section(title, tables=(Table(_columns(DEED_COLUMNS, words), rows, tones=tones, sheet=title),))


def _ahead(of: Dossier, schedule: Schedule, words: Words) -> Section:
    visits = roster.visits(schedule).filter(
        (pl.col("enterprise") == of.enterprise) & (pl.col("date") >= of.as_of) & (pl.col("state") != "done")
    )
    rows: list[tuple[Cell, ...]] = [
        (
            row["date"],
            listed(words, row["officer_names"]),
            listed(words, rule_names(words, row["rules"])),
            state_name(words, row["state"]),
        )
        for row in visits.iter_rows(named=True)
    ]
    title = words("What is ahead")
    return Section(title, tables=(Table(_columns(AHEAD_COLUMNS, words), rows, sheet=title),))


def _open(cases: pl.DataFrame, words: Words) -> Section:
    rows: list[tuple[Cell, ...]] = []
    tones = []
    for one in cases.iter_rows(named=True):
        state, late = words(CASE_STATES[one["state"]]), one["days_overdue"]
        rows.append((f"F{one['finding']}", one["text"], one["found"], one["due"], state, late or None))
        tones.append(Tone.BAD if late else Tone.PLAIN)
    title = words("Findings that are open")
    return Section(title, tables=(Table(_columns(FINDING_COLUMNS, words), rows, tones=tones, sheet=title),))


def _columns(headings: Mapping[str, str], words: Words) -> tuple[Column, ...]:
    right = ("number", "days_overdue")
    return tuple(
        Column(key, words(title), align="right" if key in right else "left") for key, title in headings.items()
    )


def _foot(of: Dossier, words: Words) -> Iterator[Note]:
    if of.hidden:
        hidden = words("surprise visits and visits that are not drawn yet are not shown (--with-surprise shows them)")
        yield Note(hidden, Tone.QUIET)
    known = words(
        "Of the ledger everything that was recorded by the end of that day, whenever it happened; plan and register as "
        "they stand now"
    )
    yield Note(known, Tone.QUIET)
    if of.head is not None:
        yield Note(words("Ledger: {head}", head=head_text(words, of.head.events, of.head.hash)), Tone.QUIET)
