"""Repair: a day for what the spread left over - the nearest that takes it, else by augmenting paths.

A path moves visits from day to day, each to a day that its own window and people allow, until one finds room. Where
all visits and crews are alike a search that finds no path is a proof (the visits that it reached have too few days for
all of them); elsewhere it is a strong local search.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from safeplan.core.place.board import Board
from safeplan.core.place.spread import Loads
from safeplan.core.place.task import Ints, Shortage


class Repairs:
    """Finds days for single visits, and remembers the tight sets that it ran into.

    Days that a failed search reached stay tight: later visits only add to them, so no later search enters them again.
    """

    def __init__(self, board: Board, loads: Loads) -> None:
        self._board = board
        self._loads = loads
        self._tight: dict[tuple[int, int], int] = {}
        self._root: list[int] = []
        self._days: list[set[int]] = []
        self._visits: list[set[int]] = []
        self._short: dict[int, int] = {}
        self._hopeless: dict[tuple[int, int, int, int], int] = {}

    def insert(self, visit: int, wish: int) -> bool:
        """Put a visit on the best day that takes it, or make room for it; False when it found none."""
        hopeless = self._hopeless.get(self._kind(visit))
        if hopeless is not None:
            self._short[visit] = hopeless
            return False
        days = self._board.task.allowed(visit)
        if not days.size:
            return False
        return self.nearest(visit, wish) or self._augment(visit)

    def nearest(self, visit: int, wish: int) -> bool:
        """Put a visit on the nearest day that takes it as things stand; False when none does."""
        days = self._board.task.allowed(visit)
        return bool(days.size) and self._nearest(visit, days, wish if wish >= 0 else int(days[days.size // 2]))

    def shortages(self) -> tuple[tuple[Shortage, ...], dict[int, int]]:
        """Give the tight sets, those joined that met, and which of them each visit was short of."""
        roots = sorted({self._find(one) for one in range(len(self._root))})
        number = {root: i for i, root in enumerate(roots)}
        shortages = tuple(Shortage(tuple(sorted(self._days[r])), tuple(sorted(self._visits[r]))) for r in roots)
        return shortages, {visit: number[self._find(one)] for visit, one in self._short.items()}

    def _kind(self, visit: int) -> tuple[int, int, int, int]:
        """Give what makes two visits compete alike: people, window and days."""
        task = self._board.task
        return int(task.need[visit]), int(task.first[visit]), int(task.last[visit]), int(task.day_set[visit])

    def _nearest(self, visit: int, days: Ints, wish: int) -> bool:
        """Try the allowed days from the wish outwards, those that stay within the slack first."""
        board = self._board
        order = days[np.lexsort((days, np.abs(days - wish)))].tolist()
        calm = self._calm(visit) if board.task.slack else None
        for within in (True, False) if calm is not None else (True,):
            for day in order:
                if calm is not None and bool(calm[day]) != within:
                    continue
                if board.staffs(visit, day) and board.put(visit, day):
                    return True
        return False

    def _calm(self, visit: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        task = self._board.task
        pool = task.needs[task.need[visit]].who
        return self._loads.load(pool) < (1 - task.slack) * self._loads.capacity(pool)

    def _augment(self, visit: int) -> bool:
        """Search breadth first for a chain of moves that ends on a day with room."""
        board, task = self._board, self._board.task
        before: dict[int, tuple[int, int] | None] = {visit: None}
        queue = deque([visit])
        reached: set[tuple[int, int]] = set()
        met: set[int] = set()
        while queue:
            moving = queue.popleft()
            need = int(task.need[moving])
            for day in task.allowed(moving).tolist():
                if day == board.day[moving]:
                    continue
                if (day, need) in self._tight:
                    met.add(self._find(self._tight[day, need]))
                    continue
                double = board.other(moving, day)
                if double is not None:
                    if double not in before and board.crews(day).accepts(need, int(task.need[double])):
                        before[double] = (moving, day)
                        queue.append(double)
                    continue
                if (day, need) in reached:
                    continue
                if not board.permits(moving, day):
                    continue
                if board.staffs(moving, day):
                    if self._apply(moving, day, before):
                        return True
                    continue
                reached.add((day, need))
                for other, visits in board.needs_on(day).items():
                    if board.crews(day).accepts(need, other):
                        for candidate in visits:
                            if candidate not in before:
                                before[candidate] = (moving, day)
                                queue.append(candidate)
        self._remember(visit, reached, set(before), met)
        need = int(task.need[visit])
        if all((day, need) in self._tight for day in task.allowed(visit).tolist()):
            self._hopeless[self._kind(visit)] = self._short[visit]
        return False

    def _apply(self, last: int, day: int, before: dict[int, tuple[int, int] | None]) -> bool:
        """Make the moves of a chain from its end; undo them all when one fails."""
        board = self._board
        chain = [(last, day)]
        step = before[last]
        while step is not None:
            chain.append(step)
            step = before[step[0]]
        old = {visit: int(board.day[visit]) for visit, _ in chain}
        touched = {d for d in (*old.values(), *(d for _, d in chain)) if d >= 0}
        kept = {d: board.crews(d).witness for d in touched}
        for visit, _ in chain:
            if old[visit] >= 0:
                board.lift(visit, keep_crew=True)
        made: list[int] = []
        for i, (visit, to) in enumerate(chain):
            leaves = chain[i - 1][0] if i else None
            if not board.put(visit, to, instead_of=leaves):
                for done in made:
                    board.lift(done, keep_crew=True)
                for d, witness in kept.items():
                    board.crews(d).witness = witness
                for back, at in old.items():
                    if at >= 0:
                        board.restore(back, at)
                return False
            made.append(visit)
        return True

    def _remember(self, visit: int, reached: set[tuple[int, int]], visits: set[int], met: set[int]) -> None:
        own = len(self._root)
        self._root.append(own)
        self._days.append({day for day, _ in reached})
        self._visits.append(visits)
        self._short[visit] = own
        for node in reached:
            self._tight[node] = own
        for other in sorted(met):
            root = self._find(other)
            mine = self._find(own)
            if root != mine:
                self._root[mine] = root
                self._days[root] |= self._days[mine]
                self._visits[root] |= self._visits[mine]

    def _find(self, one: int) -> int:
        while self._root[one] != one:
            self._root[one] = self._root[self._root[one]]
            one = self._root[one]
        return one
