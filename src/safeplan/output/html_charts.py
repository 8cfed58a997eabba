"""Bars and heat maps as an HTML page draws them: shares of a width, and the days of months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from safeplan.document import Chart
from safeplan.output.cells import LEVELS, WEEKDAYS, cell_text, shade, shade_bounds
from safeplan.words.language import Words


def drawn(chart: Chart, words: Words) -> dict[str, Any]:
    """Give what the template draws."""
    top = max([0.0, *chart.values])
    scale = max(top, chart.limit or 0.0)
    shared = {
        "kind": chart.kind,
        "title": chart.title,
        "unit": chart.unit,
        "above": chart.limit is not None and top > chart.limit,
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
