"""A Document as one HTML file: no network, light and dark, telephone to A4, readable without its script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, repeat
from typing import Any

from safeplan.document import Cell, Column, Document, Table, Tone
from safeplan.output.cells import cell_text, group_levels, opened_levels, words_of
from safeplan.output.html_charts import drawn
from safeplan.output.html_columns import layout
from safeplan.output.options import Options
from safeplan.output.pages import MARKS, template
from safeplan.words.dates import week_text
from safeplan.words.language import Words

_FILTERED = 8  # a table shorter than this is read at a glance
_MANY = 2000  # rows above which a browser draws only those on the screen


def render(document: Document, options: Options) -> bytes:
    """Write the page. Every text passes through Jinja's autoescape; the page's own policy forbids any request."""
    words = words_of(document.language)
    sections = [_section(number, section, words) for number, section in enumerate(document.sections, start=1)]
    narrowed = [table for section in document.sections for table in section.tables if _is_narrowed(table)]
    page = template("document.html.jinja").render(
        document=document,
        lang=words.language.replace("_", "-"),
        sections=sections,
        w=words,
        marks=MARKS,
        many=_MANY,
        facets=list(_facets(document, narrowed)),
        rows=sum(len(table.rows) for table in narrowed),
    )  # fmt: skip
    return page.encode()


def _is_narrowed(table: Table) -> bool:
    """Whether what a reader asks for narrows a table: a short one without facets is read at a glance."""
    return bool(table.facets) or len(table.rows) >= _FILTERED


def _facets(document: Document, tables: Sequence[Table]) -> Iterator[dict[str, Any]]:
    """Give the facets with the choices that some row has, by their positions; with one choice there is none."""
    for number, facet in enumerate(document.facets):
        shows = (table.facets[number] for table in tables if table.facets)
        used = {choice for rows in shows for row in rows or () for choice in row}
        if len(used) > 1:
            yield {"number": number, "title": facet.title, "choices": [(at, facet.choices[at]) for at in sorted(used)]}


def _section(number: int, section: Any, words: Words) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "title": section.title,
        "notes": section.notes,
        "charts": [drawn(chart, words) for chart in section.charts],
        "tables": [_table(f"s{number}t{n}", table, words) for n, table in enumerate(section.tables, start=1)],
    }


@dataclass(frozen=True, slots=True)
class _Shown:
    """One cell of a table: its text, whether it is a day, and how the page's style knows it.

    Classes: `same`, the row above says it too; `r`, right; `none`, empty. `label` is the heading of what does not speak
    for itself where a row is a list: a number, or a day outside the group.
    """

    text: str
    is_day: bool
    classes: str
    label: str


def _table(anchor: str, table: Table, words: Words) -> dict[str, Any]:
    return {
        "id": anchor,
        "title": table.title,
        "columns": [(column.title or column.key, column.align == "right") for column in table.columns],
        "count": len(table.rows),
        "narrowed": _is_narrowed(table),
        "layout": layout(anchor, table),
        "group": [column for columns in group_levels(table) for column in columns],
        "weeks": list(_weeks(anchor, table, words)),
        "signatures": table.signatures,
    }


def _weeks(anchor: str, table: Table, words: Words) -> Iterator[dict[str, Any]]:
    """Give the rows by the ISO weeks of their `date`, or all at once where a table has no such column in order."""
    keys = [column.key for column in table.columns]
    day = keys.index("date") if "date" in keys else None
    tones = table.tones or [Tone.PLAIN] * len(table.rows)
    rows = zip(table.rows, _rows(table), tones, _shows(table), strict=True)
    for number, (monday, members) in enumerate(groupby(rows, key=lambda row: _monday_of(row[0], day))):
        title = week_text(words, monday) if monday else ""
        yield {"id": f"{anchor}w{number}", "title": title, "rows": [shown for _, *shown in members]}


def _monday_of(row: tuple[Cell, ...], day: int | None) -> date | None:
    value = None if day is None else row[day]
    return value - timedelta(days=value.weekday()) if isinstance(value, date) else None


def _shows(table: Table) -> Iterator[str]:
    """Give, for each row, the choices that show it, as the page's script reads them: 0 3|12|*."""
    if not table.facets:
        return repeat("", len(table.rows))
    anything = ["*"] * len(table.rows)
    facets = [anything if rows is None else (" ".join(map(str, row)) for row in rows) for rows in table.facets]
    return map("|".join, zip(*facets, strict=True))


def _rows(table: Table) -> Iterator[list[_Shown]]:
    levels = group_levels(table)
    grouped = {column for columns in levels for column in columns}
    for opened, row in opened_levels(table):
        same = {column for columns in levels[:opened] for column in columns}
        yield [
            _shown(cell, column, n in grouped, n in same)
            for n, (cell, column) in enumerate(zip(row, table.columns, strict=True))
        ]


def _shown(cell: Cell, column: Column, is_grouped: bool, is_same: bool) -> _Shown:
    text, is_day, is_right = cell_text(cell), isinstance(cell, date), column.align == "right"
    classes = [name for name, has in (("same", is_same), ("r", is_right), ("none", not text)) if has]
    label = column.title if is_right or (is_day and not is_grouped) else ""
    return _Shown(text, is_day, " ".join(classes), label)
