"""What the referee knows of a plan: plain frozen records, in the words of design.md."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .calendar import Calendar
from .spans import ALWAYS, Absence, Span

COUNTING = frozenset({"inspection", "joint"})
PEOPLE = {"inspection": 2, "joint": 2, "revisit": 2, "patrol": 1, "supervision": 1, "self-check": 0}
CERTIFIED = {"inspection": 2, "joint": 2, "revisit": 2, "patrol": 0, "supervision": 0, "self-check": 0}
ALSO_SERVES = {"inspection": {"patrol"}, "joint": {"inspection", "patrol"}, "revisit": {"patrol"}}
WIDTH = ("patrol", "revisit", "inspection", "joint")  # narrow to wide, for the family of a merged visit


def serves_family(visit: str, owed: str) -> bool:
    return visit == owed or owed in ALSO_SERVES.get(visit, set())


@dataclass(frozen=True)
class Frequency:
    """`n per k units`; unit None: a number in the rule's window; any other word than a calendar unit: a season."""

    n: int
    k: int = 1
    unit: str | None = None


@dataclass(frozen=True)
class Rule:
    """Anything that brings visits. `people` and `minutes` are what one visit of it needs."""

    id: str
    kind: str
    name: str | None
    family: str
    frequency: Frequency
    minutes: int
    people: int
    skills: frozenset[str] = frozenset()
    by: str | None = None
    days: str = "workdays"
    partial: str = "proportion"
    window: str | None = None
    min_gap: int | None = None
    priority: int | None = None
    separate: bool = False
    surprise: bool = False
    where: dict[str, Any] = field(default_factory=dict)
    grids: Any = None
    minutes_written: bool = True
    family_written: bool = True
    cross: bool = False

    @property
    def certified(self) -> int:
        return CERTIFIED[self.family]


@dataclass(frozen=True)
class Dated:
    """A priority, a phase of a campaign (the campaign laid under it), a holiday check or a trigger.

    `units` are the quarters or months of a priority, by their names.
    """

    rule: Rule
    raw: dict[str, Any]
    units: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True)
class SpotCheck:
    """A spot check: `share` as numerator and denominator, `within` the written time to look back, `seeds` by key."""

    rule: Rule
    share: tuple[int, int]
    per: str
    within: str | None
    random_officers: bool
    seeds: dict[str, str]


@dataclass(frozen=True)
class Quota:
    rule: Rule
    team: str
    at_least: int
    per: str


@dataclass(frozen=True)
class Pin:
    """A pin: with `span` it owes one visit by `rule`; without one it binds every visit to its enterprise."""

    rule: Rule
    enterprise: str | None
    grid: str | None
    span: Span | None
    single_day: bool
    officers: tuple[str, ...] | None
    with_: tuple[str, ...]
    except_: tuple[str, ...]
    cause: str | None


@dataclass(frozen=True)
class Grid:
    id: str
    name: str
    level: str | None
    parent: str | None
    roles: dict[str, tuple[tuple[str, Span], ...]]


@dataclass(frozen=True)
class Team:
    id: str
    max_crews: int | None


@dataclass(frozen=True)
class Officer:
    id: str
    name: str
    grids: tuple[str, ...]
    teams: tuple[str, ...]
    certified: Span | None
    skills: frozenset[str]
    minutes_per_day: int
    visits_per_day: int | None
    leave: tuple[Absence, ...]
    avoids: tuple[str, ...]
    avoids_where: dict[str, Any] | None
    senior: bool

    def is_certified(self, day: dt.date) -> bool:
        return self.certified is not None and day in self.certified


@dataclass(frozen=True)
class Enterprise:
    """`classes` and `grids` are dated: (span, value), in order, without overlap."""

    id: str
    name: str
    columns: dict[str, Any]
    classes: tuple[tuple[Span, str], ...]
    grids: tuple[tuple[Span, str], ...]
    active: Span
    closed: tuple[Absence, ...]
    last_visit: dt.date | None
    planned: bool

    def class_on(self, day: dt.date) -> str | None:
        return next((c for span, c in self.classes if day in span), None)

    def grid_on(self, day: dt.date) -> str | None:
        return next((g for span, g in self.grids if day in span), None)


@dataclass(frozen=True)
class Cap:
    name: str
    where: dict[str, Any]
    column: str | None
    per_year: Any
    except_: frozenset[str]
    also: frozenset[str]


@dataclass(frozen=True)
class OthersVisit:
    enterprise: str
    day: dt.date
    family: str


@dataclass(frozen=True)
class Plan:
    name: str
    period: Span
    calendar: Calendar
    seasons: dict[str, tuple[Span, ...]]
    travel: int
    classes: dict[str, Rule]
    patrols: tuple[Rule, ...]
    dated: tuple[Dated, ...]
    events: tuple[dict[str, Any], ...]
    modifiers: tuple[dict[str, Any], ...]
    pins: tuple[Pin, ...]
    caps: tuple[Cap, ...]
    limits: dict[str, int]
    others: tuple[OthersVisit, ...]
    teams: tuple[Team, ...]
    grids: dict[str, Grid]
    officers: dict[str, Officer]
    enterprises: dict[str, Enterprise]
    activities: tuple[dict[str, Any], ...]
    files: tuple[str, ...]
    spot_checks: tuple[SpotCheck, ...] = ()
    quotas: tuple[Quota, ...] = ()

    def above(self, grid: str | None) -> list[str]:
        """The grid and all above it, nearest first."""
        chain = []
        while grid is not None and grid not in chain:
            chain.append(grid)
            grid = self.grids[grid].parent
        return chain

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """What the referee has worked out once about this plan (carriers and crews of a day)."""
        return {}

    @cached_property
    def people_pins(self) -> dict[str, tuple[Pin, ...]]:
        """Per enterprise the pins of people alone, which bind every visit to it."""
        found: dict[str, list[Pin]] = {}
        for pin in self.pins:
            if pin.span is None and pin.enterprise is not None:
                found.setdefault(pin.enterprise, []).append(pin)
        return {e: tuple(pins) for e, pins in found.items()}

    @cached_property
    def pin_of_rule(self) -> dict[str, Pin]:
        return {pin.rule.id: pin for pin in self.pins if pin.span is not None}


def dated(lines: list[tuple[dt.date | None, str]]) -> tuple[tuple[Span, str], ...]:
    """[(from, value), …] as spans: each holds until the day before the next, without a day from ever."""
    lines = sorted(lines, key=lambda line: line[0] or dt.date.min)
    spans = []
    for i, (first, value) in enumerate(lines):
        after = lines[i + 1][0] if i + 1 < len(lines) else None
        last = after - dt.timedelta(days=1) if after else ALWAYS.last
        spans.append((Span(first or ALWAYS.first, last), value))
    return tuple(spans)
