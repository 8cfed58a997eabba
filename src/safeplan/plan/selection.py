"""Selections: a selector evaluated over the register, as polars expressions; class and grid are those of a day."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from pydantic.fields import FieldInfo

from safeplan.plan.enterprise import Enterprise
from safeplan.plan.plan import ENTERPRISES, Plan
from safeplan.plan.selector import Among, Compared, Either, Every, Not, Where
from safeplan.terms.diagnostic import TermError
from safeplan.terms.text import half_width, parse_day

OWN = "register."
"""Laid before a register's own column whose name the core uses for something else."""

CORE_ONLY = frozenset(ENTERPRISES) - {"id", "name", "latitude", "longitude", "last_visit"}
"""Columns of the core that no selector means."""

HISTORY = frozenset({"open_findings", "major_findings", "events"})
"""Columns of what has happened, unless the register has its own: open findings, the major ones of them, and kinds of
events that go on. Modifiers know them from the plan's `events:`; for other selectors only the ledger fills them."""

_NONE = "none"
_AS_PART = r"(?:^|[;；、|])\s*(?:{})\s*(?:[;；、|]|$)"
"""One of several values in a cell of a register's own column."""
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}


def headings_of(field: FieldInfo) -> list[str]:
    """Give the headings that stand for a field of the register, its alias among them."""
    extra = field.json_schema_extra
    known = extra.get("headings", []) if isinstance(extra, dict) else []
    return [str(one) for one in (known if isinstance(known, list) else [])] + ([field.alias] if field.alias else [])


HEADINGS: Mapping[str, str] = {
    heading: name for name, field in Enterprise.model_fields.items() for heading in headings_of(field)
}
"""Heading of a register, as an office writes it → field."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the names in a selector mean: class → code, grid → codes of it and all below."""

    classes: Mapping[str, int]
    grids_below: Mapping[str, Sequence[int]]


def selected(plan: Plan, where: Where, day: date) -> pl.Series:
    """Say of every enterprise whether a selector chooses it, with class and grid of a day.

    Returns
    -------
    Booleans, one a row of `plan.enterprises`.

    Raises
    ------
    TermError
        `unknown-column`.
    """
    frame = on_days(plan.enterprises, plan.class_spans, plan.grid_spans, day)
    names = Names(plan.classes, grids_below(plan.grids, plan.grid_parent))
    return frame.select(expression(where, frame.schema, names).alias("selected")).to_series()


def on_days(
    enterprises: pl.DataFrame, class_spans: pl.DataFrame, grid_spans: pl.DataFrame, day: date | pl.Expr
) -> pl.DataFrame:
    """Add each enterprise's class and grid (codes; null: none) on a day, which may be an expression of its columns."""
    at = day if isinstance(day, pl.Expr) else pl.lit(day)
    days = enterprises.select(enterprise=pl.int_range(pl.len(), dtype=pl.Int32), day=at)
    return enterprises.with_columns(
        _as_of(days, class_spans, "class_").alias("class"), _as_of(days, grid_spans, "grid").alias("grid")
    )


def _as_of(days: pl.DataFrame, spans: pl.DataFrame, code: str) -> pl.Series:
    here = (
        spans.join(days, on="enterprise", how="inner")
        .filter((pl.col("first") <= pl.col("day")).fill_null(True) & (pl.col("last") >= pl.col("day")).fill_null(True))
        .select("enterprise", code)
    )
    return days.join(here, on="enterprise", how="left", maintain_order="left").get_column(code)


def grids_below(grids: Mapping[str, int], parents: Sequence[int]) -> dict[str, list[int]]:
    """Give for each name of a grid the codes of that grid and of all below."""
    below: dict[int, list[int]] = {code: [] for code in range(len(parents))}
    for code in range(len(parents)):
        at, seen = code, set[int]()
        while at >= 0 and at not in seen:
            below[at].append(code)
            seen.add(at)
            at = parents[at]
    return {name: below[code] for name, code in grids.items()}


def expression(where: Where, columns: Mapping[str, pl.DataType], names: Names) -> pl.Expr:
    """Turn a selector into an expression over a frame that `on_days` made; it never gives null.

    Raises
    ------
    TermError
        `unknown-column` when no column of the frame is meant; `expected` names those there are.
    """
    match where:
        case Every(parts):
            return pl.all_horizontal([pl.lit(True), *(expression(part, columns, names) for part in parts)])
        case Either(parts):
            return pl.any_horizontal([expression(part, columns, names) for part in parts])
        case Not(part):
            return ~expression(part, columns, names)
        case Among("class", values):
            codes = [names.classes[value] for value in values if value in names.classes]
            return _among_codes("class", codes, _NONE in values)
        case Among("grid", values):
            codes = [code for value in values for code in names.grids_below.get(value, ())]
            return _among_codes("grid", codes, _NONE in values)
        case Among(column, values):
            name = column_of(column, columns)
            return pl.lit(False) if name is None else _among(name, columns[name], values)
        case Compared(column, sign, number):
            name = column_of(column, columns)
            return pl.lit(False) if name is None else _compared(name, columns[name], sign, number)


def column_of(column: str, columns: Mapping[str, pl.DataType]) -> str | None:
    """Find the column of the frame that a selector means by a name; None for one that only the ledger fills.

    A name is a column of the register, a field of the plan's words, or a heading that stands for one.

    Raises
    ------
    TermError
        `unknown-column`.
    """
    if OWN + column in columns:
        return OWN + column
    for name in (column, HEADINGS.get(column, column)):
        if name in columns and name not in CORE_ONLY:
            return name
    if column in HISTORY:
        return None
    raise TermError("unknown-column", found=column, expected=selectable(columns))


def is_own(column: str) -> bool:
    """Whether a column is the register's own, and no field: its cells may hold several values, parted as lists are."""
    return column.startswith(OWN) or column not in Enterprise.model_fields


def selectable(columns: Mapping[str, pl.DataType]) -> tuple[str, ...]:
    """Give the names that a selector may use over a frame."""
    return tuple(name.removeprefix(OWN) for name in columns if name not in CORE_ONLY)


def _among_codes(column: str, codes: list[int], none: bool) -> pl.Expr:
    chosen = pl.col(column).is_in(codes).fill_null(False)
    return chosen | pl.col(column).is_null() if none else chosen


def _among(column: str, dtype: pl.DataType, values: Sequence[str]) -> pl.Expr:
    here = pl.col(column)
    none = _NONE in values
    if isinstance(dtype, pl.List):
        any_of = [here.list.contains(_plain(value)) for value in values]
        without = [here.list.len() == 0, here.is_null()] if none else []
        return pl.any_horizontal([pl.lit(False), *any_of, *without]).fill_null(False)
    if dtype == pl.String:
        wanted = [_plain(value) for value in values]
        chosen = here.is_in(wanted)
        if is_own(column) and wanted:
            chosen |= here.str.contains(_AS_PART.format("|".join(re.escape(one) for one in wanted)))
        empty = (here.is_null() | (here == "")) if none else pl.lit(False)
    else:
        known = [value for value in (_value(dtype, text) for text in values) if value is not None]
        held = here if dtype == pl.Date else here.cast(pl.Float64, strict=False)
        chosen = held.is_in(known) if known else pl.lit(False)
        empty = here.is_null() if none else pl.lit(False)
    return chosen.fill_null(False) | empty


def _value(dtype: pl.DataType, text: str) -> float | date | None:
    """Read a selector's text as what the column holds; what cannot be one matches nothing."""
    try:
        return parse_day(text) if dtype == pl.Date else float(half_width(text))
    except (TermError, ValueError):
        return None


def _compared(column: str, dtype: pl.DataType, sign: str, number: float) -> pl.Expr:
    here = pl.col(column)
    if dtype == pl.String:
        here = here.str.normalize("NFKC").str.strip_chars().cast(pl.Float64, strict=False)
    elif not dtype.is_numeric():
        return pl.lit(False)
    compared: pl.Expr = _OPERATORS[sign](here, number)
    return compared.fill_null(False)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())
