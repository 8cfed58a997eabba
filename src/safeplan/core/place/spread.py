"""Spread: a first day for every visit of a level, from its place on the tour.

A group's visits go along the tour through its window; each day takes a part that brings all days to one level of load
(water filling), so spacing, nearness and balance come together and the peak stays low.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from safeplan.core.place.task import Bools, Ints, Task

Floats = NDArray[np.float64]

_GOLDEN = (5**0.5 - 1) / 2


class Loads:
    """The person-minutes that each day has, and those already on it."""

    def __init__(self, task: Task) -> None:
        people = task.force.people
        halves = np.array([list(one.halves) for one in people], np.int64).reshape(len(people), task.days)
        minutes = np.array([one.minutes for one in people], np.float64)
        self._by_officer = ((halves & 1) + (halves >> 1)) * minutes[:, None] / 2
        for i, one in enumerate(people):
            if one.spent[0] >= 0:
                self._by_officer[i, one.spent[0]] = one.left(one.spent[0], one.halves[one.spent[0]])[0]
        self._pools: dict[tuple[int, ...], Floats] = {}
        self._load: dict[tuple[int, ...], Floats] = {}
        self._overlaps: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = {}
        self._task = task

    def capacity(self, pool: tuple[int, ...]) -> Floats:
        """Give the person-minutes of a pool of officers on each day."""
        if pool not in self._pools:
            total = np.zeros(self._task.days)
            for mask in set(pool):
                inside = np.array([mask >> i & 1 for i in range(len(self._by_officer))], np.float64)
                days = np.array([one == mask for one in pool], np.bool_)
                total[days] = (inside @ self._by_officer)[days]
            self._pools[pool] = total
        return self._pools[pool]

    def load(self, pool: tuple[int, ...]) -> Floats:
        """Give the load of a pool on each day, with the share of what lies on pools that have officers in common."""
        total = np.zeros(self._task.days)
        for other, load in self._load.items():
            if (pool, other) not in self._overlaps:
                self._overlaps[pool, other] = 1.0 if other is pool else _shared(pool, other)
            total += load * self._overlaps[pool, other]
        return total

    def put(self, visit: int, day: int) -> None:
        """Put the load of one visit on a day."""
        need = self._task.needs[self._task.need[visit]]
        load = np.zeros(self._task.days)
        load[day] = max(need.people, 1) * max(need.minutes, 1)
        self.add(need.who, load)

    def add(self, pool: tuple[int, ...], load: Floats) -> None:
        """Put a load on a pool's days."""
        self._load[pool] = self._load.get(pool, np.zeros(self._task.days)) + load


def _shared(pool: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Give the share of the other pool's officers who are in this one."""
    size = max(mask.bit_count() for mask in other)
    return max(((one & two).bit_count() for one, two in zip(pool, other, strict=True)), default=0) / size if size else 0


def targets(task: Task, visits: Ints, loads: Loads) -> Ints:
    """Give each of some visits the day that the tour and an even load suggest; -1 where no day is allowed."""
    days = np.full(visits.size, -1, np.int64)
    order = np.lexsort((task.tour[visits], task.part[visits], task.group[visits]))
    groups = task.group[visits][order]
    edges = np.flatnonzero(np.diff(groups, prepend=-1, append=-1))
    spans = [order[start:end] for start, end in pairwise(edges)]
    spans.sort(key=lambda rows: (_width(task, visits, rows), int(task.first[visits[rows[0]]]), int(rows[0])))
    for rows in spans:
        group = visits[rows]
        example = int(group[0])
        need = task.needs[task.need[example]]
        first, last = int(task.first[example]), int(task.last[example])
        inside = _common(task, group, first, last)
        if not inside.any():
            continue
        capacity, load = loads.capacity(need.who)[first : last + 1], loads.load(need.who)[first : last + 1]
        size = float(max(need.people, 1) * max(need.minutes, 1))
        weights = _levelled(np.where(inside, capacity, 0.0), load, size * group.size)
        if not weights.any():
            weights = inside.astype(np.float64)
        place = np.cumsum(weights) / weights.sum()
        wanted = _positions(task, group, _phase(task, need.who))
        found = np.minimum(np.searchsorted(place, wanted, side="right"), len(place) - 1)
        days[rows] = found + first
        added = np.zeros(task.days)
        np.add.at(added, found + first, size)
        loads.add(need.who, added)
    return days


def _width(task: Task, visits: Ints, rows: Ints) -> int:
    example = visits[rows[0]]
    return int(task.last[example] - task.first[example])


def _common(task: Task, group: Ints, first: int, last: int) -> Bools:
    """Give the days of the window that at least half of a group may use; closed days of few move those alone."""
    sets, counts = np.unique(task.day_set[group], return_counts=True)
    votes = (task.day_sets[sets, first : last + 1] * counts[:, None]).sum(axis=0)
    usual: Bools = votes * 2 >= group.size
    return usual if usual.any() else votes > 0


def _phase(task: Task, pool: tuple[int, ...]) -> float:
    """Give where on its tour a pool of officers begins, from 0 to 1, so that small pools do not all go on the same day.

    Multiples of the golden ratio leave no two pools close and fill the window evenly (Weyl's sequence).
    """
    mask = next((one for one in pool if one), 0)
    first = task.force.people[(mask & -mask).bit_length() - 1].code if mask else 0
    return first * _GOLDEN % 1.0


def _positions(task: Task, group: Ints, phase: float) -> Floats:
    """Give the place of each visit in the window, from 0 to 1: its part, then its subject's rank on the tour."""
    _, rank = np.unique(task.tour[group], return_inverse=True)
    ranks = rank.reshape(-1)
    inside = ((ranks + 0.5) / (ranks.max() + 1) + phase) % 1.0
    result: Floats = (task.part[group] + inside) / task.parts[group]
    return result


def _levelled(capacity: Floats, load: Floats, amount: float) -> Floats:
    """Give what each day takes of an amount so that all end at one level of load per capacity, as far as they can."""
    usable = capacity > 0
    if not usable.any():
        return np.zeros_like(capacity)
    ratio = np.where(usable, load / np.where(usable, capacity, 1.0), np.inf)
    order = np.argsort(ratio, kind="stable")
    size, held = np.cumsum(capacity[order]), np.cumsum(np.where(usable, load, 0.0)[order])
    reach = np.where(np.isfinite(ratio[order]), ratio[order] * size - held, np.inf)
    upto = int(np.searchsorted(reach, amount, side="right")) - 1
    level = (amount + held[upto]) / size[upto]
    return np.where(usable, np.maximum(level * capacity - np.where(usable, load, 0.0), 0.0), 0.0)
