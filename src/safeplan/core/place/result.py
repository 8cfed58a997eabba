"""Result: what an area's place found - days, crews, what stays open and why, and how much of it is proven."""

from __future__ import annotations

import numpy as np

from safeplan.core.force import members
from safeplan.core.place.board import Board
from safeplan.core.place.proof import disjoint, prove
from safeplan.core.place.reasons import IMPOSSIBLE, Reasons
from safeplan.core.place.repair import Repairs
from safeplan.core.place.task import Bound, Placed, Task
from safeplan.terms.reason import Reason


def result(
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
