"""One officer's days for the telephone: visits with what is known of the place, what falls due, and other work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from safeplan.core import roster
from safeplan.core.choice import Chosen, undrawn
from safeplan.core.overdue.rows import Section as Part
from safeplan.core.pocket import Known, due_for
from safeplan.core.rectification import State
from safeplan.document import Document, Note, Pocket, Section, Stop, Tone
from safeplan.views.ledger_names import LedgerNames
from safeplan.words.codes import activity_name, family_name, rule_names, state_name
from safeplan.words.dates import day_text, full_day_text, listed, span_text
from safeplan.words.language import Words
from safeplan.words.ledger_columns import OUTCOMES, SEVERITIES
from safeplan.words.ledger_verdicts import head_text
from safeplan.words.report_columns import CASE_STATES

_CLOSED = 3  # findings of a place that are closed and still shown, the latest
_DUE: dict[str, str] = {Part.RECTIFICATION.value: "ordered", Part.REINSPECTION.value: "claimed"}
"""Of each section of what falls due the state that says what is to be done."""


def pocket_of(chosen: Chosen, known: Known, words: Words) -> Pocket:
    """Show what an officer does on the chosen days; nothing of others but who goes along."""
    plan = chosen.schedule.plan
    assert chosen.choice.officer is not None
    officer = plan.file.officers[chosen.choice.officer]
    visits = roster.visits(chosen.schedule).with_columns(undrawn=undrawn(chosen.schedule, chosen.schedule.visits))
    places = _Places(known, words)
    lists = (_deadlines(chosen, known, words), _activities(chosen, words))
    return Pocket(
        Document(
            title=words("{name}: {days}", name=officer.name, days=span_text(words, chosen.first, chosen.last)),
            language=words.language,
            sections=tuple(one for one in lists if one.notes),
            head=(Note(plan.file.name, Tone.QUIET),) if plan.file.name else (),
            foot=tuple(_foot(chosen, words)),
            made_on=chosen.schedule.today,
        ),
        stops=tuple(_stop(row, officer.id, places, words) for row in visits.iter_rows(named=True)),
        owner=(officer.id, officer.name),
        name=f"{officer.id}-{_days(chosen.first, chosen.last)}",
        identity=f"{plan.file.name}/{officer.id}/{chosen.first}/{chosen.last}",
    )


def _days(first: date, last: date) -> str:
    """Name days in a file's name: by their week, where one holds them."""
    (year, week, _), end = first.isocalendar(), last.isocalendar()
    return f"{year}-W{week:02}" if (year, week) == end[:2] else f"{first}-{last}"


def _stop(row: dict[str, Any], officer: str, places: _Places, words: Words) -> Stop:
    crew = tuple(zip(row["officers"], row["officer_names"], strict=True))
    return Stop(
        key=row["id"],
        day=row["date"],
        order=row["order"],
        title=row["enterprise_name"] or row["grid_name"] or "–",
        facts=tuple(_facts(row, [name for id_, name in crew if id_ != officer], words)),
        known=() if row["undrawn"] else tuple(places.known(row["enterprise"], row["grid"])),
        crew=crew,
    )


def _facts(row: dict[str, Any], others: list[str], words: Words) -> Iterator[Note]:
    """Say what the visit is: how it is made, where, with whom, for which rules."""
    if row["surprise"]:
        yield Note(words("surprise visit, tell nobody"), Tone.BAD)
    if row["undrawn"]:
        yield Note(words("not drawn yet"), Tone.WARNING)
    if row["state"] == "done":
        yield Note(state_name(words, row["state"]), Tone.GOOD)
    yield Note(words("{family}, {n} minutes", family=family_name(words, row["family"]), n=row["minutes"]))
    where = [row["address"], row["grid_name"] if row["enterprise"] else None]
    if any(where):
        yield Note(words("; ").join(one for one in where if one))
    yield Note(words("with {names}", names=listed(words, others)) if others else words("alone"))
    yield Note(words("Serves: {rules}", rules=listed(words, rule_names(words, row["rules"]))), Tone.QUIET)


class _Places:
    """Says what is known of a place: the last visit and its result, what is open there, and what closed last."""

    def __init__(self, known: Known, words: Words) -> None:
        self._words = words
        self._last = {(row[0], row[1]): row[2:] for row in known.last.iter_rows()}
        self._cases = {str(id_): rows for (id_,), rows in known.cases.group_by("enterprise", maintain_order=True)}

    def known(self, enterprise: str | None, grid: str | None) -> Iterator[Note]:
        words = self._words
        day, outcome = self._last.get((enterprise, None if enterprise else grid), (None, None))
        if day is None:
            yield Note(words("no earlier visit is known"), Tone.QUIET)
        elif outcome is None:
            yield Note(words("last visit {day}, by the register", day=full_day_text(words, day)))
        else:
            result = words(OUTCOMES[outcome])
            yield Note(words("last visit {day}: {outcome}", day=full_day_text(words, day), outcome=result))
        if enterprise in self._cases:
            cases = self._cases[enterprise]
            closed = cases.filter(pl.col("closed").is_not_null())
            yield from map(self._case, cases.filter(pl.col("closed").is_null()).iter_rows(named=True))
            yield from map(self._case, closed.sort("closed", "finding").tail(_CLOSED).iter_rows(named=True))

    def _case(self, case: dict[str, Any]) -> Note:
        words, state = self._words, case["state"]
        text = " ".join(one for one in (case["standard"], case["text"]) if one)
        severity = words(SEVERITIES[case["severity"]])
        said = [words("F{number} {severity}: {text}", number=case["finding"], severity=severity, text=text)]
        is_due = case["closed"] is None and case["due"] is not None
        if state == State.OVERDUE.value:
            said.append(words("days overdue: {n}", n=case["days_overdue"]))
        elif state != State.ORDERED.value or not is_due:
            said.append(words(CASE_STATES[state]))
        if is_due:
            said.append(words("to be mended by {day}", day=case["due"]))
        tone = Tone.QUIET if case["closed"] else Tone.BAD if state == State.OVERDUE.value else Tone.WARNING
        return Note(words("; ").join(said), tone)


def _deadlines(chosen: Chosen, known: Known, words: Words) -> Section:
    names = LedgerNames(chosen.schedule.plan, words)
    lines = [
        words(
            "{day}: {enterprise}, {finding} {text}; {what}",
            day=day_text(words, row["due"]), enterprise=names.enterprise(row["subject"]), finding=row["id"],
            text=row["name"], what=words(CASE_STATES[_DUE[row["section"]]]),
        )
        for row in due_for(known, chosen).iter_rows(named=True)
    ]  # fmt: skip
    return Section(words("Findings that fall due"), notes=tuple(Note(one, Tone.WARNING) for one in lines))


def _activities(chosen: Chosen, words: Words) -> Section:
    lines = [
        words(
            "{day}: {what}",
            day=day_text(words, row["due"]),
            what=words("; ").join(
                one
                for one in (
                    row["name"],
                    activity_name(words, row["kind"]),
                    row["enterprise_name"] or row["grid_name"] or row["venue"],
                    chosen.schedule.plan.activities[row["activity"]].model.evidence,
                )
                if one
            ),
        )
        for row in roster.activities(chosen.schedule).iter_rows(named=True)
    ]
    return Section(words("Activities"), notes=tuple(map(Note, lines)))


def _foot(chosen: Chosen, words: Words) -> Iterator[Note]:
    hidden = chosen.surprise + chosen.undrawn
    if hidden:
        note = words("{n} visits not shown (surprise or not drawn yet; --with-surprise shows them)", n=hidden)
        yield Note(note, Tone.QUIET)
    yield Note(words("As known on {day}", day=full_day_text(words, chosen.schedule.today)), Tone.QUIET)
    head = chosen.schedule.ledger
    if head is None:
        yield Note(words("There is no ledger yet: nothing was recorded"), Tone.QUIET)
    else:
        yield Note(words("Ledger: {head}", head=head_text(words, head.events, head.hash)), Tone.QUIET)
