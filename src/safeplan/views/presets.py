"""The presets that are shipped, as a Document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeplan.document import Cell, Document, Note, Section, Table
from safeplan.views.columns import columns
from safeplan.words.language import Words


@dataclass(frozen=True, slots=True)
class Shipped:
    """A preset: its name, what it brings, and how many of its sources were verified, of how many."""

    name: str
    about: str
    verified: int
    sources: int


def presets_document(presets: Sequence[Shipped], words: Words) -> Document:
    """List names with what each brings, and whether its sources were verified."""
    rows: list[tuple[Cell, ...]] = [(one.name, words(one.about), _verified(one, words)) for one in presets]
    table = Table(columns(words, "name", "description", "verified"), rows)
    return Document(
        words("Presets"),
        words.language,
        (Section("", tables=(table,)),),
        foot=(
            Note(words("safeplan presets NAME shows one; write  use: [NAME]  in the plan to lay it under.")),
        ),
    )  # fmt: skip


def _verified(preset: Shipped, words: Words) -> str:
    if preset.verified == preset.sources:
        return words("verified")
    if not preset.verified:
        return words("not verified")
    return words("{n} of {all} verified", n=preset.verified, all=preset.sources)
