"""A Document on a terminal: tables where they fit, lists where they do not, colour only where it is wanted."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import IO

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from safeplan.document import Cell, Chart, Column, Document, Note, Section, Table, Tone
from safeplan.output.cells import (
    LEVELS,
    cell_text,
    group_levels,
    opened_levels,
    rows_said_once,
    text_width,
    words_of,
)
from safeplan.output.chart_lines import Piece, chart_lines
from safeplan.output.options import Options
from safeplan.words.language import Words

_NARROW = 100  # below this a wide table becomes a list
_LEAST_COLUMN = 10  # a column of text narrower than five Chinese characters is no longer read
_STYLES = {Tone.GOOD: "green", Tone.WARNING: "yellow", Tone.BAD: "bold red", Tone.QUIET: "dim", Tone.PLAIN: ""}
_MARKS = {Tone.WARNING: "! ", Tone.BAD: "!! "}
_SHADE_STYLES = ("dim", "green", "green", "yellow", "dark_orange3", "bold red")


def render(document: Document, options: Options) -> bytes:
    """Draw the Document for a terminal of `options.width` columns.

    Everything that comes from data passes through `rich.text.Text`, never through markup.
    """
    stream = StringIO()
    width = max(40, options.width)
    console = Console(
        file=stream,
        width=width,
        force_terminal=options.colour,
        color_system="256" if options.colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},  # the caller decides; rich would look at the environment again
    )
    words = words_of(document.language)
    console.print(Text(document.title, style="bold"))
    _print_notes(console, document.head)
    for section in document.sections:
        _print_section(console, section, words, width)
    if document.foot:
        console.print()
        _print_notes(console, document.foot)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines()).encode()


def terminal_options(stream: IO[str], environment: Mapping[str, str]) -> Options:
    """Give the options that suit a stream: its width, and colour only for a terminal without NO_COLOR."""
    width = shutil.get_terminal_size((_NARROW, 24)).columns
    colour = stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return Options(width=width, colour=colour)


def _print_section(console: Console, section: Section, words: Words, width: int) -> None:
    console.print()
    if section.title:
        console.print(Text(section.title, style="bold underline"))
    _print_notes(console, section.notes)
    for chart in section.charts:
        console.print()
        _print_chart(console, chart, words, width)
    for number, table in enumerate(section.tables):
        if section.charts or number:
            console.print()
        if table.title and table.title != section.title:
            console.print(Text(table.title, style="bold"))
        if not len(table.rows):
            console.print(Text(words("None."), style="dim"))
        elif _fits(table, width):
            console.print(_grid(table))
        else:
            _print_list(console, table)


def _print_notes(console: Console, notes: Iterable[Note]) -> None:
    for note in notes:
        console.print(Text(_MARKS.get(note.tone, "") + note.text, style=_STYLES[note.tone]))


def _print_chart(console: Console, chart: Chart, words: Words, width: int) -> None:
    console.print(Text(chart.title, style="bold"))
    for line in chart_lines(chart, words, width):
        console.print(_drawn(line), no_wrap=True, overflow="ignore", crop=False)


def _drawn(line: list[Piece]) -> Text:
    text = Text()
    for piece in line:
        text.append(piece.text, style="" if piece.level is None else _SHADE_STYLES[min(piece.level, LEVELS + 1)])
    return text


def _fits(table: Table, width: int) -> bool:
    """Whether a table stays readable as a table: whole when narrow, with columns wrapped a little when wide."""
    natural = [text_width(_title(column)) for column in table.columns]
    for row in table.rows:
        natural = [max(w, text_width(cell_text(cell))) for w, cell in zip(natural, row, strict=True)]
    between = 2 * (len(natural) - 1)
    if sum(natural) + between <= width:
        return True
    # Columns that may wrap share what the others leave; each keeps half of what it would take, and ten columns.
    least = [w if w <= 2 * _LEAST_COLUMN else w // 2 for w in natural]
    return width >= _NARROW and sum(least) + between <= width


def _grid(table: Table) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    rows = list(rows_said_once(table))
    for index, column in enumerate(table.columns):
        widest = max([text_width(_title(column)), *(text_width(row[index]) for row in rows)])
        grid.add_column(
            Text(_title(column)),
            justify="right" if column.align == "right" else "left",
            min_width=widest if widest <= 2 * _LEAST_COLUMN else _LEAST_COLUMN,
            overflow="fold",
        )
    tones = table.tones or [Tone.PLAIN] * len(rows)
    for row, tone in zip(rows, tones, strict=True):
        grid.add_row(*(Text(text) for text in row), style=_STYLES[tone])
    return grid


def _print_list(console: Console, table: Table) -> None:
    """Print one block a row: headings of the groups once, then the numbered row with what belongs to it under it."""
    levels = group_levels(table)
    grouped = {column for columns in levels for column in columns}
    numbered = next((i for i, column in enumerate(table.columns) if column.key == "order"), None)
    shown = [i for i in range(len(table.columns)) if i not in grouped and i != numbered]
    tones = table.tones or [Tone.PLAIN] * len(table.rows)
    number = 0
    for (opened, row), tone in zip(opened_levels(table), tones, strict=True):
        for depth in range(opened, len(levels)):
            heading = "  ".join(filter(None, (cell_text(row[column]) for column in levels[depth])))
            if depth == 0:
                console.print()
            console.print(Text("  " * depth + heading, style="bold" if depth == 0 else "cyan"))
            number = 0
        number += 1
        indent = "  " * len(levels)
        label = cell_text(row[numbered]) if numbered is not None else ""
        _print_row(console, table, row, shown, f"{indent}{label or number}. ", _STYLES[tone])


def _print_row(console: Console, table: Table, row: tuple[Cell, ...], shown: list[int], lead: str, style: str) -> None:
    parts = [_labelled(table.columns[i], row[i], first=i == shown[0]) for i in shown if row[i] not in (None, "")]
    lines: list[str] = []
    room = console.width - len(lead)
    for part in parts:  # a part is broken only when it is wider than a whole line
        if lines and text_width(lines[-1]) + 3 + text_width(part) <= room:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    if lines:
        console.print(Text(lead + lines[0], style=style), overflow="fold")
    for line in lines[1:]:
        console.print(Padding(Text(line, style=style, overflow="fold"), (0, 0, 0, len(lead))))


def _labelled(column: Column, cell: Cell, *, first: bool) -> str:
    """Give a value that explains itself bare; a number, a day, or a figure written as text, with its heading."""
    text = cell_text(cell)
    if column.unit and text:
        return f"{text} {column.unit}"
    return text if first or (isinstance(cell, str) and column.align != "right") else f"{_title(column)} {text}"


def _title(column: Column) -> str:
    return column.title or column.key
