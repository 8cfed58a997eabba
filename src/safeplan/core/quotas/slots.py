"""Slots: the roster of an area once it is staffed, and where in it one more visit finds room.

Nothing that stands is moved: a visit joins a crew of the team that can make it too, or a new crew of people who are
free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safeplan.core.crew import Load, stands
from safeplan.core.crews import DayCrews
from safeplan.core.force import members
from safeplan.core.needs import Need
from safeplan.core.place.task import Task
from safeplan.core.staff import CrewDay


@dataclass(slots=True)
class _Crew:
    """A crew of a day: officers as bits of the area, what it makes by need, and the rows of its visits in order."""

    mask: int
    load: Load
    visits: list[int]


class Slots:
    """The crews of one area, open for more visits; days count from the plan's first, rows are those of the task."""

    def __init__(self, task: Task, roster: Iterable[CrewDay], needs: Iterable[Need]) -> None:
        """Take a roster as it is, and the further needs that will be asked about: they follow the task's own."""
        self._task = task
        self.needs = (*task.needs, *needs)
        self._pools = tuple(dict.fromkeys((*task.pools, *(need.who for need in self.needs))))
        self._bit = {person.code: i for i, person in enumerate(task.force.people)}
        self._so_far = [0] * len(task.force.people)
        self._crews: dict[int, list[_Crew]] = {}
        self._asked: dict[int, DayCrews] = {}
        for one in roster:
            counts: dict[int, int] = {}
            for row in one.visits:
                need = int(task.need[row])
                counts[need] = counts.get(need, 0) + 1
            crew = _Crew(
                sum(1 << self._bit[code] for code in one.officers), tuple(sorted(counts.items())), list(one.visits)
            )
            self._crews.setdefault(one.day, []).append(crew)
            self._went(crew.mask, sum(self.needs[need].minutes * count for need, count in crew.load))

    def visits_of(self, team: int, days: Iterable[int]) -> Iterator[int]:
        """Give the rows of the visits that crews of a team make on some days: a crew is its leader's first team's."""
        for day in days:
            for crew in self._crews.get(day, ()):
                if self._team(crew.mask, day) == team:
                    yield from crew.visits

    def load(self, team: int, day: int) -> float:
        """Give the part of a team's person-minutes of a day that is used; 1 where it has none."""
        whole = sum(one.left(day, one.halves[day])[0] for one in self._task.force.people if one.team == team)
        used = sum(
            self._minutes(crew) * crew.mask.bit_count()
            for crew in self._crews.get(day, ())
            if self._team(crew.mask, day) == team
        )
        return used / whole if whole else 1.0

    def alone(self, need: int, day: int) -> bool:
        """Whether an empty day could be staffed for one visit of a need."""
        return self._day(day).alone(need)

    def put(self, row: int, need: int, day: int, team: int, *, within_slack: bool) -> bool:
        """Give a visit to a crew of a team; False, and nothing done, when none has room.

        The least busy crew that stays within the slack comes first, then a new one, and only when `within_slack` does
        not hold, one that is filled above it.
        """
        minutes = self.needs[need].minutes
        crews = self._crews.get(day, [])
        able = [crew for crew in crews if self._team(crew.mask, day) == team and self._takes(crew, need, day)]
        calm = [crew for crew in able if not self._is_over(crew, minutes, day)]
        if not calm:
            mask = self._new(need, day)
            if mask:
                self._crews.setdefault(day, []).append(_Crew(mask, ((need, 1),), [row]))
                self._went(mask, minutes)
                return True
        chosen = calm or ([] if within_slack else able)
        if not chosen:
            return False
        crew = min(chosen, key=lambda one: (self._minutes(one), one.mask))
        counts = dict(crew.load)
        counts[need] = counts.get(need, 0) + 1
        crew.load = tuple(sorted(counts.items()))
        crew.visits.append(row)
        self._went(crew.mask, minutes)
        return True

    def seat(self, row: int, need: int, day: int, team: int, officers: Iterable[int]) -> bool:
        """Give a visit to the very crew of officers (codes), a new one if it is not out; False when that cannot be."""
        bits = [self._bit.get(code, -1) for code in officers]
        if not bits or -1 in bits:
            return False
        mask = sum(1 << bit for bit in bits)
        if self._team(mask, day) != team or mask & ~self._task.force.here(day):
            return False
        crews = self._crews.setdefault(day, [])
        crew = next((one for one in crews if one.mask == mask), None)
        if crew is None:
            rest = tuple((one.mask, one.load) for one in crews)
            if any(one.mask & mask for one in crews) or not stands(
                self._task.force, self.needs, day, mask, ((need, 1),), rest
            ):
                return False
            crews.append(_Crew(mask, ((need, 1),), [row]))
        elif self._takes(crew, need, day):
            counts = dict(crew.load)
            counts[need] = counts.get(need, 0) + 1
            crew.load = tuple(sorted(counts.items()))
            crew.visits.append(row)
        else:
            return False
        self._went(mask, self.needs[need].minutes)
        return True

    def roster(self) -> list[CrewDay]:
        """Give the crews of all days as they are now, who leads first."""
        force = self._task.force
        found = []
        for day in sorted(self._crews):
            for crew in self._crews[day]:
                leader = force.leader(crew.mask, day)
                rest = sorted((i for i in members(crew.mask) if i != leader), key=lambda i: force.people[i].rank)
                codes = tuple(force.people[i].code for i in (leader, *rest))
                found.append(CrewDay(day, codes, force.people[leader].rank, tuple(crew.visits)))
        return found

    def _team(self, mask: int, day: int) -> int:
        return self._task.force.able(mask, day).team

    def _minutes(self, crew: _Crew) -> int:
        return sum(self.needs[need].minutes * count for need, count in crew.load)

    def _went(self, mask: int, minutes: int) -> None:
        for i in members(mask):
            self._so_far[i] += minutes

    def _takes(self, crew: _Crew, need: int, day: int) -> bool:
        counts = dict(crew.load)
        counts[need] = counts.get(need, 0) + 1
        rest = tuple((one.mask, one.load) for one in self._crews[day] if one is not crew)
        return stands(self._task.force, self.needs, day, crew.mask, tuple(sorted(counts.items())), rest)

    def _is_over(self, crew: _Crew, more: int, day: int) -> bool:
        able = self._task.force.able(crew.mask, day)
        return bool(self._task.slack) and self._minutes(crew) + more > (1 - self._task.slack) * able.minutes

    def _day(self, day: int) -> DayCrews:
        if day not in self._asked:
            self._asked[day] = DayCrews(self._task.force, self.needs, self._pools, day)
        return self._asked[day]

    def _new(self, need: int, day: int) -> int:
        """Give a new crew of those who are free and have gone least; 0 when none can be formed."""
        crews = [(crew.mask, crew.load) for crew in self._crews.get(day, ())]
        mask = self._day(day).another(crews, need)
        if mask is None:
            return 0
        asked, force = self.needs[need], self._task.force
        taken = 0
        for other, _ in crews:
            taken |= other
        for old in list(members(mask & ~(asked.exactly | asked.among))):
            free = asked.who[day] & force.here(day) & ~taken & ~mask
            for new in sorted(members(free), key=lambda i: (self._so_far[i], force.people[i].rank)):
                if (self._so_far[new], force.people[new].rank) >= (self._so_far[old], force.people[old].rank):
                    break
                changed = mask & ~(1 << old) | 1 << new
                if stands(force, self.needs, day, changed, ((need, 1),), tuple(crews)):
                    mask = changed
                    break
        return mask
