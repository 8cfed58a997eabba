"""What is wrong with a plan, as a Document."""

from __future__ import annotations

from collections.abc import Sequence

from safeplan.document import Document, Note, Section, Table, Tone
from safeplan.terms.diagnostic import Diagnostic, Severity
from safeplan.views.columns import columns
from safeplan.words.diagnostics import place_text, sentence
from safeplan.words.language import Words

_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARNING}


def checks_document(diagnostics: Sequence[Diagnostic], name: str, words: Words) -> Document:
    """Show every problem with its place, errors and warnings in the order found."""
    rows = [
        (place_text(one.place, words), words(one.severity.value), one.code, sentence(one, words)) for one in diagnostics
    ]
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
