"""A Document as one HTML file: no network, light and dark, telephone to A4, readable without its script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from safeplan.document import Cell, Chart, Document, Table, Tone
from safeplan.output.cells import (
    LEVELS,
    WEEKDAYS,
    cell_text,
    group_levels,
    opened_levels,
    shade,
    shade_bounds,
    text_width,
    words_of,
)
from safeplan.output.options import Options
from safeplan.words.language import Words

_SHORT = 16  # half-width characters that a column holds on one line
_FILTERED = 8  # tables shorter than this need no filter box
_MARKS = {Tone.WARNING: "!", Tone.BAD: "!!"}


def render(document: Document, options: Options) -> bytes:
    """Write the page. Every text passes through Jinja's autoescape; the page's own policy forbids any request."""
    words = words_of(document.language)
    sections = [_section(number, section, words) for number, section in enumerate(document.sections, start=1)]
    page = _environment().get_template("document.html.jinja").render(
        document=document,
        lang=words.language.replace("_", "-"),
        sections=sections,
        w=words,
        marks=_MARKS,
    )  # fmt: skip
    return page.encode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("safeplan.output"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _section(number: int, section: Any, words: Words) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "title": section.title,
        "notes": section.notes,
        "charts": [_chart(chart, words) for chart in section.charts],
        "tables": [_table(f"s{number}t{n}", table, words) for n, table in enumerate(section.tables, start=1)],
    }


@dataclass(frozen=True, slots=True)
class _Shown:
    """One cell of a table: its text, whether the row above says the same, whether it is a day."""

    text: str
    same: bool
    is_day: bool


def _table(anchor: str, table: Table, words: Words) -> dict[str, Any]:
    return {
        "id": anchor,
        "title": table.title,
        "columns": [(column.title or column.key, column.align == "right") for column in table.columns],
        "count": len(table.rows),
        "filter": len(table.rows) >= _FILTERED,
        "weeks": list(_weeks(anchor, table, words)),
        "signatures": table.signatures,
        "style": _style(anchor, table),
    }


def _style(anchor: str, table: Table) -> str:
    """Keep short columns on one line, and give a group a line of its own on a telephone."""
    natural = [0] * len(table.columns)
    for row in table.rows:
        natural = [max(width, text_width(cell_text(cell))) for width, cell in zip(natural, row, strict=True)]
    short = [f"#{anchor} td:nth-child({n})" for n, width in enumerate(natural, start=1) if width <= _SHORT]
    rules = [f"{', '.join(short)} {{ white-space: nowrap; }}"] if short else []
    grouped = [column + 1 for columns in group_levels(table) for column in columns]
    if grouped:
        heads = ", ".join(f"#{anchor} td:nth-child({n})" for n in grouped)
        rules.append(
            f"@media screen and (max-width: 44rem) {{ {heads} {{ font-weight: 600; }}"
            f' #{anchor} td:nth-child({max(grouped)})::after {{ content: "\\A"; white-space: pre; }} }}'
        )
    return "\n".join(rules)


def _weeks(anchor: str, table: Table, words: Words) -> Iterator[dict[str, Any]]:
    """Give the rows by the ISO weeks of their `date`, or all at once where a table has no such column in order."""
    keys = [column.key for column in table.columns]
    day = keys.index("date") if "date" in keys else None
    rows = zip(_rows(table), table.tones or [Tone.PLAIN] * len(table.rows), table.rows, strict=True)
    for number, (week, members) in enumerate(groupby(rows, key=lambda row: _week_of(row[2], day))):
        title = words("Week {week} ({year})", week=week[1], year=week[0]) if week else ""
        shown = [(cells, tone) for cells, tone, _ in members]
        yield {"id": f"{anchor}w{number}", "title": title, "rows": shown}


def _week_of(row: tuple[Cell, ...], day: int | None) -> tuple[int, int] | None:
    value = None if day is None else row[day]
    return value.isocalendar()[:2] if isinstance(value, date) else None


def _rows(table: Table) -> Iterator[list[_Shown]]:
    levels = group_levels(table)
    for opened, row in opened_levels(table):
        said = {column for columns in levels[:opened] for column in columns}
        yield [_Shown(cell_text(cell), i in said, isinstance(cell, date)) for i, cell in enumerate(row)]


def _chart(chart: Chart, words: Words) -> dict[str, Any]:
    top = max([0.0, *chart.values])
    scale = max(top, chart.limit or 0.0)
    shared = {
        "kind": chart.kind,
        "title": chart.title,
        "unit": chart.unit,
        "limit": "" if chart.limit is None else cell_text(chart.limit),
        "limit_share": 0 if not scale or chart.limit is None else round(100 * chart.limit / scale, 2),
    }
    if chart.kind == "heat":
        legend = [(shade(least, top), _span(least, most)) for least, most in shade_bounds(top)]
        weekdays = [words(name) for name in WEEKDAYS]
        return {**shared, "months": list(_months(chart, words, top)), "legend": legend, "weekdays": weekdays}
    bars = [
        {
            "label": cell_text(label),
            "value": cell_text(value),
            "share": round(100 * max(0.0, value) / scale, 2) if scale else 0,
            "above": chart.limit is not None and value > chart.limit,
        }
        for label, value in zip(chart.labels, chart.values, strict=True)
    ]
    return {**shared, "bars": bars}


def _span(least: float, most: float) -> str:
    return cell_text(least) if least == most else f"{cell_text(least)}–{cell_text(most)}"


def _months(chart: Chart, words: Words, top: float) -> Iterator[dict[str, Any]]:
    """Give a heat map as calendars of its months: rows of seven days, None outside the month."""
    days = sorted((label, value) for label, value in zip(chart.labels, chart.values, strict=True) if _is_day(label))
    for (year, month), members in groupby(days, key=lambda pair: (pair[0].year, pair[0].month)):  # type: ignore[union-attr]
        cells = {day.day: _heat_cell(day, value, chart, top) for day, value in members}  # type: ignore[arg-type,union-attr]
        offset = date(year, month, 1).weekday()
        length = 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days
        slots = [None] * offset + [
            cells.get(n, {"day": n, "value": "", "level": None, "above": False}) for n in range(1, length + 1)
        ]
        slots += [None] * (-len(slots) % 7)
        title = words("{year}-{month}", year=year, month=f"{month:02}")
        yield {"title": title, "rows": [slots[start : start + 7] for start in range(0, len(slots), 7)]}


def _is_day(label: object) -> bool:
    return isinstance(label, date)


def _heat_cell(day: date, value: float, chart: Chart, top: float) -> dict[str, Any]:
    above = chart.limit is not None and value > chart.limit
    level = LEVELS + 1 if above else shade(value, top)
    return {"day": day.day, "value": cell_text(value) if value else "", "level": level, "above": above}
