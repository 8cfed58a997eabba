"""Task: what place has to do for one area - visits, the days each may fall on, and what binds them to each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safeplan.core.force import Force
from safeplan.core.needs import Need

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most so many visits of an enterprise in each unit of days: a cap (year) or a limit (day, week, month).

    Attributes
    ----------
    unit
        For each day of the plan, the unit that it is in.
    most
        For each visit, how many its enterprise may have in a unit; -1: any number.
    applies
        The visits that count.
    made
        What is made already (by other bodies): (subject, unit) → visits.
    reason
        `cap` or `limit`.
    """

    unit: Ints
    most: Ints
    applies: Bools
    made: dict[tuple[int, int], int]
    reason: str


@dataclass(frozen=True, slots=True)
class Task:
    """The visits of an area as parallel arrays; days count from the plan's first.

    Attributes
    ----------
    need
        Code in `needs`.
    subject
        Enterprise, or -1: two visits of one subject never share a day.
    first, last, days
        Window, and the row of `day_sets` with the days that rule and enterprise allow.
    importance
        Level; higher is placed first and never given up.
    group, part, parts
        Visits to be spread together, and which of how many of one subject in the same window it is.
    tour
        Place on the area's tour, so that neighbours fall on one day.
    merged
        The merged visit that stands for it, -1: none.
    series
        Visit → (series, gap): calendar days to keep from the others of a series.
    seen
        Series → day of its last visit before the plan (negative).
    slack
        Part of each day that is filled only to save an obligation.
    """

    days: int
    force: Force
    needs: tuple[Need, ...]
    pools: tuple[tuple[int, ...], ...]
    need: Ints
    subject: Ints
    first: Ints
    last: Ints
    day_set: Ints
    day_sets: Bools
    importance: Ints
    group: Ints
    part: Ints
    parts: Ints
    tour: Ints
    merged: Ints
    series: dict[int, tuple[tuple[int, int], ...]]
    seen: dict[int, int]
    ceilings: tuple[Ceiling, ...]
    slack: float

    def allowed(self, visit: int) -> Ints:
        """Give the days that a visit may fall on, before people and other visits are thought of."""
        first, last = int(self.first[visit]), int(self.last[visit])
        return np.flatnonzero(self.day_sets[self.day_set[visit], first : last + 1]) + first


@dataclass(frozen=True, slots=True)
class Shortage:
    """Visits that compete for days and people that are not enough for them: one proof's days and visits."""

    days: tuple[int, ...]
    visits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """What place found for an area.

    `day[i]` is the day of visit i, -1 when it has none; `crews[d]` the witness of day d as (officers' mask, load);
    `surplus` are visits over a ceiling with its reason; `shortages` the tight sets that failed searches ran into, and
    `short_of[v]` which of them visit v was in; `unsettled` counts days whose staffing the search had to give up on.
    """

    day: Ints
    crews: dict[int, tuple[tuple[int, tuple[tuple[int, int], ...]], ...]]
    surplus: dict[int, int]
    shortages: tuple[Shortage, ...]
    short_of: dict[int, int]
    unsettled: int
