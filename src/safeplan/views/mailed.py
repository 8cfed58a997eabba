"""What became of the letters of a batch, as a Document: how many were sent, and by name whoever has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safeplan.document import Column, Document, Note, Section, Table, Tone
from safeplan.words.language import Words
from safeplan.words.mail import ASIDE, OUTCOMES

_PLAIN = ("sent", "before")


@dataclass(frozen=True, slots=True)
class Line:
    """One officer by name: `key` of words.mail.OUTCOMES or ASIDE, and what its sentence needs."""

    name: str
    key: str
    values: Mapping[str, object]


def mailed_document(title: str, outcomes: Iterable[Line], aside: Iterable[Line], words: Words) -> Document:
    """Say what became of each letter that was not simply sent, and who gets none."""
    lines, others = list(outcomes), list(aside)
    counts = {key: sum(line.key == key for line in lines) for key in _PLAIN}
    sent = counts["sent"] + sum(line.key == "again" for line in lines)
    notes = [Note(words("{n} sent", n=sent), Tone.GOOD if sent else Tone.PLAIN)] if lines else []
    if counts["before"]:
        notes.append(Note(words("{n} had it already", n=counts["before"]), Tone.QUIET))
    rows = [(line.name, words(OUTCOMES[line.key], **line.values)) for line in lines if line.key not in _PLAIN]
    rows += [(line.name, words(ASIDE[line.key], **line.values)) for line in others]
    shown = (Column("officer", words("Officer")), Column("mail", words("Mail")))
    tables = (Table(shown, rows),) if rows else ()
    if not lines and not others:
        notes.append(Note(words("nobody is to get a letter"), Tone.QUIET))
    return Document(title, words.language, (Section("", tuple(notes), tables=tables),))
