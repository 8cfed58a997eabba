"""Permits of a register in columns of their own: a name and its last day side by side, as many as an office keeps.

许可证名称 and 许可证有效期 belong together, so do those of one number (许可证名称2, 许可证有效期2); a last day whose
heading says which permit it is of (食品经营许可证有效期) needs no name. All are what one cell under 许可证 may say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from safeplan.reading.values import day_texts
from safeplan.terms.text import half_width

_NUMBER = r"\s*[(]?(?P<n>\d*|[一二三四五六七八九])[)]?"
_NAME = re.compile(r"许可证(?:名称|类型|类别|种类)" + _NUMBER)
_LAST = re.compile(
    r"(?P<what>.*(?:许可证|许可|登记证|备案证|资质证书))(?P<m>\d*)(?:有效期限?至?|到期(?:日期|日|时间)?)" + _NUMBER
)
_PLAIN = ("许可证", "许可")


@dataclass(frozen=True, slots=True)
class PermitColumns:
    """The columns of one permit (empty: none): its last day, its name; and what the heading of the day calls it."""

    last: str
    name: str
    what: str


def permit_texts(pairs: Sequence[PermitColumns], columns: Mapping[str, pl.Series], year: int | None) -> pl.Series:
    """Join the permits of each row into one text, as the field `permits` reads it; null where a row has none.

    Parameters
    ----------
    pairs
        At least one.
    columns
        Name of a column → its cells as texts; those of the field itself come first.
    year
        The year of days written without one.
    """
    parts = [_texts(pair, columns, year) for pair in pairs]
    if "permits" in columns:
        parts.insert(0, columns["permits"].cast(pl.String))
    frame = pl.DataFrame([part.alias(str(i)) for i, part in enumerate(parts)])
    joined = frame.select(pl.concat_str(pl.all(), separator="；", ignore_nulls=True)).to_series()
    return joined.set(joined == "", None)


def permit_columns(columns: Iterable[str]) -> Iterator[PermitColumns]:
    """Find the columns of permits among the names of columns."""
    names: dict[str, str] = {}
    lasts: dict[str, tuple[str, str]] = {}
    own: list[PermitColumns] = []
    for column in columns:
        heading = re.sub(r"\s", "", half_width(column))
        if match := _NAME.fullmatch(heading):
            names.setdefault(match["n"] or "1", column)
        elif match := _LAST.fullmatch(heading):
            number = match["m"] or match["n"]
            if match["what"] in _PLAIN:
                lasts.setdefault(number or "1", (column, match["what"]))
            else:
                own.append(PermitColumns(column, "", match["what"]))
    for number, (last, what) in lasts.items():
        yield PermitColumns(last, names.pop(number, ""), what)
    for name in names.values():
        yield PermitColumns("", name, "")
    yield from own


def _texts(pair: PermitColumns, columns: Mapping[str, pl.Series], year: int | None) -> pl.Series:
    """Give one permit of each row: its name, and 有效期至 its last day where one is written; null: it has none."""
    length = len(next(iter(columns.values())))
    nothing = pl.Series([None] * length, dtype=pl.String)
    last = day_texts(columns[pair.last].cast(pl.String), year) if pair.last else nothing
    name = columns[pair.name].cast(pl.String) if pair.name else nothing
    frame = pl.DataFrame([last.alias("last"), name.alias("name")]).with_columns(
        pl.all().str.strip_chars().replace("", None)
    )
    called = pl.coalesce("name", pl.lit(pair.what))
    return frame.select(
        pl.when(pl.col("last").is_null())
        .then(pl.col("name"))
        .otherwise(pl.concat_str(called, pl.lit(" 有效期至 "), "last"))
    ).to_series()
