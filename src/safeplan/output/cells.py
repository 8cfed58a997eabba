"""How a cell, a group of rows and a heat map read as text: what the formats for people share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wcwidth import wcswidth

from safeplan.document import Cell, Chart, Table
from safeplan.words.language import Words, language_of

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
LEVELS = 4  # shades of a heat map above nothing


def words_of(language: str) -> Words:
    """Give the words of a document's language, whichever way it is written."""
    return Words(language_of(language))


def cell_text(cell: Cell) -> str:
    """Give a cell as a person reads it: days as 2026-03-09, numbers without needless digits, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return str(cell)


def text_width(text: str) -> int:
    """Give the columns that a text takes on a terminal: two for a Chinese character."""
    if text.isascii() and text.isprintable():
        return len(text)
    width: int = wcswidth(text)
    return width if width >= 0 else len(text)


def group_levels(table: Table) -> tuple[tuple[int, ...], ...]:
    """Give the levels of headings of a table as positions of columns: one for each column of `group`.

    A `weekday` belongs to the day before it and shares its level.
    """
    position = {column.key: index for index, column in enumerate(table.columns)}
    levels: list[tuple[int, ...]] = []
    for key in table.group:
        if key == "weekday" and levels:
            levels[-1] += (position[key],)
        else:
            levels.append((position[key],))
    return tuple(levels)


def opened_levels(table: Table) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Give each row with the first level of headings that changes with it (the number of levels when none does)."""
    levels = group_levels(table)
    previous: tuple[Cell, ...] | None = None
    for row in table.rows:
        opened = len(levels)
        for depth, columns in enumerate(levels):
            if previous is None or any(row[c] != previous[c] for c in columns):
                opened = depth
                break
        yield opened, row
        previous = row


def rows_said_once(table: Table) -> Iterator[list[str]]:
    """Give the rows as text, with the values of `group` left empty where the row above has them already."""
    levels = group_levels(table)
    for opened, row in opened_levels(table):
        texts = [cell_text(cell) for cell in row]
        for columns in levels[:opened]:
            for column in columns:
                texts[column] = ""
        yield texts


@dataclass(frozen=True, slots=True)
class Week:
    """One row of a heat map: seven days from Monday, None where the chart says nothing."""

    monday: date
    values: tuple[float | None, ...]


def weeks_of(chart: Chart) -> list[Week]:
    """Give a heat map's days by weeks, in order, with no week left out between the first and the last."""
    values = {label: value for label, value in zip(chart.labels, chart.values, strict=True) if isinstance(label, date)}
    if not values:
        return []
    first, last = min(values), max(values)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday <= last:
        weeks.append(Week(monday, tuple(values.get(monday + timedelta(days=n)) for n in range(7))))
        monday += timedelta(days=7)
    return weeks


def shade(value: float, top: float) -> int:
    """Give the shade of a value, from 0 for nothing to LEVELS for the top."""
    if value <= 0 or top <= 0:
        return 0
    return min(LEVELS, max(1, -int(-value * LEVELS // top)))


def shade_bounds(top: float) -> list[tuple[float, float]]:
    """Give the least and the greatest whole value of each shade that has one, from the lightest."""
    bounds: list[tuple[float, float]] = []
    for level in range(1, LEVELS + 1):
        inside = [n for n in range(1, int(top) + 1) if shade(n, top) == level] if top <= 10_000 else []
        if inside:
            bounds.append((inside[0], inside[-1]))
    return bounds
