"""How wide the columns of a table are on an HTML page: reckoned once, so that a browser need not look at every row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeplan.document import Column, Table
from safeplan.output.cells import cell_text, group_levels, text_width

# In ems of the table's own type.
_LETTER = 0.64  # a Latin letter or a digit in the widest of the usual fonts; a Chinese character is 1
_PADDING = 1.25  # at both sides of a cell
_ARROW = 1.25  # beside a heading
_HEADING = 4  # a heading longer than this may stand on two lines
_LINE = 76  # a line of the narrowest screen on which a wide table has columns
_PHONE = 24  # a line of a telephone
_SHORT = 11  # what a column up to this holds stays on one line
_LONGER = (20, 16)  # and up to these where the others keep _AMPLE
_AMPLE = 12
_TIGHT = 9  # where they keep less, headings of short columns stand on two lines too
_LEAST = 7  # what any other column keeps
_MOST = 24  # and what it can make use of
_ROOMY = 1.3  # so much wider than it must be is a table of short columns at most
_USUAL = 0.9  # that share of its texts decides how wide it is


@dataclass(frozen=True, slots=True)
class _Width:
    """What a column needs so that no text breaks, and what most of it needs."""

    whole: float
    usual: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Whether a table is too wide for a telephone, and its own rules in CSS: its columns, and what does not break."""

    wide: bool
    rules: str


def layout(anchor: str, table: Table) -> Layout:
    """Lay out a table that the page knows as `anchor`."""
    lengths = [_lengths(table, n) for n in range(len(table.columns))]
    widths = _widths(table.columns, lengths, _HEADING)
    if _leaves(widths, _SHORT) < _TIGHT:
        widths = _widths(table.columns, lengths, _HEADING / 2)
    return Layout(sum(one.whole for one in widths) > _PHONE, "\n".join(_rules(anchor, table, widths)))


def _lengths(table: Table, n: int) -> list[float]:
    """Give how long the texts of a column are, shortest first."""
    ems: dict[str, float] = {}
    lengths = []
    for row in table.rows:
        text = cell_text(row[n])
        if text not in ems:
            ems[text] = _ems(text)
        lengths.append(ems[text])
    return sorted(lengths)


def _widths(columns: Sequence[Column], lengths: Sequence[Sequence[float]], line: float) -> list[_Width]:
    """Give how wide columns are when a heading longer than `line` stands on two."""
    widths = []
    for column, texts in zip(columns, lengths, strict=True):
        heading = _heading(column.title, line)
        longest, usual = (texts[-1], texts[math.ceil(_USUAL * len(texts)) - 1]) if texts else (0.0, 0.0)
        widths.append(_Width(max(heading, longest) + _PADDING, max(heading, usual) + _PADDING))
    return widths


def _heading(title: str, line: float) -> float:
    """Give what a heading needs; no word of it breaks."""
    width = _ems(title)
    words = max(map(_ems, re.findall(r"[\x21-\x7e]+", title)), default=0.0)
    return max(min(width, line), width / 2, words) + _ARROW


def _ems(text: str) -> float:
    wide = max(0, text_width(text) - len(text))
    return wide + _LETTER * (len(text) - wide)


def _tracks(widths: Sequence[_Width]) -> str:
    """Give the columns of a wide table: short ones as wide as they are, long ones share what is left."""
    limit = next((one for one in _LONGER if _leaves(widths, one) >= _AMPLE), _SHORT)
    long = sum(one.whole > limit for one in widths)
    least = min(_LEAST, _LINE / max(long, 1))
    return " ".join(
        f"minmax({least:g}em, {min(one.usual, _MOST):.4g}fr)"
        if one.whole > limit
        else f"minmax(0, {one.whole:.4g}{'em' if long else 'fr'})"
        for one in widths
    )


def _leaves(widths: Sequence[_Width], limit: float) -> float:
    """Give what is left for each longer column when all up to a limit are as wide as they are."""
    long = sum(one.whole > limit for one in widths)
    return (_LINE - sum(one.whole for one in widths if one.whole <= limit)) / max(long, 1)


def _rules(anchor: str, table: Table, widths: Sequence[_Width]) -> Iterator[str]:
    """Give the columns; keep short ones on one line; where rows are lists a group, or the first column, has its own."""
    short = [f"#{anchor} td:nth-child({n})" for n, one in enumerate(widths, start=1) if one.whole <= _SHORT]
    most = f"{_ROOMY * sum(one.whole for one in widths):.4g}em" if len(short) == len(widths) else "none"
    yield f"#{anchor} {{ --tracks: {_tracks(widths)}; --most: {most}; }}"
    if short:
        yield f"{', '.join(short)} {{ white-space: nowrap; }}"
    heads = [column + 1 for columns in group_levels(table) for column in columns] or [1]
    bold = ", ".join(f"#{anchor}.wide td:nth-child({n})" for n in heads)
    after = f"#{anchor}.wide td:nth-child({max(heads)})::after"
    yield f"@media screen and (max-width: 72rem) {{ {bold} {{ font-weight: 600; }} "
    yield f'{after} {{ content: "\\A"; white-space: pre; }} }}'
