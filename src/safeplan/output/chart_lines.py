"""Charts drawn with characters, for the formats that have nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan.document import Chart
from safeplan.output.cells import (
    LEVELS,
    WEEKDAYS,
    Week,
    cell_text,
    shade,
    shade_bounds,
    text_width,
    weeks_of,
)
from safeplan.words.language import Words

_SHADES = ("·", "░", "▒", "▓", "█")
_BAR = 32
_WEEK_COLUMN = 40  # a week's label, seven days and its sum, with the space to the next column of weeks


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a drawn line; `level` is its shade (0 to LEVELS), LEVELS + 1 what is above the limit, None text."""

    text: str
    level: int | None = None


def chart_lines(chart: Chart, words: Words, width: int) -> list[list[Piece]]:
    """Draw a chart in lines of at most `width` half-width characters (72 at least)."""
    return _heat(chart, words, width) if chart.kind == "heat" else _bars(chart, words, width)


def _bars(chart: Chart, words: Words, width: int) -> list[list[Piece]]:
    labels = [cell_text(label) for label in chart.labels]
    room = max([0, *(text_width(label) for label in labels)])
    values = [cell_text(value) for value in chart.values]
    digits = max([0, *(len(value) for value in values)])
    length = max(8, min(_BAR, width - room - digits - text_width(chart.unit) - 6))
    top = max([0.0, *chart.values, chart.limit or 0.0])
    lines = []
    for label, value, shown in zip(labels, chart.values, values, strict=True):
        full = round(length * max(0.0, value) / top) if top else 0
        bar = "█" * full + "·" * (length - full)
        above = chart.limit is not None and value > chart.limit
        mark = " !" if above else "  "
        lines.append([
            Piece(label + " " * (room - text_width(label) + 1)),
            Piece(bar, LEVELS + 1 if above else LEVELS if full else 0),
            Piece(f" {shown:>{digits}} {chart.unit}{mark}".rstrip()),
        ])  # fmt: skip
    if chart.limit is not None:
        lines.append([Piece(words("! above {limit}", limit=cell_text(chart.limit)))])
    return lines


def _heat(chart: Chart, words: Words, width: int) -> list[list[Piece]]:
    weeks = weeks_of(chart)
    if not weeks:
        return []
    top = max(chart.values)
    columns = max(1, min(3, width // _WEEK_COLUMN, -(-len(weeks) // 4)))
    height = -(-len(weeks) // columns)
    blocks = [weeks[start : start + height] for start in range(0, len(weeks), height)]
    heading = " " * 10 + "".join(_fitted(words(day), 3) for day in WEEKDAYS)
    lines = [[Piece("   ".join(heading + " " * 6 for _ in blocks).rstrip())]]
    for row in range(height):
        line: list[Piece] = []
        for block in blocks:
            if row < len(block):
                line += [Piece("   ")] if line else []
                line += _week(block[row], chart, top)
        lines.append(line)
    return [*lines, _legend(chart, words, top)]


def _week(week: Week, chart: Chart, top: float) -> list[Piece]:
    pieces = [Piece(f"W{week.monday.isocalendar().week:02} {week.monday:%m-%d} ")]
    for value in week.values:
        if value is None:
            pieces.append(Piece("   "))
        elif chart.limit is not None and value > chart.limit:
            pieces.append(Piece("█! ", LEVELS + 1))
        else:
            level = shade(value, top)
            pieces.append(Piece(_SHADES[level] * 2 + " " if level else "·  ", level))
    total = sum(value for value in week.values if value is not None)
    return [*pieces, Piece(f"{cell_text(total):>6}")]


def _legend(chart: Chart, words: Words, top: float) -> list[Piece]:
    pieces = [Piece("·", 0), Piece(" 0")]
    for least, most in shade_bounds(top):
        level = shade(least, top)
        span = cell_text(least) if least == most else f"{cell_text(least)}–{cell_text(most)}"
        pieces += [Piece("  "), Piece(_SHADES[level] * 2, level), Piece(f" {span}")]
    pieces.append(Piece(f" {chart.unit}".rstrip()))
    if chart.limit is not None:
        above = words("! above {limit}", limit=cell_text(chart.limit))
        pieces += [Piece("  "), Piece("█", LEVELS + 1), Piece(above)]
    return pieces


def _fitted(text: str, width: int) -> str:
    return text + " " * max(0, width - text_width(text))
