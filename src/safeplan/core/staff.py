"""Staff: who goes in each crew, which of the day's visits each makes, and in which order.

It starts from the witness that place left and only exchanges what keeps every rule: so it cannot fail, drops nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safeplan.core.crew import Load, stands
from safeplan.core.crews import DayCrews
from safeplan.core.force import members
from safeplan.core.place.task import Ints, Placed, Task


@dataclass(frozen=True, slots=True)
class CrewDay:
    """A crew on a day: officers by their code in the plan, who leads first; its visits in order, by row of the task."""

    day: int
    officers: tuple[int, ...]
    leader_rank: int
    visits: tuple[int, ...]


def staff(task: Task, placed: Placed) -> list[CrewDay]:
    """Choose the crews of every day of an area.

    Turns: where several could do the same, the one with the fewest minutes so far goes; a senior goes in each crew that
    makes inspections where the team has one. Visits of a need are dealt to crews in runs along the tour.
    """
    so_far = [0] * len(task.force.people)
    visits_of = _by_day_and_need(task, placed.day)
    own = _own_crews(task, placed.day)
    roster: list[CrewDay] = []
    for day in sorted(placed.crews):
        kept = frozenset(own.get(day, {}))
        crews = _relieved(task, list(placed.crews[day]), day, kept)
        crews = _chosen(task, crews, day, so_far, kept)
        crews = _evened(task, crews, day, kept)
        for (mask, load), visits in zip(crews, _dealt(task, crews, visits_of[day], own.get(day, {})), strict=True):
            leader = task.force.leader(mask, day)
            rest = sorted((i for i in members(mask) if i != leader), key=lambda i: task.force.people[i].rank)
            for i in members(mask):
                so_far[i] += sum(task.needs[need].minutes * count for need, count in load)
            roster.append(
                CrewDay(
                    day,
                    tuple(task.force.people[i].code for i in (leader, *rest)),
                    task.force.people[leader].rank,
                    tuple(sorted(visits, key=lambda v: (int(task.tour[v]), -int(task.importance[v]), v))),
                )
            )
    return roster


def _own_crews(task: Task, day: Ints) -> dict[int, dict[int, list[int]]]:
    """Give, for each day, the adopted crews with their visits, of those that are still on their day."""
    own: dict[int, dict[int, list[int]]] = {}
    for one in task.settled:
        if day[one.visit] == one.day:
            own.setdefault(one.day, {}).setdefault(one.mask, []).append(one.visit)
    return own


def _by_day_and_need(task: Task, day: Ints) -> dict[int, dict[int, list[int]]]:
    """Give, for each day, the visits of each need along the tour."""
    order = np.lexsort((np.arange(day.size), task.tour, task.need, day))
    order = order[day[order] >= 0]
    grouped: dict[int, dict[int, list[int]]] = {}
    for visit, at, need in zip(order.tolist(), day[order].tolist(), task.need[order].tolist(), strict=True):
        grouped.setdefault(at, {}).setdefault(need, []).append(visit)
    return grouped


def _relieved(task: Task, crews: list[tuple[int, Load]], day: int, kept: frozenset[int]) -> list[tuple[int, Load]]:
    """Send further crews while one is filled above the slack and others could take visits of it."""
    if not task.slack:
        return crews
    day_crews = DayCrews(task.force, task.needs, task.pools, day)
    for _ in range(len(task.force.people)):
        over = [at for at, (mask, load) in enumerate(crews) if mask not in kept and _is_over(task, mask, load, day)]
        for at in over:
            mask, load = crews[at]
            fresh = next(((need, crew) for need, _ in load if (crew := day_crews.another(crews, need))), None)
            if fresh is not None:
                crews[at] = (mask, _changed(load, fresh[0], -1))
                crews.append((fresh[1], ((fresh[0], 1),)))
                crews = _evened(task, [one for one in crews if one[1]], day, kept)
                break
        else:
            break
    return crews


def _is_over(task: Task, mask: int, load: Load, day: int) -> bool:
    used = sum(task.needs[need].minutes * count for need, count in load)
    return sum(count for _, count in load) > 1 and used > (1 - task.slack) * task.force.able(mask, day).minutes


def _chosen(
    task: Task, crews: list[tuple[int, Load]], day: int, so_far: list[int], kept: frozenset[int]
) -> list[tuple[int, Load]]:
    """Exchange members for officers who are free and have gone less, as long as the crew can do its visits."""
    force = task.force
    here = force.here(day)
    chosen = list(crews)
    for at, (mask, load) in enumerate(chosen):
        if mask in kept:
            continue
        fixed = 0
        for need, _ in load:
            fixed |= task.needs[need].exactly | task.needs[need].among
        senior_wanted = any(task.needs[need].certified for need, _ in load)
        for old in list(members(mask & ~fixed)):
            taken = 0
            for other, _ in chosen:
                taken |= other
            best, best_score = mask, _score(task, mask, old, so_far, senior_wanted)
            for new in members(here & ~taken):
                other = mask & ~(1 << old) | 1 << new
                score = _score(task, other, new, so_far, senior_wanted)
                rest = tuple(one for i, one in enumerate(chosen) if i != at)
                if score < best_score and stands(force, task.needs, day, other, load, rest):
                    best, best_score = other, score
            mask = best
            chosen[at] = (mask, load)
    return chosen


def _score(task: Task, mask: int, member: int, so_far: list[int], senior_wanted: bool) -> tuple[bool, int, int]:
    lacks = senior_wanted and not any(task.force.people[i].senior for i in members(mask))
    return lacks, so_far[member], task.force.people[member].rank


def _evened(task: Task, crews: list[tuple[int, Load]], day: int, kept: frozenset[int]) -> list[tuple[int, Load]]:
    """Hand visits from the busiest crew to the least busy that may make them, while that evens them out."""
    crews = list(crews)
    free = [i for i, (mask, _) in enumerate(crews) if mask not in kept]
    for _ in range(1000):
        minutes = [sum(task.needs[need].minutes * count for need, count in load) for _, load in crews]
        moved = False
        for high in sorted(free, key=lambda i: -minutes[i]):
            for low in sorted(free, key=lambda i: minutes[i]):
                for need, _ in crews[high][1]:
                    if minutes[high] - minutes[low] < 2 * task.needs[need].minutes:
                        continue
                    more = _changed(crews[low][1], need, 1)
                    rest = tuple(one for i, one in enumerate(crews) if i != low)
                    if stands(task.force, task.needs, day, crews[low][0], more, rest):
                        crews[low] = (crews[low][0], more)
                        crews[high] = (crews[high][0], _changed(crews[high][1], need, -1))
                        moved = True
                        break
                if moved:
                    break
            if moved:
                break
        if not moved:
            break
    return crews


def _changed(load: Load, need: int, by: int) -> Load:
    counts = dict(load)
    counts[need] = counts.get(need, 0) + by
    return tuple(sorted((need, count) for need, count in counts.items() if count))


def _dealt(
    task: Task, crews: list[tuple[int, Load]], visits_of: dict[int, list[int]], own: dict[int, list[int]]
) -> list[list[int]]:
    """Deal the visits of each need to the crews that make them: adopted ones to their own, the rest along the tour."""
    dealt: list[list[int]] = [[] for _ in crews]
    left = [dict(load) for _, load in crews]
    taken: set[int] = set()
    for at, (mask, _) in enumerate(crews):
        for visit in own.get(mask, ()):
            need = int(task.need[visit])
            if left[at].get(need, 0):
                left[at][need] -= 1
                dealt[at].append(visit)
                taken.add(visit)
    used: dict[int, int] = {}
    rest = {need: [v for v in visits if v not in taken] for need, visits in visits_of.items()}
    for at, counts in enumerate(left):
        for need, count in counts.items():
            start = used.get(need, 0)
            dealt[at].extend(rest[need][start : start + count])
            used[need] = start + count
    return dealt
