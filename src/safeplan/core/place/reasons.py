"""Reasons: which restriction leaves a visit without a day, laid on in the order of design.md; the first names it."""

from __future__ import annotations

import numpy as np

from safeplan.core.crews import DayCrews
from safeplan.core.force import members
from safeplan.core.needs import Need
from safeplan.core.place.board import Board
from safeplan.core.place.task import Bools, Task
from safeplan.terms.reason import Reason

IMPOSSIBLE = (Reason.NO_WORKING_DAY, Reason.CLOSED, Reason.RECUSAL, Reason.SKILLS, Reason.OFFICERS, Reason.PIN)
"""Reasons that hold for the visit by itself, whatever else is planned."""


class Reasons:
    """Explains what has no day, on the board as it stands at the end."""

    def __init__(self, task: Task, board: Board, open_sets: Bools) -> None:
        self._task, self._board, self._open_sets = task, board, open_sets
        self._alone: dict[tuple[int, int], bool] = {}
        self._people: dict[tuple[int, int, int, bytes], Reason | None] = {}

    def possible(self) -> Bools:
        """Tell which visits could be made if each were the only one."""
        task = self._task
        if not task.need.size:
            return np.zeros(0, np.bool_)
        kinds = np.stack((task.need, task.first, task.last, task.day_set), axis=1)
        _, example, kind = np.unique(kinds, axis=0, return_index=True, return_inverse=True)
        found = np.array([self.alone(visit) is None for visit in example.tolist()], np.bool_)
        return found[kind.reshape(-1)]

    def alone(self, visit: int) -> Reason | None:
        """Give the reason why a visit could not be made even if it were the only one; None when it could."""
        task = self._task
        first, last = int(task.first[visit]), int(task.last[visit])
        if first > last:
            return Reason.CLOSED
        if not self._open_sets[task.day_set[visit], first : last + 1].any():
            return Reason.NO_WORKING_DAY
        days = task.allowed(visit)
        if not days.size:
            return Reason.CLOSED
        key = (int(task.need[visit]), first, last, task.day_sets[task.day_set[visit]].tobytes())
        if key not in self._people:
            self._people[key] = self._nobody(int(task.need[visit]), days.tolist())
        return self._people[key]

    def why(self, visit: int) -> Reason:
        """Give the reason why a visit has no day."""
        alone = self.alone(visit)
        if alone is not None:
            return alone
        board, task = self._board, self._task
        if not board.binds(visit):
            return Reason.CAPACITY
        days = [day for day in task.allowed(visit).tolist() if self._can(int(task.need[visit]), day)]
        for reason in (Reason.CAP, Reason.LIMIT):
            if all(board.ceiling(visit, day) == reason.value for day in days):
                return reason
        if all(not board.keeps_gap(visit, day) or board.ceiling(visit, day) for day in days):
            return Reason.GAP
        return Reason.CAPACITY

    def _can(self, need: int, day: int) -> bool:
        if (need, day) not in self._alone:
            crews = DayCrews(self._task.force, self._task.needs, self._task.pools, day)
            self._alone[need, day] = crews.alone(need)
        return self._alone[need, day]

    def _nobody(self, code: int, days: list[int]) -> Reason | None:
        """Say why no crew can be formed for a need on any of some days."""
        if any(self._can(code, day) for day in days):
            return None
        need = self._task.needs[code]
        enough = [day for day in days if need.unbarred[day].bit_count() >= need.people]
        if enough and not any(need.unpinned[day].bit_count() >= need.people for day in enough):
            return Reason.RECUSAL
        if need.skills and not any(self._skilled(need, day) for day in days):
            return Reason.SKILLS
        return Reason.PIN if any(self._without_pins(need, day) for day in days) else Reason.OFFICERS

    def _skilled(self, need: Need, day: int) -> bool:
        """Whether the carrier's people hold all the skills, leave aside."""
        people = [self._task.force.people[i] for i in members(need.unpinned[day])]
        held = {skill for one in people if not need.certified or one.certified_until >= day for skill in one.skills}
        return held.issuperset(need.skills)

    def _without_pins(self, need: Need, day: int) -> bool:
        free = Need(
            need.unpinned, need.people, need.certified, need.skills, need.minutes, 0, 0, need.unpinned, need.unbarred
        )
        return DayCrews(self._task.force, (free,), (free.who,), day).alone(0)
