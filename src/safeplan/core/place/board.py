"""Board: the days of an area while visits are put on them; every hard rule is tested here, at insertion."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from safeplan.core.crews import DayCrews
from safeplan.core.place.task import Ints, Task


class Board:
    """Where each visit is, and whether one more can go somewhere."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.day = np.full(task.need.size, -1, np.int64)
        self._crews: dict[int, DayCrews] = {}
        self._booked: dict[int, int] = {}
        self._on_day: dict[int, dict[int, dict[int, None]]] = {}
        self._series: dict[int, list[int]] = {key: [day] for key, day in task.seen.items()}
        self._members: dict[int, list[int]] = {}
        for visit, kept in task.series.items():
            for series, _ in kept:
                self._members.setdefault(series, []).append(visit)
        self._tally: list[dict[tuple[int, int], int]] = [dict(ceiling.made) for ceiling in task.ceilings]
        self._full: dict[int, set[int]] = {}
        applies = np.zeros(task.need.size, np.bool_)
        for ceiling in task.ceilings:
            applies |= ceiling.applies & (ceiling.most >= 0)
        self.held: set[int] = set()
        """Visits that stay where they are, whatever else is wanted."""
        self._bound = applies
        self._bound[list(task.series)] = True

    def crews(self, day: int) -> DayCrews:
        """Give the crews of a day."""
        if day not in self._crews:
            self._crews[day] = DayCrews(self.task.force, self.task.needs, self.task.pools, day)
        return self._crews[day]

    def used_days(self) -> list[int]:
        """Give the days that have crews, in order."""
        return sorted(day for day, crews in self._crews.items() if crews.witness)

    @property
    def unsettled(self) -> int:
        """How many days the crews' search had to give up on at least once."""
        return sum(crews.unsettled for crews in self._crews.values())

    def binds(self, visit: int) -> bool:
        """Whether gaps or ceilings bind a visit."""
        return bool(self._bound[visit])

    def bound(self, visits: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Tell which visits gaps or ceilings bind, so that they are put one by one."""
        return self._bound[visits]

    def other(self, visit: int, day: int) -> int | None:
        """Give the visit that the same subject has on a day already."""
        subject = int(self.task.subject[visit])
        if subject < 0:
            return None
        found = self._booked.get(subject * self.task.days + day)
        return None if found == visit else found

    def permits(self, visit: int, day: int) -> bool:
        """Whether gaps and ceilings permit a visit on a day, the others being where they are."""
        return not self._bound[visit] or (self.keeps_gap(visit, day) and not self.ceiling(visit, day))

    def keeps_gap(self, visit: int, day: int) -> bool:
        """Whether a visit on a day keeps its gaps."""
        return not any(
            abs(day - one) < gap
            for series, gap in self.task.series.get(visit, ())
            for one in self._series.get(series, ())
        )

    def too_near(self, visit: int, day: int) -> list[int]:
        """Give the placed visits of its series from which a visit on a day would not keep the gap."""
        found: dict[int, None] = {}
        for series, gap in self.task.series.get(visit, ()):
            for other in self._members.get(series, ()):
                if other != visit and self.day[other] >= 0 and abs(day - int(self.day[other])) < gap:
                    found[other] = None
        return list(found)

    def mates(self, visit: int) -> list[int]:
        """Give the other placed visits of its series, and of theirs."""
        found = {visit: None}
        waiting = [visit]
        while waiting:
            for series, _ in self.task.series.get(waiting.pop(), ()):
                for other in self._members.get(series, ()):
                    if other not in found and self.day[other] >= 0 and other not in self.held:
                        found[other] = None
                        waiting.append(other)
        return [one for one in found if one != visit]

    def ceiling(self, visit: int, day: int) -> str:
        """Give the reason (cap, limit) of the first ceiling that a visit on a day would break, or nothing."""
        subject = int(self.task.subject[visit])
        for ceiling, tally in zip(self.task.ceilings, self._tally, strict=True):
            made = tally.get((subject, int(ceiling.unit[day])), 0)
            if ceiling.applies[visit] and 0 <= ceiling.most[visit] <= made:
                return ceiling.reason
        return ""

    def staffs(self, visit: int, day: int) -> bool:
        """Whether the day's crews could make one more visit such as this."""
        need = int(self.task.need[visit])
        full = self._full.setdefault(day, set())
        if need in full:
            return False
        if not self.crews(day).accepts(need):
            full.add(need)
            return False
        return True

    def needs_on(self, day: int) -> dict[int, dict[int, None]]:
        """Give the visits of a day by need."""
        return self._on_day.get(day, {})

    def put(self, visit: int, day: int, instead_of: int | None = None) -> bool:
        """Put a visit on a day, in place of one lifted just before; False, and nothing done, when it cannot."""
        drop = None if instead_of is None else int(self.task.need[instead_of])
        if self.other(visit, day) is not None or not self.permits(visit, day):
            return False
        if not self.crews(day).put(int(self.task.need[visit]), drop):
            return False
        self._full.pop(day, None)
        self._note(visit, day)
        return True

    def seat(self, visit: int, day: int, mask: int) -> bool:
        """Put a visit on a day with the very crew that it had; False, and nothing done, when that cannot be."""
        if self.other(visit, day) is not None or not self.permits(visit, day) or not self.task.allows(visit, day):
            return False
        if not self.crews(day).seat(int(self.task.need[visit]), mask):
            return False
        self._full.pop(day, None)
        self._note(visit, day)
        return True

    def hold(self, visits: Iterable[int]) -> None:
        """Hold visits where they are, with their crews."""
        self.held |= set(visits)
        for day in {int(self.day[visit]) for visit in self.held}:
            self.crews(day).hold()

    def lift(self, visit: int, *, keep_crew: bool = False) -> int:
        """Take a visit off its day; with `keep_crew` its place in a crew waits for another visit."""
        day, need = int(self.day[visit]), int(self.task.need[visit])
        self.day[visit] = -1
        self._on_day[day][need].pop(visit)
        if not self._on_day[day][need]:
            del self._on_day[day][need]
        subject = int(self.task.subject[visit])
        if subject >= 0:
            del self._booked[subject * self.task.days + day]
        for series, _ in self.task.series.get(visit, ()):
            self._series[series].remove(day)
        for ceiling, tally in zip(self.task.ceilings, self._tally, strict=True):
            if ceiling.applies[visit]:
                tally[subject, int(ceiling.unit[day])] -= 1
        if not keep_crew:
            self.crews(day).take(need)
            self._full.pop(day, None)
        return day

    def restore(self, visit: int, day: int) -> None:
        """Put a visit back where it was, its crew being as it was then."""
        self._full.pop(day, None)
        self._note(visit, day)

    def trade(self, visit: int, day: int, others: tuple[int, int]) -> bool:
        """Put a visit on a day in place of two of the day; False, and nothing done, when it cannot."""
        if self.other(visit, day) is not None or not self.permits(visit, day):
            return False
        drop = (int(self.task.need[others[0]]), int(self.task.need[others[1]]))
        if not self.crews(day).trade(int(self.task.need[visit]), drop):
            return False
        for one in others:
            self.lift(one, keep_crew=True)
        self._full.pop(day, None)
        self._note(visit, day)
        return True

    def fill(self, visits: Ints, days: Ints) -> Ints:
        """Put many visits that nothing binds on their days, as many as can be staffed; gives those left over."""
        task = self.task
        order = np.lexsort((task.tour[visits], task.need[visits], days))
        left: list[int] = [int(visit) for visit in visits[days < 0]]
        order = order[days[order] >= 0]
        key = days[order] * len(task.needs) + task.need[visits[order]]
        edges = np.flatnonzero(np.diff(key, prepend=-1, append=-1))
        for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            rows = order[start:end]
            day = int(days[rows[0]])
            here = [v for v in visits[rows].tolist() if not self._twice(v, day)]
            taken = self.crews(day).fill(int(task.need[visits[rows[0]]]), len(here))
            if taken:
                self._full.pop(day, None)
            for visit in here[:taken]:
                self._note(visit, day)
            for visit in here[taken:]:
                self._unbook(visit, day)
            left.extend(v for v in visits[rows].tolist() if self.day[v] < 0)
        return np.array(left, np.int64)

    def _twice(self, visit: int, day: int) -> bool:
        """Whether its subject has a visit on the day; the first that asks gets the day."""
        subject = int(self.task.subject[visit])
        return subject >= 0 and self._booked.setdefault(subject * self.task.days + day, visit) != visit

    def _unbook(self, visit: int, day: int) -> None:
        self._booked.pop(int(self.task.subject[visit]) * self.task.days + day, None)

    def _note(self, visit: int, day: int) -> None:
        self.day[visit] = day
        self._on_day.setdefault(day, {}).setdefault(int(self.task.need[visit]), {})[visit] = None
        subject = int(self.task.subject[visit])
        if subject >= 0:
            self._booked[subject * self.task.days + day] = visit
        for series, _ in self.task.series.get(visit, ()):
            self._series.setdefault(series, []).append(day)
        for ceiling, tally in zip(self.task.ceilings, self._tally, strict=True):
            if ceiling.applies[visit]:
                key = (subject, int(ceiling.unit[day]))
                tally[key] = tally.get(key, 0) + 1
