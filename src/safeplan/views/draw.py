"""The record of a draw as a Document: what was fixed, who is out and why, who is drawn, and whether it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from safeplan.core.draw_record import Excluded, Record
from safeplan.document import Cell, Column, Document, Note, Section, Table, Tone
from safeplan.words.dates import full_day_text, span_text
from safeplan.words.language import Words

_PROBLEMS: dict[str, str] = {
    "pool": "the pool is not sorted, or names somebody twice",
    "pool-hash": "the pool's SHA-256 is another",
    "excluded": "somebody is excluded who is not in the pool",
    "number": "the number drawn is not the share of the pool",
    "list": "the list is not the one that the seed gives",
    "crews": "officers are not in the order that the seed gives",
    "pool-changed": "the plan's pool is another now",
    "excluded-changed": "the plan excludes others now",
    "number-changed": "the plan's share, or the number drawn, is another now",
    "seed-changed": "the plan has another seed for this period",
}


def record_document(record: Record, names: Mapping[str, str], words: Words) -> Document:
    """Show a record; `names` gives the names of enterprises and officers by their ids."""
    title = words("Draw of {name}, {period}", name=record.name, period=record.period)
    sections = [
        *([_drawn(record, names, words)] if record.seed is not None else []),
        *([_replaced(record, names, words)] if record.replaced else []),
        *([_out(record, names, words)] if record.excluded else []),
        _pool(record, names, words),
    ]
    return Document(title, words.language, tuple(sections), tuple(_head(record, words)), made_on=record.made_on)


def verdict_document(record: Record, problems: Sequence[str], words: Words) -> Document:
    """Say whether a record holds, and what does not."""
    title = words("Draw of {name}, {period}", name=record.name, period=record.period)
    if problems:
        notes = tuple(Note(words(_PROBLEMS[code]), Tone.BAD) for code in problems)
    elif record.seed is None:
        notes = (Note(words("the commitment holds: pool, exclusions and number are those of the plan"), Tone.GOOD),)
    else:
        text = words("the draw holds: {n} drawn, as the seed and the plan give them", n=len(record.drawn))
        notes = (Note(text, Tone.GOOD),)
    return Document(title, words.language, (), notes)


def seed_line(record: Record) -> str:
    """Give the line to paste into the plan."""
    return f"seed: {{{record.period}: {json.dumps(record.seed, ensure_ascii=False)}}}"


def _head(record: Record, words: Words) -> list[Note]:
    notes = [
        Note(span_text(words, record.first, record.last)),
        Note(
            words(
                "{n} enterprises in the pool, {out} of them excluded, {k} to be drawn",
                n=len(record.pool),
                out=len(record.excluded),
                k=record.k,
            )
        ),
        Note(words("SHA-256 of the pool: {hash}", hash=record.pool_sha256)),
    ]
    if record.k > len(record.left):
        notes.append(Note(words("fewer are left than are to be drawn: all of them are"), Tone.WARNING))
    if record.event:
        notes.append(Note(words("The seed is given by: {event}", event=record.event)))
    if not record.committed:
        notes.append(Note(words("seed chosen by the planner: no commitment came before it"), Tone.QUIET))
    if record.seed is not None:
        notes.append(Note(words("Into the plan, at this spot check:")))
        notes.append(Note(seed_line(record)))
    return notes


def _drawn(record: Record, names: Mapping[str, str], words: Words) -> Section:
    columns = [
        Column("order", words("No."), "right"),
        Column("id", words("Id")),
        Column("enterprise", words("Enterprise")),
    ]
    if record.crews:
        columns.append(Column("crew", words("Officers")))
    rows: list[tuple[Cell, ...]] = []
    for n, one in enumerate(record.drawn, start=1):
        crew = [words(", ").join(names.get(who, who) for who in record.crews.get(one, ()))] if record.crews else []
        rows.append((n, one, names.get(one, one), *crew))
    return Section(words("Drawn"), tables=(Table(tuple(columns), rows),))


def _replaced(record: Record, names: Mapping[str, str], words: Words) -> Section:
    rows = [(one.enterprise, names.get(one.enterprise, ""), one.why) for one in record.replaced]
    return Section(words("Replaced"), tables=(Table(_columns(words), rows),))


def _out(record: Record, names: Mapping[str, str], words: Words) -> Section:
    rows = [(one.enterprise, names.get(one.enterprise, ""), _why(one, words)) for one in record.excluded]
    return Section(words("Excluded"), tables=(Table(_columns(words), rows),))


def _pool(record: Record, names: Mapping[str, str], words: Words) -> Section:
    columns = (Column("id", words("Id")), Column("enterprise", words("Enterprise")))
    return Section(words("Pool"), tables=(Table(columns, [(one, names.get(one, "")) for one in record.pool]),))


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column("id", words("Id")),
        Column("enterprise", words("Enterprise")),
        Column("why", words("Why")),
    )


def _why(one: Excluded, words: Words) -> str:
    if one.day is not None:
        return words("visited on {day}", day=full_day_text(words, one.day))
    return words("at its cap: {visits} of {cap} visits this year", visits=one.visits, cap=one.cap)
