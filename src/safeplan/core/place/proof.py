"""Proof: how many of the visits that compete for some days cannot be made, whoever plans them.

All visits of the set must fall on these days; the crews of those who may make them can do so many in so many minutes.
What is owed above that stays undone in every schedule (a relaxation: it forgets who is where, and which crew is which).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from safeplan.core.day_bound import day_bound
from safeplan.core.force import members
from safeplan.core.place.task import Bools, Bound, Ints, Shortage, Task


def prove(task: Task, shortage: Shortage, counted: Bools, mergeable: Bools, lost: Iterable[int]) -> dict[int, Bound]:
    """Give each lost visit of a tight set the best bound that it is part of; those that no relaxation proves have none.

    `counted` are the visits that may be counted: owed, possible each by itself, free of caps, and no part of a merged
    one. `mergeable` are those that one visit may serve together: of a subject's only the fullest rule counts, since two
    obligations of one rule never share a visit.
    """
    confined = _confined(task, shortage.days)
    inside = np.concatenate((np.flatnonzero(counted & confined), _fullest(task, np.flatnonzero(mergeable & confined))))
    bounds = [
        bound
        for visits in _subsets(task, shortage, inside)
        for bound in _bounds(task, shortage.days, visits)
        if bound.least > 0
    ]
    bounds.sort(key=lambda bound: -bound.least)
    found = {}
    for visit in lost:
        bound = next((one for one in bounds if visit in one.visits), None)
        if bound is not None:
            found[visit] = bound
    return found


def _fullest(task: Task, visits: Ints) -> Ints:
    """Give, of each subject's visits, those of the rule that has most."""
    by_subject: dict[int, dict[int, list[int]]] = {}
    for visit in visits.tolist():
        rules = by_subject.setdefault(int(task.subject[visit]), {})
        rules.setdefault(int(task.rule[visit]), []).append(visit)
    chosen = [max(rules.items(), key=lambda one: (len(one[1]), -one[0]))[1] for rules in by_subject.values()]
    return np.array([visit for of in chosen for visit in of], np.int64)


def disjoint(bounds: Iterable[Bound]) -> int:
    """Add up bounds that share no visit, the largest first."""
    total, seen = 0, set[int]()
    for bound in sorted(bounds, key=lambda one: -one.least):
        if not seen & bound.visits:
            total += bound.least
            seen |= bound.visits
    return total


def _confined(task: Task, days: tuple[int, ...]) -> Bools:
    """Tell which visits may fall on no other days."""
    outside = np.ones(task.days, np.bool_)
    outside[list(days)] = False
    free = np.concatenate(
        (np.zeros((len(task.day_sets), 1), np.int64), np.cumsum(task.day_sets & outside, axis=1)), axis=1
    )
    last = np.maximum(task.last, task.first - 1)
    confined: Bools = free[task.day_set, last + 1] == free[task.day_set, np.maximum(task.first, 0)]
    return confined


def _subsets(task: Task, shortage: Shortage, inside: Ints) -> Iterator[Ints]:
    """Give the sets worth a bound: all, and for each need that the search reached, whatever asks at least as much."""
    yield inside
    for need in np.unique(task.need[list(shortage.visits)]).tolist():
        harder = [code for code in range(len(task.needs)) if _asks_as_much(task, shortage.days, code, need)]
        yield inside[np.isin(task.need[inside], harder)]


def _asks_as_much(task: Task, days: tuple[int, ...], code: int, other: int) -> bool:
    """Whether a visit of one need asks at least as much of a crew, in every respect, as one of the other."""
    one, two = task.needs[code], task.needs[other]
    return (
        one.people >= two.people
        and one.certified >= two.certified
        and one.minutes >= two.minutes
        and set(one.skills) >= set(two.skills)
        and two.exactly in (0, one.exactly)
        and not two.among & ~one.among
        and not any(one.who[day] & ~two.who[day] for day in days)
    )


def _bounds(task: Task, days: tuple[int, ...], visits: Ints) -> Iterator[Bound]:
    if not visits.size:
        return
    days = _used(task, days, visits)
    codes, counts = np.unique(task.need[visits], return_counts=True)
    owed = dict(zip(codes.tolist(), counts.tolist(), strict=True))
    per_day = [day_bound(task.force, task.needs, day, owed) for day in days]
    officers = _officers(task, days, owed)
    every = frozenset(visits.tolist())
    most = sum(one for one, _ in per_day)
    yield Bound(days, officers, every, visits.size, most, "visits", visits.size - most)
    minutes = np.array([task.needs[need].minutes for need in task.need[visits].tolist()], np.int64)
    possible = sum(one for _, one in per_day)
    total = int(minutes.sum())
    yield Bound(days, officers, every, total, possible, "minutes", _fewest(minutes, total - possible))


def _used(task: Task, days: tuple[int, ...], visits: Ints) -> tuple[int, ...]:
    """Give those of some days that any of the visits may fall on: the others prove nothing about them."""
    used = np.zeros(task.days, np.bool_)
    for day_set, first, last in np.unique(
        np.stack((task.day_set[visits], task.first[visits], task.last[visits]), axis=1), axis=0
    ).tolist():
        used[first : last + 1] |= task.day_sets[day_set, first : last + 1]
    return tuple(day for day in days if used[day])


def _fewest(minutes: Ints, over: int) -> int:
    """Give how many visits at least must go to save so many minutes."""
    if over <= 0:
        return 0
    return int(np.searchsorted(np.cumsum(np.sort(minutes)[::-1]), over)) + 1


def _officers(task: Task, days: tuple[int, ...], needs: dict[int, int]) -> tuple[int, ...]:
    mask = 0
    for need in needs:
        for day in days:
            mask |= task.needs[need].who[day]
    return tuple(members(mask))
