"""A Document as Markdown (tables as GitHub reads them), with every character that Markdown reads escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from safeplan.document import Document, Note, Section, Table, Tone
from safeplan.output.cells import rows_said_once, words_of
from safeplan.output.chart_lines import chart_lines
from safeplan.output.options import Options
from safeplan.output.text import in_columns
from safeplan.words.language import Words

_WIDTH = 100
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]")
_LEADING = re.compile(r"^(?:[#+\-=:]|(?P<number>\d+)(?=[.)]))")


def render(document: Document, options: Options) -> bytes:
    """Write headings, notes as lists, charts in code blocks and tables with pipes."""
    words = words_of(document.language)
    blocks = [f"# {escape(document.title)}", _notes(document.head)]
    for section in document.sections:
        blocks += _section(section, words)
    blocks.append(_notes(document.foot))
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def escape(text: str) -> str:
    """Escape a text so that Markdown prints it as it stands, at the start of a line too."""
    escaped = _SPECIAL.sub(lambda match: "\\" + match.group(), text.strip())
    return _LEADING.sub(lambda match: match["number"] + "\\" if match["number"] else "\\" + match.group(), escaped)


def _section(section: Section, words: Words) -> Iterator[str]:
    if section.title:
        yield f"## {escape(section.title)}"
    yield _notes(section.notes)
    for chart in section.charts:
        drawn = ["".join(piece.text for piece in line).rstrip() for line in chart_lines(chart, words, _WIDTH)]
        yield f"**{escape(chart.title)}**"
        # Indented, not fenced: no label can end the block.
        yield "\n".join(f"    {line}" for line in drawn)
    for table in section.tables:
        yield f"**{escape(table.title)}**" if table.title else ""
        yield _table(table, words)
        yield "  \n".join(f"{escape(line)} ＿＿＿＿＿＿＿＿" for line in table.signatures)


def _notes(notes: tuple[Note, ...]) -> str:
    return "\n".join(f"- {_emphasised(note)}" for note in notes)


def _emphasised(note: Note) -> str:
    return f"**{escape(note.text)}**" if note.tone in (Tone.BAD, Tone.WARNING) else escape(note.text)


def _table(table: Table, words: Words) -> str:
    columns = tuple(replace(column, title=escape(column.title or column.key)) for column in table.columns)
    rows = [[escape(text) for text in row] for row in rows_said_once(table)]
    return in_columns(replace(table, columns=columns), rows, words, "pipe")
