"""What one officer is sent of an issued roster: their own visits, what is new, what they lead, and copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from safeplan.core import roster
from safeplan.core.as_issued import Paper, changes
from safeplan.core.choice import Choice, Chosen, choose, grids_below
from safeplan.core.history import History
from safeplan.core.pocket import Known, known_of
from safeplan.core.tables import Schedule
from safeplan.document import Cell, Column, Document, Note, Section, Table, Tone
from safeplan.plan.plan import Plan
from safeplan.views.activities import activities_section
from safeplan.views.columns import columns
from safeplan.views.ledger_names import LedgerNames
from safeplan.views.roster import visit_rows
from safeplan.words.dates import day_text, full_day_text, listed, span_text, weekday_text
from safeplan.words.language import Words
from safeplan.words.ledger_verdicts import head_text
from safeplan.words.mail import CHANGES

_VISITS = ("date", "weekday", "crew", "order", "enterprise", "grid", "address", "family", "rules", "minutes")
_GROUP = ("date", "weekday", "crew")
_FEW = 4  # people that are named one by one; more are counted


@dataclass(frozen=True)
class Mailing:
    """A roster that is to be sent: as it was issued, as a Schedule, and the one that it replaces.

    `history` is what the ledger told when it was issued.
    """

    paper: Paper
    schedule: Schedule
    history: History
    replaced: Paper | None = None

    @property
    def plan(self) -> Plan:
        """The plan as it was known when the roster was issued."""
        return self.schedule.plan

    @cached_property
    def known(self) -> Known:
        """What was known of the places of the roster when it was issued."""
        return known_of(self.schedule, self.history)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an officer (code) is sent: own visits, summaries of the grids (codes) that they lead, a copy of the lot."""

    officer: int
    leads: tuple[int, ...] = ()
    copy: bool = False
    attached: tuple[str, ...] = field(default=())
    """Names of the files that come with it."""


def own_visits(mailing: Mailing, officer: int) -> Chosen:
    """Choose what an officer does, surprise visits of their crew with it."""
    paper = mailing.paper
    return choose(mailing.schedule, Choice(paper.first, paper.last, officer=officer, with_surprise=True))


def subject_of(mailing: Mailing, words: Words) -> str:
    """Say in one line which roster it is, and which it replaces."""
    paper, plan = mailing.paper, mailing.plan.file.name
    days = span_text(words, paper.first, paper.last)
    if paper.replaces is None:
        return words("{plan}: roster of {days}, no. {serial}", plan=plan, days=days, serial=paper.serial)
    return words(
        "{plan}: roster of {days}, no. {serial}, replaces no. {old}",
        plan=plan, days=days, serial=paper.serial, old=paper.replaces,
    )  # fmt: skip


def letter_document(mailing: Mailing, parts: Parts, words: Words) -> Document:
    """Make the letter to an officer."""
    paper = mailing.paper
    whole = choose(mailing.schedule, Choice(paper.first, paper.last))
    sections = [*_own(mailing, parts, words)]
    sections += [_summary(mailing, grid, words) for grid in parts.leads]
    sections += _copy(mailing, whole, words) if parts.copy else []
    return Document(
        title=subject_of(mailing, words),
        language=words.language,
        sections=tuple(sections),
        head=tuple(_head(mailing, parts, words)),
        foot=tuple(_foot(mailing, parts, whole, words)),
        made_on=paper.day,
    )


def _head(mailing: Mailing, parts: Parts, words: Words) -> Iterator[Note]:
    paper, file = mailing.paper, mailing.plan.file
    name = file.officers[parts.officer].name
    first, last = (full_day_text(words, day) for day in (paper.first, paper.last))
    yield Note(words("{name}, here is the roster of {first} to {last}.", name=name, first=first, last=last))
    said = [words("issued on {day}", day=day_text(words, paper.day))]
    said += [words("approved by {who}", who=paper.approved_by)] if paper.approved_by else []
    said += [paper.number] if paper.number else []
    yield Note(words("; ").join(said), Tone.QUIET)
    if mailing.replaced is not None:
        text = words(
            "It replaces no. {old} of {day}; what is new in it is marked.",
            old=mailing.replaced.serial, day=day_text(words, mailing.replaced.day),
        )  # fmt: skip
        yield Note(text, Tone.WARNING)


def _foot(mailing: Mailing, parts: Parts, whole: Chosen, words: Words) -> Iterator[Note]:
    paper = mailing.paper
    own = choose(mailing.schedule, Choice(paper.first, paper.last, officer=parts.officer))
    hidden = whole.surprise + whole.undrawn - own.surprise - own.undrawn
    if hidden:
        yield Note(words("{n} visits of others are not shown (surprise, or not drawn yet)", n=hidden), Tone.QUIET)
    if parts.attached:
        yield Note(words("Attached: {files}", files=listed(words, parts.attached)), Tone.QUIET)
    yield Note(head_text(words, paper.head.events, paper.head.hash), Tone.QUIET)


def _own(mailing: Mailing, parts: Parts, words: Words) -> Iterator[Section]:
    """Show what the officer does, what is new in it, and what they do no more."""
    chosen = own_visits(mailing, parts.officer)
    visits = roster.visits(chosen.schedule)
    id_ = mailing.plan.file.officers[parts.officer].id
    new = _changes(mailing, words, pl.col("officers").list.contains(id_))
    if len(visits):
        notes = _surprises(visits, words)
        if mailing.replaced is not None and new.marks.keys().isdisjoint(visits["id"]):
            notes.append(Note(words("Nothing is new in them."), Tone.QUIET))
        yield Section(words("Your visits"), tuple(notes), tables=(_visits(visits, new.marks, words),))
    if new.gone:
        title = words("No longer yours")
        yield Section(title, tables=(Table(columns(words, "date", "enterprise"), new.gone, tones=new.tones),))
    work = activities_section(chosen.schedule, words)
    if work is not None:
        yield work


def _surprises(visits: pl.DataFrame, words: Words) -> list[Note]:
    rows = visits.filter("surprise").select("date", "enterprise_name", "grid_name").rows()
    named = [f"{day_text(words, day)} {enterprise or grid or ''}".strip() for day, enterprise, grid in rows]
    return [Note(words("Surprise visits, tell nobody: {visits}", visits=listed(words, named)), Tone.BAD)] * bool(rows)


def _visits(visits: pl.DataFrame, marks: dict[str, str], words: Words) -> Table:
    """Show visits; with marks, in a column of their own, what is new of each."""
    rows, shown = visit_rows(visits, words), columns(words, *_VISITS)
    if not marks:
        return Table(shown, rows, group=_GROUP, sheet=words("Roster"))
    said = [marks.get(one, "") for one in visits["id"]]
    marked: list[tuple[Cell, ...]] = [(*row, mark) for row, mark in zip(rows, said, strict=True)]
    tones = [Tone.WARNING if mark else Tone.PLAIN for mark in said]
    return Table((*shown, Column("change", words("New"))), marked, group=_GROUP, tones=tones, sheet=words("Roster"))


@dataclass(frozen=True, slots=True)
class _New:
    """What is new: a mark for each visit that is, and the rows of those that are gone."""

    marks: dict[str, str] = field(default_factory=dict)
    gone: list[tuple[Cell, ...]] = field(default_factory=list)

    @property
    def tones(self) -> list[Tone]:
        return [Tone.BAD] * len(self.gone)


def _changes(mailing: Mailing, words: Words, which: pl.Expr) -> _New:
    """Say what is new, of the visits that an expression over `Paper.visits` chooses."""
    if mailing.replaced is None:
        return _New()
    before, now = mailing.replaced.visits.filter(which), mailing.paper.visits.filter(which)
    names = LedgerNames(mailing.plan, words)
    told = {row["id"]: row for row in before.iter_rows(named=True)}
    new = _New()
    for id_, change, was in changes(before, now).iter_rows():
        if change == "dropped":
            row = told[id_]
            new.gone.append(
                (was, names.enterprise(row["enterprise"]) if row["enterprise"] else names.grid(row["grid"]))
            )
        else:
            new.marks[id_] = words(CHANGES[change], day="" if was is None else day_text(words, was))
    return new


def _summary(mailing: Mailing, grid: int, words: Words) -> Section:
    """Count what is done in a grid and each below it, by whom and on which days."""
    plan, paper = mailing.plan, mailing.paper
    chosen = choose(mailing.schedule, Choice(paper.first, paper.last, grid=grid))
    visits = roster.visits(chosen.schedule)
    below = {plan.file.grids[code].id: code for code in grids_below(plan, grid)}
    rows: list[tuple[Cell, ...]] = []
    for (id_,), members in sorted(visits.group_by("grid"), key=lambda pair: below.get(str(pair[0][0]), -1)):
        days = listed(words, [weekday_text(words, day) for day in members["date"].unique().sort()])
        crews = members["officer_names"].explode(empty_as_null=False, keep_nulls=False)
        people = crews.unique(maintain_order=True).to_list()
        who = listed(words, people) if len(people) <= _FEW else words("{n} officers", n=len(people))
        name = plan.file.grids[below[str(id_)]].name
        rows.append((name, len(members), days, who))
    shown = (
        Column("grid", words("Grid")),
        Column("visits", words("Visits"), "right"),
        Column("days", words("Days")),
        Column("officers", words("Officers")),
    )
    note = Note(words("{n} visits in this grid and all below it", n=len(visits)))
    return Section(
        words("{grid}: summary", grid=plan.file.grids[grid].name), notes=(note,), tables=(Table(shown, rows),)
    )


def _copy(mailing: Mailing, whole: Chosen, words: Words) -> list[Section]:
    """Show all visits but the surprise ones."""
    marks = _changes(mailing, words, ~pl.col("surprise"))
    tables = [_visits(roster.visits(whole.schedule), marks.marks, words)]
    sections = [Section(words("All visits of the week"), tables=tuple(tables))]
    if marks.gone:
        gone = Table(columns(words, "date", "enterprise"), marks.gone, tones=marks.tones)
        sections.append(Section(words("No longer in the roster"), tables=(gone,)))
    return sections
