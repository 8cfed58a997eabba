"""Carriers (承办): which officers may make a visit, by rule and place, on each day of the plan (rules.md, Who).

Officers are bits of an integer, in the order of the plan's list; days count from the plan's first.
"""

from __future__ import annotations

from functools import cached_property

from safeplan.core.calendar import Calendar
from safeplan.plan.grids import Holder
from safeplan.plan.plan import Plan

Timeline = tuple[tuple[int, int, int], ...]
"""Where a subject is: (first day, last day, grid), days counted from the plan's first; -1: in no grid."""


class Carriers:
    """Answers who may go where, and remembers the answers."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        self._plan = plan
        self.start = calendar.index(plan.first)
        self.days = calendar.index(plan.last) - self.start + 1
        self._calendar = calendar
        self._covers: dict[int, int] = {}
        self._known: dict[tuple[str | None, int], tuple[int, ...]] = {}
        self.everyone = (1 << len(plan.file.officers)) - 1

    def who(self, by: str | None, place: Timeline) -> tuple[int, ...]:
        """Give the officers who may make a visit, for each day of the plan.

        `by` is a team's id, a role, or None: whoever covers the grid.
        """
        if len(place) == 1:
            return self._in_grid(by, place[0][2])
        masks = [0] * self.days
        for first, last, grid in place:
            here = self._in_grid(by, grid)
            masks[first : last + 1] = here[first : last + 1]
        return tuple(masks)

    def _in_grid(self, by: str | None, grid: int) -> tuple[int, ...]:
        key = (by, grid)
        if key not in self._known:
            if by is None:
                self._known[key] = (self._cover(grid),) * self.days
            elif by in self._plan.teams:
                self._known[key] = (self.members[self._plan.teams[by]],) * self.days
            else:
                self._known[key] = self._holders(by, grid)
        return self._known[key]

    def local(self, place: Timeline) -> tuple[int, ...]:
        """Give the officers whose `grids` name the very grid where a subject is, for each day of the plan."""
        masks = [0] * self.days
        for first, last, grid in place:
            masks[first : last + 1] = [self._named.get(grid, 0)] * (last + 1 - first)
        return tuple(masks)

    @cached_property
    def members(self) -> tuple[int, ...]:
        """Give the members of each team."""
        masks = [0] * len(self._plan.file.teams)
        for code, officer in enumerate(self._plan.file.officers):
            for team in officer.teams:
                masks[self._plan.teams[team]] |= 1 << code
        return tuple(masks)

    @cached_property
    def _named(self) -> dict[int, int]:
        """Give, for each grid, the officers whose `grids` name it."""
        named: dict[int, int] = {}
        for code, officer in enumerate(self._plan.file.officers):
            for grid in officer.grids:
                at = self._plan.grids[grid]
                named[at] = named.get(at, 0) | 1 << code
        return named

    @cached_property
    def _roaming(self) -> int:
        """Give the officers without grids of their own."""
        return sum(1 << code for code, officer in enumerate(self._plan.file.officers) if not officer.grids)

    def _cover(self, grid: int) -> int:
        """Give the members of the first team that covers a grid who serve it, else the officers who serve it."""
        if not self._plan.file.grids:
            return self.everyone
        if grid not in self._covers:
            serving = self._serving(grid)
            self._covers[grid] = next(
                (team & (serving | self._roaming) for team in self.members if team & serving), serving
            )
        return self._covers[grid]

    def _serving(self, grid: int) -> int:
        serving = 0
        while grid >= 0:
            serving |= self._named.get(grid, 0)
            grid = self._plan.grid_parent[grid]
        return serving

    def _holders(self, role: str, grid: int) -> tuple[int, ...]:
        """Give who holds a role in the grid, else in the nearest grid above that has a holder on the day."""
        grids = self._plan.file.grids
        tops = [code for code, parent in enumerate(self._plan.grid_parent) if parent < 0]
        levels = [[code] for code in self._upwards(grid)] if grid >= 0 else [tops]
        masks = [0] * self.days
        for level in reversed(levels):
            held = [0] * self.days
            for holder in (holder for code in level for holder in grids[code].roles.get(role, ())):
                first, last = self._held(holder)
                for day in range(first, last + 1):
                    held[day] |= 1 << self._plan.officers[holder.officer]
            masks = [here or above for here, above in zip(held, masks, strict=True)]
        return tuple(masks)

    def _upwards(self, grid: int) -> list[int]:
        path = []
        while grid >= 0:
            path.append(grid)
            grid = self._plan.grid_parent[grid]
        return path

    def _held(self, holder: Holder) -> tuple[int, int]:
        first = self._calendar.index(holder.from_) - self.start if holder.from_ else 0
        last = self._calendar.index(holder.to) - self.start if holder.to else self.days - 1
        return max(first, 0), min(last, self.days - 1)
