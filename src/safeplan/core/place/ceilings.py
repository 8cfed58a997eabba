"""What exceeds a cap or a limit before any day is thought of (rules.md, Caps and limits).

Where more visits of an enterprise must fall in a unit than it may have there, the least important are left out, and
among equals those stay that are adopted, then those that leave the smallest longest gap between window middles, then
the earlier.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from safeplan.core.place.task import Bools, Ceiling, Task


def surplus(task: Task, possible: Bools) -> dict[int, int]:
    """Give the visits over a ceiling, of those possible by themselves, each with the index of the ceiling."""
    over: dict[int, int] = {}
    adopted = {one.visit for one in task.settled}
    adopted |= {v for v, merged in enumerate(task.merged.tolist()) if merged in adopted} if adopted else set()
    for index, ceiling in enumerate(task.ceilings):
        for (subject, unit), visits in _inside(task, ceiling, possible, over).items():
            most = int(ceiling.most[visits[0]]) - ceiling.made.get((subject, unit), 0)
            if len(visits) > most:
                for visit in _left_out(task, visits, max(most, 0), ceiling, unit, adopted):
                    over[visit] = index
    return over


def _inside(task: Task, ceiling: Ceiling, possible: Bools, over: dict[int, int]) -> dict[tuple[int, int], list[int]]:
    """Give, by subject and unit, the visits whose whole window lies in the unit."""
    counted = ceiling.applies & (ceiling.most >= 0) & (task.merged < 0) & possible
    counted &= ceiling.unit[task.first] == ceiling.unit[np.maximum(task.last, 0)]
    counted[list(over)] = False
    groups: dict[tuple[int, int], list[int]] = {}
    for visit in np.flatnonzero(counted).tolist():
        groups.setdefault((int(task.subject[visit]), int(ceiling.unit[task.first[visit]])), []).append(visit)
    return groups


def _left_out(task: Task, visits: list[int], keep: int, ceiling: Ceiling, unit: int, adopted: set[int]) -> list[int]:
    """Choose whom to leave out: whole levels from the lowest, and of the level that is split, by the gaps."""
    by_level: dict[int, list[int]] = {}
    for visit in sorted(visits, key=lambda v: (task.first[v] + task.last[v], v)):
        by_level.setdefault(int(task.importance[visit]), []).append(visit)
    left: list[int] = []
    days = np.flatnonzero(ceiling.unit == unit)
    for level in sorted(by_level, reverse=True):
        equals = by_level[level]
        if len(equals) <= keep:
            keep -= len(equals)
            continue
        settled = [visit for visit in equals if visit in adopted][:keep]
        left.extend(visit for visit in equals if visit in adopted and visit not in settled)
        equals = [visit for visit in equals if visit not in adopted]
        keep -= len(settled)
        middles = tuple(int(task.first[v] + task.last[v]) for v in equals)
        kept = even_choice(middles, keep, 2 * int(days[0]), 2 * int(days[-1]))
        left.extend(visit for i, visit in enumerate(equals) if i not in kept)
        keep = 0
    return left


@lru_cache(maxsize=4096)
def even_choice(middles: tuple[int, ...], keep: int, start: int, end: int) -> frozenset[int]:
    """Choose `keep` of the middles (ascending) so that the longest gap, ends included, is smallest; then the earlier.

    The gaps before the first and after the last count, else a cluster would do as well as an even row.
    """
    if keep <= 0:
        return frozenset()
    points = (start, *middles, end)
    widths = sorted({b - a for i, a in enumerate(points) for b in points[i:]})
    low, high = 0, len(widths) - 1
    while low < high:
        half = (low + high) // 2
        if _reaches(points, 0, keep, widths[half]):
            high = half
        else:
            low = half + 1
    longest = widths[low]
    chosen: list[int] = []
    at = 0
    for left in range(keep, 0, -1):
        at = next(
            i
            for i in range(at + 1, len(points) - left)
            if points[i] - points[at] <= longest and _reaches(points, i, left - 1, longest)
        )
        chosen.append(at - 1)
    return frozenset(chosen)


def _reaches(points: tuple[int, ...], at: int, steps: int, longest: int) -> bool:
    """Whether the end can be reached with exactly so many stops, no gap being longer."""
    here = {at}
    for step in range(steps):
        rest = steps - step - 1
        here = {j for i in here for j in range(i + 1, len(points) - 1 - rest) if points[j] - points[i] <= longest}
    return any(points[-1] - points[i] <= longest for i in here)
