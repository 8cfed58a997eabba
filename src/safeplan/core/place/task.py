"""Task: what place has to do for one area - visits, the days each may fall on, and what binds them to each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safeplan.core.force import Force
from safeplan.core.needs import Need
from safeplan.terms.reason import Reason

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
class Kept:
    """An adopted visit (row of the task): the day and the officers (mask of the area) that it had.

    One that was issued is fixed, unless it has become impossible.
    """

    visit: int
    day: int
    mask: int
    issued: bool = False


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
    rule
        The rule that it serves; -1 for a merged visit, which serves several.
    merged
        The merged visit that stands for it, -1: none.
    series
        Visit → (series, gap): calendar days to keep from the others of a series.
    seen
        Series → day of its last visit before the plan (negative).
    outlasts
        Whether it may still be done after the plan, so that leaving it open loses nothing.
    slack
        Part of each day that is filled only to save an obligation.
    settled
        Adopted visits, those that were issued first, by day and crew: they stay unless that costs an obligation.
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
    rule: Ints
    merged: Ints
    series: dict[int, tuple[tuple[int, int], ...]]
    seen: dict[int, int]
    ceilings: tuple[Ceiling, ...]
    outlasts: Bools
    slack: float
    settled: tuple[Kept, ...] = ()

    def allows(self, visit: int, day: int) -> bool:
        """Whether a visit may fall on a day, before people and other visits are thought of."""
        return bool(self.first[visit] <= day <= self.last[visit] and self.day_sets[self.day_set[visit], day])

    def allowed(self, visit: int) -> Ints:
        """Give the days that a visit may fall on, before people and other visits are thought of."""
        first, last = int(self.first[visit]), int(self.last[visit])
        return np.flatnonzero(self.day_sets[self.day_set[visit], first : last + 1]) + first


@dataclass(frozen=True, slots=True)
class Bound:
    """A proven shortage: `owed` − `possible` in `unit`; at least `least` of `visits` cannot be made.

    `officers` count by their place in the area.
    """

    days: tuple[int, ...]
    officers: tuple[int, ...]
    visits: frozenset[int]
    owed: int
    possible: int
    unit: str
    least: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """Visits that compete for days and people that are not enough for them: one proof's days and visits."""

    days: tuple[int, ...]
    visits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """What place found for an area.

    Attributes
    ----------
    day
        The day of each visit, -1 when it has none.
    crews
        The witness of each day: crews as (officers' mask, ((need, visits), …)).
    open
        Visits that are owed and have no day, with the reason.
    bounds
        Proven shortages; `bound_of` says in which of them an open visit was.
    least
        At least so many of the open ones are open in every schedule.
    unsettled
        Days whose staffing the search had to give up on.
    """

    day: Ints
    crews: dict[int, tuple[tuple[int, tuple[tuple[int, int], ...]], ...]]
    open: dict[int, Reason]
    bounds: tuple[Bound, ...]
    bound_of: dict[int, int]
    least: int
    unsettled: int
