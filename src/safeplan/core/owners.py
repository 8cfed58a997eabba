"""Owners: which officers answer for an activity in a grid on a day (rules.md, Who and Activities)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from safeplan.plan.plan import Plan


class Owners:
    """Answers who an owner is: an officer, or the holders of a role, and remembers the answers."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._tops = [code for code, parent in enumerate(plan.grid_parent) if parent < 0]

    def of(self, owners: Sequence[str], grid: int, day: date) -> tuple[int, ...]:
        """Give the officers (codes) who answer for work in a grid on a day, each once, in the order written.

        A role is that of the grid, else of the nearest grid above that has a holder on the day; without a grid (-1), of
        the top grids.
        """
        found: dict[int, None] = {}
        for owner in owners:
            if owner in self._plan.officers:
                found[self._plan.officers[owner]] = None
            else:
                found |= dict.fromkeys(self._holders(owner, grid, day))
        return tuple(found)

    def _holders(self, role: str, grid: int, day: date) -> list[int]:
        at = [grid] if grid >= 0 else self._tops
        while at:
            holders = [
                self._plan.officers[one.officer]
                for code in at
                for one in self._plan.file.grids[code].roles.get(role, ())
                if (one.from_ is None or one.from_ <= day) and (one.to is None or day <= one.to)
            ]
            if holders:
                return holders
            at = [parent for parent in (self._plan.grid_parent[code] for code in at) if parent >= 0]
        return []

    def is_away(self, code: int, day: date) -> bool:
        """Whether an officer is on leave for the whole of a day."""
        leave = [one.half for one in self._plan.file.officers[code].leave if day in one]
        return None in leave or len(set(leave)) > 1

    def id_of(self, code: int) -> str:
        """Give the id of an officer."""
        return self._plan.file.officers[code].id
