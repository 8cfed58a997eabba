"""What is overdue as a Document: a section each for what was not done, with who answers and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from safeplan.core.counters import HALF_YEAR, IN_HALF_YEAR, IN_YEAR
from safeplan.core.overdue.choice import ChosenOverdue
from safeplan.core.overdue.overdue import Overdue
from safeplan.core.overdue.rows import Section as Part
from safeplan.core.overdue.spelt import spelt
from safeplan.document import Cell, Column, Document, Note, Section, Table, Tone
from safeplan.views.facets import Narrowing, narrowing
from safeplan.views.ledger_names import LedgerNames
from safeplan.words.codes import activity_name, rule_names
from safeplan.words.dates import day_text, full_day_text, listed
from safeplan.words.language import Words
from safeplan.words.ledger_columns import SEVERITIES
from safeplan.words.ledger_verdicts import head_text
from safeplan.words.overdue import COLUMNS, PAPERS, days_text, next_text, section_name, share_text

_RIGHT = frozenset({"days", "figure", "goal", "half_year", "year"})
_LAYOUT: dict[str, tuple[str, ...]] = {
    "visits": ("enterprise", "grid", "rule", "due", "days", "who", "command"),
    "rectification": (
        "enterprise", "grid", "finding", "severity", "text", "due", "days", "step", "who", "next_step", "command",
    ),
    "reinspection": ("enterprise", "grid", "finding", "text", "due", "days", "who", "command"),
    "extensions": ("enterprise", "grid", "finding", "text", "due", "days", "who", "command"),
    "activities": ("activity", "kind", "subject", "due", "days", "who", "command"),
    "permits": ("enterprise", "kind", "paper", "valid_until", "days", "who", "command"),
    "vacancies": ("grid", "role", "held", "days", "who", "command"),
    "targets": ("target", "figure", "goal", "due", "days", "command"),
}  # fmt: skip
_FEW = 4  # people that are named one by one; more are counted


def overdue_document(chosen: ChosenOverdue, words: Words) -> Document:
    """Show what was not done, and of what falls due soon as much as was asked for."""
    found = chosen.overdue
    narrow = narrowing(found.plan, (found.as_of, *found.rows["due"].drop_nulls()), words)
    parts = list(_sections(found, narrow, words))
    penalties = () if chosen.wanted.is_part else _penalties(found, narrow, words)
    return Document(
        title=words("{plan}: overdue", plan=found.plan.file.name),
        language=words.language,
        sections=(_summary(chosen, words), *parts, *penalties),
        head=tuple(_head(chosen, words)),
        foot=tuple(_foot(chosen, words)),
        made_on=found.as_of,
        brief=tuple(_brief(found, words)),
        facets=narrow.facets,
    )


def _head(chosen: ChosenOverdue, words: Words) -> Iterator[Note]:
    found, file = chosen.overdue, chosen.overdue.plan.file
    said = [words("as of {day}", day=full_day_text(words, found.as_of))]
    if found.until is not None:
        said.append(words("with what falls due by {day}", day=full_day_text(words, found.until)))
    if chosen.wanted.officer is not None:
        said.append(file.officers[chosen.wanted.officer].name)
    if chosen.wanted.grid is not None:
        said.append(file.grids[chosen.wanted.grid].name)
    yield Note(words("; ").join(said), Tone.QUIET)


def _summary(chosen: ChosenOverdue, words: Words) -> Section:
    found = chosen.overdue
    notes = [Note(words("nothing is overdue"), Tone.GOOD)]
    if chosen.count:
        notes = [Note(words("{n} overdue", n=chosen.count), Tone.BAD)]
    late = found.rows.filter("overdue").group_by("section").len()
    counts = dict(late.iter_rows())
    names = [f"{section_name(words, one.value)} {counts[one.value]}" for one in Part if one.value in counts]
    if names:
        notes.append(Note(listed(words, names)))
    return Section("", notes=(*notes, *_ledger_notes(found, words)))


def _ledger_notes(found: Overdue, words: Words) -> Iterator[Note]:
    """Say what is known at all: where the ledger ends, since when, or that there is none."""
    if found.ledger is None:
        yield Note(
            words(
                "there is no ledger yet: no visit is said to be overdue, and nothing was ticked; this is what the plan "
                "alone implies"
            ),
            Tone.WARNING,
        )
        return
    yield Note(head_text(words, found.ledger.events, found.ledger.hash))
    if found.since is None:
        yield Note(words("the ledger holds nothing of the plan's period: no visit is said to be overdue"), Tone.WARNING)
    elif found.since > found.plan.first:
        yield Note(
            words("what was due before {day} is not judged: the ledger begins there", day=found.since), Tone.QUIET
        )


def _sections(found: Overdue, narrow: Narrowing, words: Words) -> Iterator[Section]:
    cells = _Cells(found, words)
    for (section,), rows in spelt(found).group_by("section", maintain_order=True):
        name = section_name(words, str(section))
        layout = _LAYOUT[str(section)]
        lines = [tuple(cells.of(key, row) for key in layout) for row in rows.iter_rows(named=True)]
        tones = [Tone.BAD if late else Tone.WARNING for late in rows["overdue"]]
        facets = narrow.of(rows, "due", "due")
        yield Section(name, tables=(Table(_columns(words, *layout), lines, tones=tones, sheet=name, facets=facets),))


def _columns(words: Words, *keys: str) -> tuple[Column, ...]:
    return tuple(Column(key, words(COLUMNS[key]), align="right" if key in _RIGHT else "left") for key in keys)


class _Cells:
    """Says one cell of a row; each key is a method of its own."""

    def __init__(self, found: Overdue, words: Words) -> None:
        self._words = words
        self._teams = {one.id: one.name for one in found.plan.file.teams}
        self._ways: dict[str, Callable[[dict[str, Any]], Cell]] = {
            "enterprise": lambda row: row["enterprise_name"] or row["grid_name"] or "–",
            "subject": lambda row: row["enterprise_name"] or row["grid_name"] or _venue(row["id"]),
            "grid": lambda row: row["grid_name"] or "",
            "rule": self._rule,
            "due": lambda row: row["due"],
            "valid_until": lambda row: row["due"],
            "days": lambda row: days_text(words, row["days"], row["overdue"]),
            "finding": lambda row: row["id"],
            "severity": lambda row: words(SEVERITIES[row["kind"]]),
            "text": lambda row: row["name"] or "",
            "step": lambda row: row["step"] or "",
            "next_step": self._next_step,
            "who": lambda row: who_text(words, row["role"], row["officer_names"], self._teams),
            "command": lambda row: next_text(words, row["next"], row["argument"]),
            "activity": lambda row: row["name"],
            "kind": self._kind,
            "paper": lambda row: row["name"],
            "role": lambda row: row["role"],
            "held": lambda row: words("{n} of {wanted}", n=f"{row['figure']:g}", wanted=f"{row['wanted']:g}"),
            "target": lambda row: row["name"],
            "figure": self._figure,
            "goal": self._goal,
        }
        self._goals = {one.target.name: one.goal for one in found.targets}

    def of(self, key: str, row: dict[str, Any]) -> Cell:
        return self._ways[key](row)

    def _rule(self, row: dict[str, Any]) -> str:
        (name,) = rule_names(self._words, [row["name"] or row["kind"]])
        return name if row["kind"] else self._words("{rule} (no longer in the plan)", rule=name)

    def _next_step(self, row: dict[str, Any]) -> str:
        if not row["next_step"]:
            return ""
        return self._words("{step} from {day}", step=row["next_step"], day=day_text(self._words, row["next_day"]))

    def _kind(self, row: dict[str, Any]) -> str:
        if row["section"] == Part.ACTIVITIES.value:
            return activity_name(self._words, row["kind"])
        return self._words(PAPERS[row["kind"]])

    def _figure(self, row: dict[str, Any]) -> str:
        return share_text(row["figure"], share=self._is_share(row)) or self._words("no figure")

    def _goal(self, row: dict[str, Any]) -> str:
        return share_text(row["wanted"], share=self._is_share(row))

    def _is_share(self, row: dict[str, Any]) -> bool:
        goal = self._goals[row["id"]]
        return goal is not None and goal.share is not None


def _venue(activity: str) -> str:
    """Give the venue that an activity is for, as its id spells it."""
    subject = activity.split("/")[1]
    return "" if subject == "-" else subject


def who_text(words: Words, role: str | None, names: list[str], teams: dict[str, str]) -> str:
    """Say who answers: the role or the team, and the people while they are few."""
    people = listed(words, names) if len(names) <= _FEW else words("{n} officers", n=len(names))
    if role is None:
        return people
    named = teams.get(role, role)
    return words("{role}: {people}", role=named, people=people) if names else named


def _penalties(found: Overdue, narrow: Narrowing, words: Words) -> Iterator[Section]:
    """Show who has reached a threshold of penalties, or is one below."""
    if found.penalties.is_empty():
        return
    names = LedgerNames(found.plan, words)
    columns = ("half_year", "year", "last", "reached")
    rows = [
        (names.enterprise(enterprise), half_year, year, last)
        for enterprise, half_year, year, last, _ in found.penalties.select("enterprise", *columns).iter_rows()
    ]
    tones = [Tone.BAD if one else Tone.WARNING for one in found.penalties["reached"]]
    note = words(
        "{n} in {days} days or {m} in a year call for closure (Work Safety Law, art. 113)",
        n=IN_HALF_YEAR, days=HALF_YEAR.days, m=IN_YEAR,
    )  # fmt: skip
    shows = narrow.of(found.penalties.with_columns(grid=pl.lit(None, pl.String)), "last", "last")
    table = Table(_columns(words, "enterprise", "half_year", "year", "last"), rows, tones=tones, facets=shows)
    yield Section(words("Penalties near a threshold"), notes=(Note(note, Tone.QUIET),), tables=(table,))


def _foot(chosen: ChosenOverdue, words: Words) -> Iterator[Note]:
    hidden = chosen.surprise + chosen.undrawn
    if hidden:
        yield Note(words("{n} visits not shown (surprise or not drawn yet; --with-surprise shows them)", n=hidden))


def _brief(found: Overdue, words: Words) -> Iterator[str]:
    """Give one line for each thing: 逾期未整改隐患：楚天塑业 F12，逾期3天，陈立."""
    cells = _Cells(found, words)
    for row in spelt(found).iter_rows(named=True):
        what = row["enterprise_name"] or row["grid_name"] or row["name"]
        detail = row["id"] if row["section"] in ("rectification", "reinspection", "extensions") else row["name"]
        said = [words("days overdue: {n}", n=row["days"]) if row["overdue"] else str(cells.of("days", row) or "")]
        said += [str(cells.of("who", row))] if row["officer_names"] or row["role"] else []
        told = words("; ").join(one for one in said if one)
        subject = what if what == detail or not detail else f"{what} {detail}"
        yield words(
            "{section}: {subject}, {said}",
            section=section_name(words, row["section"]), subject=subject, said=told,
        )  # fmt: skip
