"""What is wrong with a plan, as a Document."""

from __future__ import annotations

from collections.abc import Sequence

from safeplan.document import Document, Note, Section, Table, Tone
from safeplan.terms.diagnostic import Diagnostic, Severity
from safeplan.terms.origin import Place
from safeplan.views.columns import columns
from safeplan.words.diagnostics import sentence
from safeplan.words.language import Words

_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARNING}


def checks_document(diagnostics: Sequence[Diagnostic], name: str, words: Words) -> Document:
    """Show every problem with its place, errors and warnings in the order found."""
    rows = [(place_text(one.place), words(one.severity.value), one.code, sentence(one, words)) for one in diagnostics]
    table = Table(
        columns(words, "place", "severity", "code", "message"),
        rows,
        tones=[_TONES[one.severity] for one in diagnostics],
    )
    return Document(
        words("Check of {plan}", plan=name),
        words.language,
        (Section("", tables=(table,)),),
        head=(Note(counted(diagnostics, words)),),
    )


def counted(diagnostics: Sequence[Diagnostic], words: Words) -> str:
    """Say how many errors and warnings there are."""
    errors = sum(one.severity is Severity.ERROR for one in diagnostics)
    return words("{errors} errors, {warnings} warnings", errors=errors, warnings=len(diagnostics) - errors)


def place_text(place: Place | None) -> str:
    """Spell a place: plan.yaml:41:12, or 企业.xlsx!Sheet1:7 类别."""
    if place is None:
        return ""
    file = f"{place.file}!{place.sheet}" if place.sheet else place.file
    spelt = ":".join(str(part) for part in (file, place.line, place.column) if part is not None)
    return f"{spelt} {place.field}" if place.field else spelt
