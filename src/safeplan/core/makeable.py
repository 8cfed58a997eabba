"""Makeable: on which days some crew could make a visit, were it the only one; merging proposes nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from safeplan.core.calendar import Calendar
from safeplan.core.carriers import Carriers
from safeplan.core.crews import DayCrews
from safeplan.core.duties import Duty
from safeplan.core.force import Force, members, people_of
from safeplan.core.needs import Asked, Need, pools_of, skills_of
from safeplan.plan.plan import Plan


class Makeable:
    """Answers for duties and enterprises, and remembers by what they ask.

    `kind[e]` is the same for enterprises of which everything holds alike.
    """

    def __init__(self, plan: Plan, calendar: Calendar, carriers: Carriers) -> None:
        every = np.arange(len(plan.enterprises))
        self._asked = Asked(plan, every, np.full(every.size, -1), carriers)
        self.kind = self._asked.kind
        self._skills = skills_of(plan)
        self._force = Force(people_of(plan, calendar, self._skills), {})
        people = self._force.people
        self._days = carriers.days
        self._here = [self._force.here(day) for day in range(self._days)]
        self._whole = [_mask(one.halves[day] == 3 for one in people) for day in range(self._days)]
        self._certified = [_mask(one.certified_until >= day for one in people) for day in range(self._days)]
        self._long: dict[int, int] = {}  # minutes → who has so many in a whole day
        self._known: dict[tuple[tuple[int, ...], int], int] = {}
        self._of_need: dict[Need, int] = {}
        self._of_state: dict[tuple[object, ...], bool] = {}

    def days(self, duty: Duty, enterprise: int) -> int:
        """Give the days of the plan, as bits, on which a crew for such a visit to the enterprise can be formed."""
        key = (duty.rules, int(self.kind[enterprise]))
        if key not in self._known:
            need = self._asked.need(duty, enterprise, self._skills)
            if need not in self._of_need:
                self._of_need[need] = sum(1 << day for day in range(self._days) if self._on(need, day))
            self._known[key] = self._of_need[need]
        return self._known[key]

    def _on(self, need: Need, day: int) -> bool:
        if not need.people:
            return True
        who = need.who[day] & self._here[day]
        if who.bit_count() < need.people:
            return False
        plain = not (need.skills or need.exactly or need.among)
        if plain and self._plainly(need, who & self._whole[day], day):
            return True
        people = self._force.people
        key = (
            need.people, need.certified, need.skills, need.minutes, need.exactly, need.among, who,
            who & self._certified[day], bytes(people[i].halves[day] for i in members(who)),
        )  # fmt: skip
        if key not in self._of_state:
            self._of_state[key] = DayCrews(self._force, (need,), pools_of(need), day).alone(0)
        return self._of_state[key]

    def _plainly(self, need: Need, whole: int, day: int) -> bool:
        """Whether enough people who are there all day have the time, and are certified: then no search is needed."""
        if need.minutes not in self._long:
            self._long[need.minutes] = _mask(
                one.minutes >= need.minutes and one.visits > 0 for one in self._force.people
            )
        able = whole & self._long[need.minutes]
        certified = (able & self._certified[day]).bit_count()
        return able.bit_count() >= need.people and certified >= need.certified


def _mask(holds: Iterable[bool]) -> int:
    return sum(1 << i for i, one in enumerate(holds) if one)
