"""Makes what cannot be seen visible: control, bidirectional and zero-width characters in any text of a Document.

A name with a right-to-left override would show a different name than it holds, a line break would forge a row, and
half of these characters are forbidden in XLSX and DOCX. Line breaks and tabs become one space; all others are shown as
⟨U+202E⟩, the same in every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import overload

from safeplan.document import Cell, Chart, Column, Document, Facet, Note, Section, Table

# Ranges are written out, not asked of unicodedata: its tables change with the Python version, our bytes must not.
# Variation selectors stay (rare characters of personal names need them), and so do private-use characters.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_BREAKS = re.compile("[ \u3000]*[\t-\r\x85\u2028\u2029]+[ \u3000\t-\r\x85\u2028\u2029]*")


def scrub(text: str) -> str:
    """Give the text with line breaks and tabs as single spaces and other unseen characters as ⟨U+…⟩."""
    if _HIDDEN.search(text) is None:
        return text
    return _HIDDEN.sub(_shown, _BREAKS.sub(" ", text)).strip(" ")


def scrub_document(document: Document) -> Document:
    """Give the Document with every text scrubbed; rows are scrubbed as they are read, so none is copied."""
    return replace(
        document,
        title=scrub(document.title),
        head=_notes(document.head),
        foot=_notes(document.foot),
        brief=tuple(map(scrub, document.brief)),
        sections=tuple(_section(section) for section in document.sections),
        facets=tuple(Facet(scrub(one.title), tuple(map(scrub, one.choices))) for one in document.facets),
    )


def _shown(match: re.Match[str]) -> str:
    return f"⟨U+{ord(match.group()):04X}⟩"


def _section(section: Section) -> Section:
    return replace(
        section,
        title=scrub(section.title),
        notes=_notes(section.notes),
        charts=tuple(_chart(chart) for chart in section.charts),
        tables=tuple(_table(table) for table in section.tables),
    )


def _notes(notes: Sequence[Note]) -> tuple[Note, ...]:
    return tuple(replace(note, text=scrub(note.text)) for note in notes)


def _chart(chart: Chart) -> Chart:
    labels = tuple(scrub(label) if isinstance(label, str) else label for label in chart.labels)
    return replace(chart, title=scrub(chart.title), unit=scrub(chart.unit), labels=labels)


def _table(table: Table) -> Table:
    return replace(
        table,
        title=scrub(table.title),
        columns=tuple(_column(column) for column in table.columns),
        rows=_Rows(table.rows),
        sheet=scrub(table.sheet),
        signatures=tuple(map(scrub, table.signatures)),
    )


def _column(column: Column) -> Column:
    return replace(column, title=scrub(column.title))


def _row(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple([scrub(cell) if isinstance(cell, str) else cell for cell in row])


class _Rows(Sequence[tuple[Cell, ...]]):
    """Rows scrubbed when they are looked at."""

    def __init__(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return map(_row, self._rows)

    @overload
    def __getitem__(self, index: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Cell, ...]]: ...
    def __getitem__(self, index: int | slice) -> tuple[Cell, ...] | Sequence[tuple[Cell, ...]]:
        return _Rows(self._rows[index]) if isinstance(index, slice) else _row(self._rows[index])
