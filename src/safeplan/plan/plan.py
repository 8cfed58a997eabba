"""Plan: the plan file resolved - ids as integer codes, registers as frames. The core sees only this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from safeplan.plan.file import PlanFile
from safeplan.plan.official import OfficialDays
from safeplan.plan.rules.activities import Activity
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.campaigns import Phase
from safeplan.terms.days import Days
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.origin import Place
from safeplan.terms.period import Period
from safeplan.terms.reason import Kind
from safeplan.terms.span import Span

ENTERPRISES: dict[str, pl.DataType] = {
    "id": pl.String(),
    "name": pl.String(),
    "planned": pl.Boolean(),  # its status says that it is open
    "active_first": pl.Date(),  # null: from ever
    "active_last": pl.Date(),  # null: for ever
    "closed": pl.Int32(),  # code in Plan.closed_sets
    "latitude": pl.Float64(),
    "longitude": pl.Float64(),
    "last_visit": pl.Date(),
    "cap": pl.Int32(),  # visits a calendar year; null: none
    "cap_line": pl.Int32(),  # which line of `caps:` says so; null: none
    "file": pl.Int32(),  # code in Plan.files
    "row": pl.Int32(),  # line or row there
}
"""Columns of Plan.enterprises that the core reads; the register's others (sector, tags, address, …) follow them."""

CLASS_SPANS: dict[str, pl.DataType] = {
    "enterprise": pl.Int32(),
    "first": pl.Date(),  # null: from ever
    "last": pl.Date(),  # null: for ever
    "class_": pl.Int32(),
}
GRID_SPANS: dict[str, pl.DataType] = {
    "enterprise": pl.Int32(),
    "first": pl.Date(),
    "last": pl.Date(),
    "grid": pl.Int32(),
}
RECUSALS: dict[str, pl.DataType] = {"enterprise": pl.Int32(), "officer": pl.Int32()}
OTHERS_VISITS: dict[str, pl.DataType] = {
    "enterprise": pl.Int32(),
    "day": pl.Date(),
    "family": pl.String(),
    "cause": pl.String(),  # why, in a word that caps know; empty: none
}
EVENTS: dict[str, pl.DataType] = {
    "enterprise": pl.Int32(),
    "kind": pl.String(),
    "severity": pl.String(),  # of a finding: general or major
    "day": pl.Date(),
    "until": pl.Date(),  # the day on which it ended; null: still open
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event that a trigger waits for: its day, and the enterprise or the grid that it is of (codes; -1: none)."""

    day: date
    enterprise: int = -1
    grid: int = -1


@dataclass(frozen=True, slots=True)
class Call:
    """A visit to an enterprise (code) that the ledger asks for: its window, and how important it is.

    It stays owed until it was made: `late` is the last day on which it is made up for when its window is over.
    """

    enterprise: int
    window: Span
    importance: int
    late: date


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule of the plan with its id, its place and what its references mean.

    Its code is its index in `Plan.rules`. `enterprise` is the code of a pin's enterprise; `grids` the codes of a
    patrol's grids; `class_` the code of a class's own; `units` the quarters or months of a priority; `within` the spans
    outside which the rule has no days, when its window is a season; `occurrences` the events that a trigger has;
    `calls` the visits that a ledger asks for; `taken` whom, by period and enterprise, its share or pick has taken
    already, since a visit of it was adopted, issued or done.
    """

    id: str
    kind: Kind
    name: str
    model: Rule
    place: Place
    enterprise: int | None = None
    class_: int | None = None
    grids: tuple[int, ...] = ()
    units: tuple[Period, ...] = ()
    within: tuple[Span, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    calls: tuple[Call, ...] = ()
    taken: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """A piece of dated work of the plan with its id and place; its code is its index in `Plan.activities`.

    `grids` are the codes of the grids that it is done for, one by one; `phase` is the phase of a campaign over whose
    days it is done, None for a line of `activities:`.
    """

    id: str
    model: Activity
    place: Place
    grids: tuple[int, ...] = ()
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A file that the plan was read from, and what it held."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A resolved plan.

    Attributes
    ----------
    file
        The models as read, presets and defaults laid under; `officers`, `teams`, `grids` and `classes` there are in the
        order of their codes.
    first, last
        The plan's period.
    rules
        Every rule that brings visits; index is its code.
    activities
        Dated work that is not a visit; index is its code.
    officers, teams, grids, classes
        Id, and every name that only one has, → code: an index into the list of `file` (of `classes`, into its keys).
    grid_parent
        Code of each grid's parent, -1 at the top.
    enterprises
        One row an enterprise, columns as ENTERPRISES and the register's own; its code is its row.
    class_spans, grid_spans
        Dated classes and grids (CLASS_SPANS, GRID_SPANS): at least one row for each enterprise that has one, spans of
        one enterprise do not touch.
    closed_sets
        The distinct lists of days on which enterprises are closed; 0 is the empty one.
    recusals
        Pairs of enterprise and officer that never meet (RECUSALS).
    others_visits
        What other bodies did or plan (OTHERS_VISITS).
    events
        What happened to enterprises, for modifiers (EVENTS).
    """

    file: PlanFile
    first: date
    last: date
    official: OfficialDays
    rules: tuple[RuleLine, ...]
    officers: Mapping[str, int]
    teams: Mapping[str, int]
    grids: Mapping[str, int]
    classes: Mapping[str, int]
    grid_parent: tuple[int, ...]
    enterprises: pl.DataFrame
    class_spans: pl.DataFrame
    grid_spans: pl.DataFrame
    closed_sets: tuple[tuple[Days, ...], ...]
    recusals: pl.DataFrame
    others_visits: pl.DataFrame
    events: pl.DataFrame
    files: tuple[str, ...]
    inputs: tuple[Input, ...] = ()
    activities: tuple[ActivityLine, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    """Warnings of reading; a plan with errors is never made."""
