"""Exchange: room for a visit by moving two others at once, or those that stand too near to it.

Augmenting paths move one visit for one. Where pairs and singles, or long and short visits, share a day, one visit may
need the room of two; where gaps are written, the other visits of its subject may have to make way. Both are tried here
for what the paths left, with a budget of trials.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement, islice

from safeplan.core.place.board import Board
from safeplan.core.place.repair import Repairs

_TRIALS = 80
"""Trades tried for one visit; each asks a day's crews and, at most, two places elsewhere."""
_ALIKE = 3
"""Visits of one need that are tried in turn: they differ in their windows."""
_NEAR = 2
"""Visits of its own series that may be asked to make way."""


def exchange(board: Board, repairs: Repairs, visit: int) -> bool:
    """Make room for a visit at the price of moving two; False, and everything as before, when no trade works."""
    trials = ((day, pair) for day in board.task.allowed(visit).tolist() for pair in _pairs(board, day))
    return any(_trade(board, repairs, visit, day, pair) for day, pair in islice(trials, _TRIALS))


def respace(board: Board, repairs: Repairs, visit: int) -> bool:
    """Find a day for a visit by moving the visits of its own series that stand too near."""
    for day in board.task.allowed(visit).tolist():
        near = board.too_near(visit, day)
        if (
            near
            and len(near) <= _NEAR
            and board.held.isdisjoint(near)
            and board.other(visit, day) in (None, *near)
            and _moved(board, repairs, visit, day, near)
        ):
            return True
    return False


def _moved(board: Board, repairs: Repairs, visit: int, day: int, near: list[int]) -> bool:
    old = {one: int(board.day[one]) for one in near}
    days = {day, *old.values()}
    before = {one: board.crews(one).witness for one in days}
    for one in near:
        board.lift(one)
    done: list[int] = []
    if board.staffs(visit, day) and board.put(visit, day):
        done.append(visit)
        for one in near:
            if not repairs.nearest(one, old[one]):
                break
            done.append(one)
        if len(done) == len(near) + 1:
            return True
    for one in reversed(done):
        board.lift(one)
    for one, witness in before.items():
        board.crews(one).witness = witness
    for one in near:
        board.restore(one, old[one])
    return False


def _pairs(board: Board, day: int) -> Iterator[tuple[int, int]]:
    """Give pairs of a day's visits, a few of each two needs."""
    by_need = {
        need: list(islice((visit for visit in visits if visit not in board.held), _ALIKE))
        for need, visits in sorted(board.needs_on(day).items())
    }
    for one, two in combinations_with_replacement(by_need, 2):
        for first in by_need[one]:
            for second in by_need[two]:
                if first < second or (one != two and first != second):
                    yield first, second


def _trade(board: Board, repairs: Repairs, visit: int, day: int, pair: tuple[int, int]) -> bool:
    before = board.crews(day).witness
    if not board.trade(visit, day, pair):
        return False
    moved: list[int] = []
    for one in pair:
        if not repairs.nearest(one, day):
            break
        moved.append(one)
    if len(moved) == len(pair):
        return True
    for one in moved:
        board.lift(one)
    board.lift(visit, keep_crew=True)
    board.crews(day).witness = before
    for one in pair:
        board.restore(one, day)
    return False
