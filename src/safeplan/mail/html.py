"""A Document as the HTML of a mail: no script, no request, styles at each element, as mail programs want it.

Where a mail program reads styles of the page too, a telephone shows each row as lines of its own.
"""

from __future__ import annotations

from typing import Any

from safeplan.document import Document, Section, Table, Tone
from safeplan.output.cells import cell_text, text_width
from safeplan.output.pages import template
from safeplan.output.scrub import scrub_document

_SHORT = 16  # half-width characters that stand on one line
_TONES = {
    Tone.PLAIN: "",
    Tone.GOOD: "color: #1b6e2d;",
    Tone.WARNING: "font-weight: bold;",
    Tone.BAD: "color: #a40000; font-weight: bold;",
    Tone.QUIET: "color: #666;",
}


def letter_html(document: Document) -> str:
    """Write the page; every text passes through Jinja's autoescape."""
    safe = scrub_document(document)
    sections = [_section(one) for one in safe.sections]
    return template("letter.html.jinja", "safeplan.mail").render(
        document=safe, lang=safe.language.replace("_", "-"), sections=sections, tones=_TONES
    )


def _section(section: Section) -> dict[str, Any]:
    return {"title": section.title, "notes": section.notes, "tables": [_table(one) for one in section.tables]}


def _table(table: Table) -> dict[str, Any]:
    tones = table.tones or [Tone.PLAIN] * len(table.rows)
    names = [column.title or column.key for column in table.columns]
    texts = [[cell_text(one) for one in row] for row in table.rows]
    cells = [[(name, text, text_width(text) <= _SHORT) for name, text in zip(names, row, strict=True)] for row in texts]
    return {"title": table.title, "columns": names, "rows": list(zip(tones, cells, strict=True))}
