"""Place: a day for every visit of an area, level by level of importance, and what stays without one."""

from __future__ import annotations

import numpy as np

from safeplan.core.place.board import Board
from safeplan.core.place.ceilings import surplus
from safeplan.core.place.repair import Repairs
from safeplan.core.place.spread import Loads, targets
from safeplan.core.place.task import Ints, Placed, Task


def place(task: Task) -> Placed:
    """Place an area's visits.

    A level's visits are spread, put where the day can be staffed, and the rest repaired, before a lower level is looked
    at: so nothing is ever given up for anything less important. A merged visit that finds no day is split into its
    parts, each at its own level.
    """
    board, loads = Board(task), Loads(task)
    repairs = Repairs(board, loads)
    over = surplus(task)
    waiting = {
        level: np.flatnonzero((task.importance == level) & (task.merged < 0))
        for level in np.unique(task.importance).tolist()
    }
    parts: dict[int, list[int]] = {}
    for part in np.flatnonzero(task.merged >= 0).tolist():
        parts.setdefault(int(task.merged[part]), []).append(part)
    awake: dict[int, list[int]] = {}
    for level in sorted(waiting, reverse=True):
        visits = np.array([v for v in waiting[level].tolist() if v not in over], np.int64)
        split = [part for v in waiting[level].tolist() if v in over for part in parts.get(v, ())]
        _place_level(board, repairs, loads, visits, [*awake.pop(level, []), *split], parts, awake, level)
    shortages, short_of = repairs.shortages()
    return Placed(
        board.day,
        {day: tuple((crew.mask, crew.load) for crew in board.crews(day).witness) for day in board.used_days()},
        over,
        shortages,
        short_of,
        board.unsettled,
    )


def _place_level(
    board: Board,
    repairs: Repairs,
    loads: Loads,
    visits: Ints,
    woken: list[int],
    parts: dict[int, list[int]],
    awake: dict[int, list[int]],
    level: int,
) -> None:
    """Place one level; parts of merged visits that found no day are woken, at this level or for a lower one."""
    wish = targets(board.task, visits, loads)
    bound = board.bound(visits)
    left = board.fill(visits[~bound], wish[~bound])
    wishes = dict(zip(visits.tolist(), wish.tolist(), strict=True))
    queue = sorted([*visits[bound].tolist(), *left.tolist()], key=lambda v: _strictness(board, v))
    queue.extend(woken)
    while queue:
        visit = queue.pop(0)
        if repairs.insert(visit, wishes.get(visit, -1)):
            continue
        for part in parts.get(visit, ()):
            at = int(board.task.importance[part])
            (queue if at >= level else awake.setdefault(at, [])).append(part)


def _strictness(board: Board, visit: int) -> tuple[int, int, int]:
    """Order what is put one by one: shortest window first, then the earliest."""
    task = board.task
    return int(task.last[visit] - task.first[visit]), int(task.first[visit]), int(task.tour[visit])
