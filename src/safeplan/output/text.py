"""A Document as plain text: files, mails, pipes."""

from __future__ import annotations

from collections.abc import Iterator

from tabulate import tabulate

from safeplan.document import Column, Document, Note, Section, Table, Tone
from safeplan.output.cells import rows_said_once, text_width, words_of
from safeplan.output.chart_lines import chart_lines
from safeplan.output.options import Options
from safeplan.words.language import Words

_WIDTH = 120  # of charts; tables are as wide as what they hold
_MARKS = {Tone.WARNING: "! ", Tone.BAD: "!! "}


def render(document: Document, options: Options) -> bytes:
    """Write titles underlined and tables in columns, each day and crew said once."""
    words = words_of(document.language)
    blocks = [f"{document.title}\n{'=' * text_width(document.title)}", *_notes(document.head)]
    for section in document.sections:
        blocks += _section(section, words)
    blocks += _notes(document.foot)
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _section(section: Section, words: Words) -> Iterator[str]:
    if section.title:
        yield f"{section.title}\n{'-' * text_width(section.title)}"
    yield from _notes(section.notes)
    for chart in section.charts:
        drawn = ["".join(piece.text for piece in line).rstrip() for line in chart_lines(chart, words, _WIDTH)]
        yield "\n".join([chart.title, *drawn])
    for table in section.tables:
        yield _table(table, words)


def _notes(notes: tuple[Note, ...]) -> list[str]:
    return ["\n".join(_MARKS.get(note.tone, "") + note.text for note in notes)] if notes else []


def _table(table: Table, words: Words) -> str:
    parts = [table.title] if table.title else []
    parts.append(in_columns(table, list(rows_said_once(table)), words, "simple"))
    if table.signatures:
        parts.append("\n" + "    ".join(f"{line} {'_' * 16}" for line in table.signatures))
    return "\n".join(parts)


def in_columns(table: Table, rows: list[list[str]], words: Words, layout: str) -> str:
    """Lay rows of text out with tabulate, numbers to the right; a table without rows says so."""
    if not rows:
        return words("None.")
    drawn = tabulate(
        rows,
        headers=[column.title or column.key for column in table.columns],
        tablefmt=layout,
        colalign=[column_side(column) for column in table.columns],
        disable_numparse=True,
    )
    return "\n".join(line.rstrip() for line in drawn.splitlines())


def column_side(column: Column) -> str:
    """Give the side on which a column's values stand."""
    return "right" if column.align == "right" else "left"
