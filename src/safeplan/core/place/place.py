"""Place: a day for every visit of an area, level by level of importance, and what stays without one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np

from safeplan.core.place.board import Board
from safeplan.core.place.ceilings import surplus
from safeplan.core.place.exchange import exchange, respace
from safeplan.core.place.reasons import IMPOSSIBLE, Reasons
from safeplan.core.place.repair import Repairs
from safeplan.core.place.reseat import reseat
from safeplan.core.place.result import result
from safeplan.core.place.spread import Loads, targets
from safeplan.core.place.task import Bools, Ints, Placed, Task

_EXCHANGES = 200
"""Visits of a level for which two others are asked to move; beyond that the area is hopelessly short anyway."""


def place(task: Task, open_sets: Bools) -> Placed:
    """Place an area's visits.

    A level's visits are spread, put where the day can be staffed, and the rest repaired, before a lower level is looked
    at: so nothing is ever given up for anything less important. A merged visit that finds no day is split into its
    parts, each at its own level. `open_sets` are the day sets before closed days, for the reasons.

    Adopted visits come first of all, where they were, and nothing moves them. When then something stays open, others
    may move them, or come before them, if that saves something.
    """
    if not task.settled:
        return _placed(task, open_sets, Adopted.NOT)
    task = _with_issued(task)
    still = _placed(task, open_sets, Adopted.STILL)
    if all(reason in IMPOSSIBLE for reason in still.open.values()):
        return still
    others = (_placed(task, open_sets, when) for when in (Adopted.FIRST, Adopted.BY_LEVEL, Adopted.NOT))
    return min(still, *others, key=lambda one: _lost(task, one))


def _with_issued(task: Task) -> Task:
    """Bind issued visits to their days; those that cannot be made there any more are like adopted ones."""
    board = Board(task)
    fixed = {one.visit for one in task.settled if one.issued and board.seat(one.visit, one.day, one.mask)}
    first, last = task.first.copy(), task.last.copy()
    for one in task.settled:
        if one.visit in fixed:
            first[one.visit] = last[one.visit] = one.day
    settled = tuple(replace(one, issued=one.visit in fixed) for one in task.settled)
    return replace(task, first=first, last=last, settled=settled)


class Adopted(Enum):
    """When adopted visits are put where they were."""

    STILL = auto()  # before all others, and no other moves them
    FIRST = auto()  # before all others
    BY_LEVEL = auto()  # before the others of their level
    NOT = auto()  # not before others; each is only drawn to its day


def _lost(task: Task, placed: Placed) -> list[tuple[int, int]]:
    """Say what is open, so that less compares as smaller: levels from the highest, and how many of each."""
    levels = sorted(set(task.importance.tolist()), reverse=True)
    counts = dict.fromkeys(levels, 0)
    for visit in placed.open:
        counts[int(task.importance[visit])] += not task.outlasts[visit]
    return [(-level, counts[level]) for level in levels]


def _placed(task: Task, open_sets: Bools, when: Adopted) -> Placed:
    """Place everything, adopted visits at some time."""
    board, loads = Board(task), Loads(task)
    repairs = Repairs(board, loads)
    reasons = Reasons(task, board, open_sets)
    possible = reasons.possible()
    over = surplus(task, possible)
    parts: dict[int, list[int]] = {}
    for part in np.flatnonzero(task.merged >= 0).tolist():
        parts.setdefault(int(task.merged[part]), []).append(part)
    awake: dict[int, list[int]] = {}
    settled = _Settled(task, loads, {v for v in range(task.need.size) if not possible[v]} | over.keys())
    settled.fix(board)
    if when in (Adopted.STILL, Adopted.FIRST):
        settled.seat(board)
    for level in sorted(set(task.importance.tolist()), reverse=True):
        at_level = (task.importance == level) & (task.merged < 0)
        # What may still be done after the plan yields to what may not.
        for every in (np.flatnonzero(at_level & ~task.outlasts), np.flatnonzero(at_level & task.outlasts)):
            may = [bool(possible[v]) and v not in over for v in every.tolist()]
            visits = every[np.array(may, np.bool_)]
            split = [
                part
                for merged in every[~np.array(may, np.bool_)].tolist()
                for part in _wake(task, parts.get(merged, ()), awake, level)
            ]
            woken = np.array([v for v in (*awake.pop(level, []), *split) if possible[v]], np.int64)
            waiting = np.concatenate((visits, woken))
            if when is not Adopted.NOT:
                settled.seat(board, set(waiting.tolist()))
            waiting = waiting[board.day[waiting] < 0]
            of = _Level(level, parts, awake, settled, moves=when is not Adopted.STILL)
            _place_level(board, repairs, loads, waiting, of)
    return result(task, board, repairs, reasons, over, parts)


class _Settled:
    """Adopted visits: where each was, so that it goes there again, or as near as it can."""

    def __init__(self, task: Task, loads: Loads, lost: set[int]) -> None:
        own = {one.visit: one for one in task.settled}
        for part, merged in enumerate(task.merged.tolist() if own else ()):
            if merged in own:
                own[part] = replace(own[merged], visit=part)
        self._kept = {visit: one for visit, one in own.items() if visit not in lost}
        self._whole = [one for one in task.settled if one.visit in self._kept]
        self.day = {visit: one.day for visit, one in self._kept.items()}
        for one in self._whole:
            loads.put(one.visit, one.day)

    def fix(self, board: Board) -> None:
        """Put issued visits where they were, for good."""
        issued = [one for one in self._whole if one.issued]
        for one in issued:
            board.seat(one.visit, one.day, one.mask)
        board.hold(one.visit for one in issued if board.day[one.visit] >= 0)

    def seat(self, board: Board, some: set[int] | None = None) -> None:
        """Put some adopted visits (None: all that are whole) on their days with their crews, as far as can be."""
        for one in self._whole if some is None else [self._kept[v] for v in sorted(some & self._kept.keys())]:
            if board.day[one.visit] < 0:
                board.seat(one.visit, one.day, one.mask)


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of importance that is placed: parts of merged visits by these, those awake for lower levels."""

    importance: int
    parts: dict[int, list[int]]
    awake: dict[int, list[int]]
    settled: _Settled
    moves: bool  # whether what stands may be moved


def _place_level(board: Board, repairs: Repairs, loads: Loads, visits: Ints, level: _Level) -> None:
    """Place one level; parts of merged visits that found no day are woken, at this level or for a lower one."""
    task = board.task
    was = np.array([level.settled.day.get(v, -1) for v in visits.tolist()], np.int64)
    wish = was.copy()
    wish[was < 0] = targets(task, visits[was < 0], loads)
    # A group is spread over its usual days; who is closed on the one that falls to it is put by itself.
    bound = board.bound(visits) | (was >= 0) | ~task.day_sets[task.day_set[visits], np.maximum(wish, 0)]
    # A merged visit gets its day before a single one of the same subject does.
    merged = np.isin(visits, list(level.parts))
    left = np.concatenate([board.fill(visits[~bound & some], wish[~bound & some]) for some in (merged, ~merged)])
    wishes = dict(zip(visits.tolist(), wish.tolist(), strict=True))
    queue = sorted(
        [*visits[bound].tolist(), *left.tolist()], key=lambda v: (*_strictness(board, v), v not in level.parts)
    )
    mixed, tries = len(task.needs) > 1, _EXCHANGES
    while queue:
        visit = queue.pop(0)
        wish_ = wishes.get(visit, -1)
        if not level.moves:
            if not repairs.nearest(visit, wish_):
                queue.extend(_wake(task, level.parts.get(visit, ()), level.awake, level.importance))
            continue
        if repairs.insert(visit, wish_):
            continue
        if respace(board, repairs, visit) or reseat(board, visit):
            continue
        if mixed and tries:
            tries -= 1
            if exchange(board, repairs, visit):
                continue
        queue.extend(_wake(task, level.parts.get(visit, ()), level.awake, level.importance))


def _wake(task: Task, parts: Iterable[int], awake: dict[int, list[int]], level: int) -> list[int]:
    """Wake the parts of a merged visit: give those of this level or above, and keep the others for their own."""
    now = []
    for part in parts:
        at = int(task.importance[part])
        if at >= level:
            now.append(part)
        else:
            awake.setdefault(at, []).append(part)
    return now


def _strictness(board: Board, visit: int) -> tuple[int, int, int]:
    """Order what is put one by one: shortest window first, then the earliest."""
    task = board.task
    return int(task.last[visit] - task.first[visit]), int(task.first[visit]), int(task.tour[visit])
