"""The plan with its presets laid under, each value with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from safeplan.document import Document, Section, Table
from safeplan.terms.origin import Place
from safeplan.views.columns import columns
from safeplan.words.diagnostics import place_text
from safeplan.words.language import Words


def effective_document(values: Sequence[tuple[str, str, Place]], name: str, words: Words) -> Document:
    """Show a row for each value: its path of keys, the value, and the file and line that say so."""
    rows = [(key, value, place_text(place, words)) for key, value, place in values]
    table = Table(columns(words, "key", "value", "origin"), rows)
    return Document(
        words("{plan}, with presets and defaults", plan=name), words.language, (Section("", tables=(table,)),)
    )
