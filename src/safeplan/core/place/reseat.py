"""Reseat: new days for all near visits of a series at once, where its gaps leave none for one more."""

from __future__ import annotations

from safeplan.core.crew import Witness
from safeplan.core.place.board import Board

TRIES = 120
"""Days tried for the visits before they go back to where they were."""

_NEAR = 2
"""Gaps on both sides of a visit's window within which the others of its series may move."""


def reseat(board: Board, visit: int) -> bool:
    """Put a visit on a day by seating it and the near others of its series anew, each on the first day that takes it.

    False, and nothing changed, when no such days were found.
    """
    kept = board.task.series.get(visit, ())
    if not kept or not _stands_in_the_way(board, visit):
        return False
    reach = _NEAR * max(gap for _, gap in kept)
    first, last = int(board.task.first[visit]) - reach, int(board.task.last[visit]) + reach
    mates = [one for one in board.mates(visit) if first <= board.day[one] <= last]
    old = {one: int(board.day[one]) for one in mates}
    before = {day: board.crews(day).witness for day in old.values()}
    for one in mates:
        board.lift(one)
    queue = sorted([*mates, visit], key=lambda one: (int(board.task.last[one]), int(board.task.first[one]), one))
    if _seat(board, queue, before, [TRIES]):
        return True
    for day, witness in before.items():
        board.crews(day).witness = witness
    for one in mates:
        board.restore(one, old[one])
    return False


def _stands_in_the_way(board: Board, visit: int) -> bool:
    """Whether on some day only its gaps keep the visit away."""
    return any(
        not board.keeps_gap(visit, day) and not board.ceiling(visit, day) and board.staffs(visit, day)
        for day in board.task.allowed(visit).tolist()
    )


def _seat(board: Board, queue: list[int], before: dict[int, Witness], tries: list[int]) -> bool:
    if not queue:
        return True
    one, *rest = queue
    for day in board.task.allowed(one).tolist():
        if not board.permits(one, day) or board.other(one, day) is not None or not board.staffs(one, day):
            continue
        if not tries[0]:
            return False
        tries[0] -= 1
        witness = board.crews(day).witness
        before.setdefault(day, witness)
        if board.put(one, day):
            if _seat(board, rest, before, tries):
                return True
            board.lift(one)
            board.crews(day).witness = witness
    return False
