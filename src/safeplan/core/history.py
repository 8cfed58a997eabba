"""History: what a ledger says happened, as one table a kind; the core's only view of a ledger."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

import polars as pl

from safeplan.core.events.base import Event
from safeplan.core.events.kinds import BY_NAME, KINDS
from safeplan.core.events.rosters import Undone
from safeplan.core.events.work import Classed, Happened
from safeplan.plan.fields import Model

RECORDS: dict[str, pl.DataType] = {
    "number": pl.Int64(),  # place in the ledger, from 1
    "kind": pl.String(),
    "day": pl.Date(),  # when it happened
    "recorded": pl.String(),  # when it was told: UTC, ISO 8601, ends in Z
    "offset": pl.String(),  # of the teller's clock: +08:00
    "who": pl.String(),  # who told it
    "body": pl.String(),  # the event's other fields, as JSON
    "hash": pl.String(),  # SHA-256 over it and the one before, in hex
}
"""One row an event, as a ledger keeps it, in the order of its numbers."""

HAPPENED = ("number", "kind", "day", "body")
"""What planning reads of RECORDS: the rest says who told it when."""

COMMON = ("number", "day", "recorded", "who", "hash")
"""The columns that every table of a History begins with, as far as the records have them."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a ledger's chain ends: how many events, and the hash of the last."""

    events: int
    hash: str

    def __str__(self) -> str:
        """Give the form that papers carry: 12:ab12cd34."""
        return f"{self.events}:{self.hash[:8]}"


@dataclass(frozen=True, slots=True)
class History:
    """What happened so far.

    `tables` gives for each kind of event its table: COMMON, then the fields of its model; ids are text, since what a
    ledger names may have left the plan. What was undone is left out.
    """

    head: Head
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @classmethod
    def nothing(cls) -> Self:
        """Give the history of a ledger that holds nothing."""
        return cls(Head(0, ""))

    def of(self, kind: type[Event]) -> pl.DataFrame:
        """Give the events of a kind, in the order in which they were told."""
        return self.tables.get(kind.kind, _empty(kind))


def body_of(event: Event) -> str:
    """Write what a ledger keeps of an event besides its day: JSON with sorted keys, nothing that is empty.

    Defaults are written out, so that a later version's defaults never change what was told. A roster is written column
    by column: a year of a county is read four times as fast so.
    """
    said = _plain(event)
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    """Write models as mappings, terms and days as their text."""
    if isinstance(value, Model):
        own = ((info.alias or name, getattr(value, name)) for name, info in type(value).model_fields.items())
        skipped = ("day",) if isinstance(value, Event) else ()
        return {name: _plain(one) for name, one in own if name not in skipped and one not in (None, "", ())}
    if isinstance(value, tuple) and value and isinstance(value[0], Model):
        return _by_column(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, (int, float)) else str(value)


def _by_column(values: tuple[Model, ...]) -> dict[str, list[object]]:
    columns = {info.alias or name: name for name, info in type(values[0]).model_fields.items()}
    cells = {key: [getattr(one, name) for one in values] for key, name in columns.items()}
    return {key: [None if one in (None, "", ()) else _plain(one) for one in column] for key, column in cells.items()}


def said_by(record: Mapping[str, Any], keep: Callable[[dict[str, Any]], bool] | None = None) -> Event:
    """Read a record (RECORDS) as the event that was told; of a roster only the visits to `keep`.

    Raises
    ------
    pydantic.ValidationError
        The record is not what this version writes.
    """
    kind = BY_NAME[record["kind"]]
    said = json.loads(record["body"])
    for name, value in said.items():
        if isinstance(value, dict):
            rows = zip(*value.values(), strict=True)
            every = ({key: one for key, one in zip(value, row, strict=True) if one is not None} for row in rows)
            said[name] = [one for one in every if keep is None or keep(one)]
    return kind.model_validate({**said, "day": record["day"]})


def with_drafts(records: pl.DataFrame, *events: Event) -> pl.DataFrame:
    """Give records as they would be with further events, to see what those would change before they are told."""
    rows = [
        (len(records) + at, one.kind, one.day, "", "", "", body_of(one), "") for at, one in enumerate(events, start=1)
    ]
    return pl.concat([records, pl.DataFrame(rows, schema=RECORDS, orient="row")])


def history_of(records: pl.DataFrame, head: Head | None = None) -> History:
    """Read the records of a ledger into tables: RECORDS, or with the `head` that they were read at HAPPENED."""
    if not len(records):
        return History.nothing()
    by_kind = {str(kind): rows for (kind,), rows in records.group_by("kind", maintain_order=True)}
    undone = _undone(by_kind.get(Undone.kind))
    told = [kind for kind in KINDS if kind.kind in by_kind]
    # together: the kinds are read side by side, one a core
    tables = pl.collect_all(
        [_decoded(kind, by_kind[kind.kind].filter(~pl.col("number").is_in(undone))) for kind in told]
    )
    return History(
        head or Head(int(records["number"][-1]), str(records["hash"][-1])),
        {kind.kind: table for kind, table in zip(told, tables, strict=True)},
    )


def known_on(history: History, day: date) -> History:
    """Give what had happened by a day; classes and named events may be told ahead, so they stay."""
    ahead = {Classed.kind, Happened.kind}
    tables = {
        kind: table if kind in ahead else table.filter(pl.col("day") <= day) for kind, table in history.tables.items()
    }
    return History(history.head, tables)


def _undone(rows: pl.DataFrame | None) -> list[int]:
    """Give the numbers of what was undone, the latest undoing first: it may itself undo an undoing."""
    undone: set[int] = set()
    if rows is not None:
        for number, target in reversed(_decoded(Undone, rows).select("number", "target").collect().rows()):
            if number not in undone:
                undone.add(target)
    return sorted(undone)


def _decoded(kind: type[Event], rows: pl.DataFrame) -> pl.LazyFrame:
    """Read the bodies of one kind, all at once; what was empty is an empty text or list again, or null."""
    columns = _own_columns(kind)
    common = [name for name in COMMON if name in rows.columns]
    filled = [_filled(name, kind) for name in columns]
    return (
        rows.lazy()
        .select(*common, pl.col("body").str.json_decode(pl.Struct(columns)).alias("_"))
        .unnest("_")
        .select(*common, *filled)
    )


@cache
def _empty(kind: type[Event]) -> pl.DataFrame:
    return pl.DataFrame(schema={**{name: RECORDS[name] for name in COMMON}, **_own_columns(kind)})


def _own_columns(kind: type[Event]) -> dict[str, pl.DataType]:
    return {name: column for name, column in _columns(kind).items() if name not in COMMON}


def _columns(model: type[Model]) -> dict[str, pl.DataType]:
    """Give the columns of a model's fields, by the names that the JSON has."""
    hints = get_type_hints(model)
    return {info.alias or name: _column(hints[name]) for name, info in model.model_fields.items()}


def _filled(name: str, model: type[Model]) -> pl.Expr:
    """Give a column with its empty texts and lists, where the field's default is one."""
    field_ = next(info for own, info in model.model_fields.items() if (info.alias or own) == name)
    if field_.default == "":
        return pl.col(name).fill_null("")
    if field_.default == () and isinstance(_columns(model)[name], pl.List):
        return pl.col(name).fill_null([])
    return pl.col(name)


def _column(hint: Any) -> pl.DataType:
    """Give the type of a field's column; terms and ids are text."""
    origin, inner = get_origin(hint), [one for one in get_args(hint) if one not in (type(None), Ellipsis)]
    if origin in (Union, types.UnionType):
        return _column(inner[0])
    if origin is tuple and isinstance(inner[0], type) and issubclass(inner[0], Model):
        return pl.Struct({name: pl.List(column) for name, column in _columns(inner[0]).items()})
    if origin is tuple:
        return pl.List(_column(inner[0]))
    return _TYPES.get(hint, pl.String())


_TYPES: dict[Any, pl.DataType] = {bool: pl.Boolean(), int: pl.Int64(), float: pl.Float64(), date: pl.Date()}
