"""Selectors (`where:`): which enterprises a rule is about.

A mapping of columns to a value, a list (any of) or a comparison (">= 50"); `grid` means it and all below; `any`, `all`
and `not` combine. Several columns in one mapping must all hold. What is left out selects everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from safeplan.terms.diagnostic import TermError
from safeplan.terms.text import half_width

_COMPARISON = re.compile(r"(>=|<=|>|<|!=|=)\s*(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Among:
    """The column is one of the values; a column of lists holds one of them."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The column, as a number, stands so to the number; a missing value never does."""

    column: str
    operator: str
    number: float


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts hold; with none, everything is selected."""

    parts: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts holds."""

    parts: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Where


Where = Among | Compared | Every | Either | Not
EVERYTHING: Where = Every(())


def parse_where(value: object) -> Where:
    """Read a selector from nested mappings, lists and texts.

    Raises
    ------
    TermError
        `bad-selector` when the shape is not a selector's.
    """
    if isinstance(value, (Among, Compared, Every, Either, Not)):
        return value
    if not isinstance(value, Mapping):
        raise TermError("bad-selector", found=str(value))
    parts = tuple(_part(str(key), item) for key, item in value.items())
    return parts[0] if len(parts) == 1 else Every(parts)


def parse_avoids(value: object) -> Where:
    """Read whom an officer must not visit: ids, or a selector."""
    if isinstance(value, (str, list, tuple)):
        return Among("id", _values(value))
    return parse_where(value)


def columns_of(where: Where) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each column that a selector names with the values it asks for (none for a comparison)."""
    match where:
        case Among(column, values):
            yield column, values
        case Compared(column):
            yield column, ()
        case Every(parts) | Either(parts):
            for part in parts:
                yield from columns_of(part)
        case Not(part):
            yield from columns_of(part)


def _part(key: str, item: object) -> Where:
    if key in ("any", "all"):
        if not isinstance(item, (list, tuple)) or not item:
            raise TermError("bad-selector", found=key)
        parts = tuple(parse_where(one) for one in item)
        return Either(parts) if key == "any" else Every(parts)
    if key == "not":
        return Not(parse_where(item))
    if isinstance(item, str):
        match = _COMPARISON.fullmatch(half_width(item).strip())
        if match is not None:
            return Compared(key, match[1], float(match[2]))
    return Among(key, _values(item))


def _values(item: object) -> tuple[str, ...]:
    if isinstance(item, Mapping) or item is None or item == "":
        raise TermError("bad-selector", found=str(item))
    items = item if isinstance(item, (list, tuple)) else [item]
    if any(isinstance(one, (Mapping, list, tuple)) for one in items):
        raise TermError("bad-selector", found=str(item))
    return tuple(str(one).strip() for one in items)


_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": 'column: value, a list for any of, or ">= 50"; grid: it and all below; any, all, not',
}
WhereField = Annotated[Where, PlainValidator(parse_where), WithJsonSchema(_SCHEMA)]
AvoidsField = Annotated[Where, PlainValidator(parse_avoids), WithJsonSchema({"type": ["array", "object", "string"]})]
