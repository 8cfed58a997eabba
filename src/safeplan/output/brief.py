"""A Document as the few lines that one pastes into a chat."""

from __future__ import annotations

from safeplan.document import Document
from safeplan.output.options import Options


def render(document: Document, options: Options) -> bytes:
    """Give the brief lines and the foot (what is not shown, what is provisional).

    A document that has no brief form gives its title and its notes.
    """
    lines = list(document.brief)
    if not lines:
        sections = [note.text for section in document.sections for note in section.notes]
        lines = [document.title, *(note.text for note in document.head), *sections]
    lines += [note.text for note in document.foot]
    return "".join(f"{line}\n" for line in lines if line).encode()
