"""The presets that are shipped, as a Document."""

from __future__ import annotations

from collections.abc import Sequence

from safeplan.document import Document, Note, Section, Table
from safeplan.views.columns import columns
from safeplan.words.language import Words


def presets_document(presets: Sequence[tuple[str, str]], words: Words) -> Document:
    """List names with what each brings."""
    table = Table(columns(words, "name", "description"), [(name, words(about)) for name, about in presets])
    return Document(
        words("Presets"),
        words.language,
        (Section("", tables=(table,)),),
        foot=(
            Note(words("safeplan presets NAME shows one; write  use: [NAME]  in the plan to lay it under.")),
        ),
    )  # fmt: skip
