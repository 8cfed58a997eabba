"""Place: a day for every visit of an area, level by level of importance, and what stays without one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from safeplan.core.force import members
from safeplan.core.place.board import Board
from safeplan.core.place.ceilings import surplus
from safeplan.core.place.exchange import exchange, respace
from safeplan.core.place.proof import disjoint, prove
from safeplan.core.place.reasons import IMPOSSIBLE, Reasons
from safeplan.core.place.repair import Repairs
from safeplan.core.place.reseat import reseat
from safeplan.core.place.spread import Loads, targets
from safeplan.core.place.task import Bools, Bound, Ints, Placed, Task
from safeplan.terms.reason import Reason

_EXCHANGES = 200
"""Visits of a level for which two others are asked to move; beyond that the area is hopelessly short anyway."""


def place(task: Task, open_sets: Bools) -> Placed:
    """Place an area's visits.

    A level's visits are spread, put where the day can be staffed, and the rest repaired, before a lower level is looked
    at: so nothing is ever given up for anything less important. A merged visit that finds no day is split into its
    parts, each at its own level. `open_sets` are the day sets before closed days, for the reasons.

    Adopted visits come first of all, where they were; only when then something stays open that another order might
    save, they come first of their own level.
    """
    placed = _placed(task, open_sets, at_once=True)
    if task.settled and any(reason not in IMPOSSIBLE for reason in placed.open.values()):
        other = _placed(task, open_sets, at_once=False)
        if _lost(task, other) < _lost(task, placed):
            return other
    return placed


def _lost(task: Task, placed: Placed) -> list[tuple[int, int]]:
    """Say what is open, so that less compares as smaller: levels from the highest, and how many of each."""
    levels = sorted(set(task.importance.tolist()), reverse=True)
    counts = dict.fromkeys(levels, 0)
    for visit in placed.open:
        counts[int(task.importance[visit])] += not task.outlasts[visit]
    return [(-level, counts[level]) for level in levels]


def _placed(task: Task, open_sets: Bools, *, at_once: bool) -> Placed:
    """Place everything; adopted visits before all else (`at_once`), or before the others of their level."""
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
    if at_once:
        settled.seat(board, None)
    for level in sorted(set(task.importance.tolist()), reverse=True):
        if not at_once:
            settled.seat(board, level)
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
            _place_level(board, repairs, loads, waiting[board.day[waiting] < 0], settled, parts, awake, level)
    return _result(task, board, repairs, reasons, over, parts)


class _Settled:
    """Adopted visits: where each was, so that it goes there again, or as near as it can."""

    def __init__(self, task: Task, loads: Loads, lost: set[int]) -> None:
        self._kept = [one for one in task.settled if one.visit not in lost]
        self._level = task.importance
        self.day = {one.visit: one.day for one in self._kept}
        for visit, part in zip(task.merged.tolist(), range(task.merged.size), strict=True):
            if visit in self.day:
                self.day[part] = self.day[visit]
        for one in self._kept:
            loads.put(one.visit, one.day)

    def seat(self, board: Board, level: int | None) -> None:
        """Put those of a level (None: all) on their days with their crews, as far as that can be."""
        for one in self._kept:
            if level is None or self._level[one.visit] == level:
                board.seat(one.visit, one.day, one.mask)


def _result(
    task: Task,
    board: Board,
    repairs: Repairs,
    reasons: Reasons,
    over: dict[int, int],
    parts: dict[int, list[int]],
) -> Placed:
    """Say what has no day, why, and how much of it is proven."""
    merged_out = {v for v in parts if board.day[v] < 0}
    asleep = {part for v, of in parts.items() if v not in merged_out for part in of}
    lost = [v for v in np.flatnonzero(board.day < 0).tolist() if v not in merged_out and v not in asleep]
    open_ = {v: Reason(task.ceilings[over[v]].reason) if v in over else reasons.why(v) for v in lost}
    counted = np.ones(task.need.size, np.bool_)
    counted[[v for v, reason in open_.items() if v in over or reason in IMPOSSIBLE]] = False
    counted[task.outlasts] = False
    capped = np.isin(task.subject, [int(task.subject[v]) for v in over]) & (task.subject >= 0)
    merging = np.isin(task.subject, [int(task.subject[v]) for v in parts]) & (task.subject >= 0)
    mergeable = merging & ~capped & ~task.outlasts & (task.rule >= 0)
    mergeable[[v for v in np.flatnonzero(mergeable).tolist() if reasons.alone(v) is not None]] = False
    counted[capped | merging] = False
    shortages, short_of = repairs.shortages()
    proven: dict[int, Bound] = {}
    for i, one in enumerate(shortages):
        inside = [v for v in lost if short_of.get(v) == i and open_[v] is Reason.CAPACITY]
        proven |= prove(task, one, counted, mergeable, inside)
    bounds = list({id(bound): bound for bound in proven.values()}.values())
    total = disjoint(bounds)
    number = {id(bound): at for at, bound in enumerate(bounds)}
    bound_of = {visit: number[id(bound)] for visit, bound in proven.items()}
    certain = 0
    for key, visits in _impossible(task, open_, over).items():
        certain += sum(1 for v in visits if not task.outlasts[v])
        if key is not None:
            bound_of |= dict.fromkeys(visits, len(bounds))
            bounds.append(_nobody(task, visits))
    certain += sum(1 for v in over if v in open_ and not task.outlasts[v])
    return Placed(
        board.day,
        {day: tuple((crew.mask, crew.load) for crew in board.crews(day).witness) for day in board.used_days()},
        open_,
        tuple(bounds),
        bound_of,
        total + certain,
        board.unsettled,
    )


def _impossible(
    task: Task, open_: dict[int, Reason], over: dict[int, int]
) -> dict[tuple[int, tuple[int, ...]] | None, list[int]]:
    """Give what nobody can make, by need and days where officers or skills are the reason, the rest under None."""
    found: dict[tuple[int, tuple[int, ...]] | None, list[int]] = {}
    for visit, reason in open_.items():
        if visit not in over and reason in IMPOSSIBLE:
            shown = reason in (Reason.SKILLS, Reason.OFFICERS)
            key = (int(task.need[visit]), tuple(task.allowed(visit).tolist())) if shown else None
            found.setdefault(key, []).append(visit)
    return found


def _nobody(task: Task, visits: list[int]) -> Bound:
    """Make the proof of visits that no crew can be formed for: none is possible."""
    need, days = task.needs[task.need[visits[0]]], tuple(task.allowed(visits[0]).tolist())
    mask = 0
    for day in days:
        mask |= need.who[day]
    return Bound(days, tuple(members(mask)), frozenset(visits), len(visits), 0, "visits", len(visits))


def _place_level(
    board: Board,
    repairs: Repairs,
    loads: Loads,
    visits: Ints,
    settled: _Settled,
    parts: dict[int, list[int]],
    awake: dict[int, list[int]],
    level: int,
) -> None:
    """Place one level; parts of merged visits that found no day are woken, at this level or for a lower one."""
    task = board.task
    was = np.array([settled.day.get(v, -1) for v in visits.tolist()], np.int64)
    wish = was.copy()
    wish[was < 0] = targets(task, visits[was < 0], loads)
    # A group is spread over its usual days; who is closed on the one that falls to it is put by itself.
    bound = board.bound(visits) | (was >= 0) | ~task.day_sets[task.day_set[visits], np.maximum(wish, 0)]
    # A merged visit gets its day before a single one of the same subject does.
    merged = np.isin(visits, list(parts))
    left = np.concatenate([board.fill(visits[~bound & some], wish[~bound & some]) for some in (merged, ~merged)])
    wishes = dict(zip(visits.tolist(), wish.tolist(), strict=True))
    queue = sorted([*visits[bound].tolist(), *left.tolist()], key=lambda v: (*_strictness(board, v), v not in parts))
    mixed, tries = len(task.needs) > 1, _EXCHANGES
    while queue:
        visit = queue.pop(0)
        if repairs.insert(visit, wishes.get(visit, -1)):
            continue
        if respace(board, repairs, visit) or reseat(board, visit):
            continue
        if mixed and tries:
            tries -= 1
            if exchange(board, repairs, visit):
                continue
        queue.extend(_wake(task, parts.get(visit, ()), awake, level))


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
