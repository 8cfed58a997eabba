"""Force: the officers of an area with what each can do on each day, and what a crew of them can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from safeplan.core.calendar import Calendar
from safeplan.plan.plan import Plan
from safeplan.terms.days import Half

NO_LIMIT = 1 << 30


Spent = tuple[int, int, int]
"""A day on which visits were made already, their minutes (with travel), and how many they were; day -1: none."""


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as place sees them; days count from the plan's first, `certified_until` is the last certified day.

    `halves[d]` is what leave leaves of day d: bit 1 the morning, bit 2 the afternoon.
    """

    code: int
    rank: int  # place in the order of ids
    minutes: int
    visits: int
    certified_until: int  # -1: never
    senior: bool
    skills: frozenset[int]
    team: int  # the first, -1: none
    halves: bytes
    spent: Spent = (-1, 0, 0)

    def left(self, day: int, halves: int = 3) -> tuple[int, int]:
        """Give the minutes and the visits that are left in some halves of a day."""
        many = (halves & 1) + (halves >> 1)
        on, minutes, visits = self.spent
        if on != day:
            minutes = visits = 0
        return max(self.minutes * many // 2 - minutes, 0), max(self.visits * many // 2 - visits, 0)


@dataclass(frozen=True, slots=True)
class Able:
    """What a crew can do on a day."""

    size: int
    certified: int
    skills: frozenset[int]
    certified_skills: frozenset[int]
    minutes: int
    visits: int
    team: int  # of the one who leads


@dataclass(slots=True)
class Force:
    """The officers of an area; masks count bits by the index in `people`."""

    people: tuple[Person, ...]
    max_crews: dict[int, int]  # team → crews a day, where the plan says
    _able: dict[tuple[int, int], Able] = field(default_factory=dict)

    def here(self, day: int) -> int:
        """Give the officers who work at least half of a day."""
        return sum(1 << i for i, one in enumerate(self.people) if one.halves[day])

    def leader(self, mask: int, day: int) -> int:
        """Give who leads a crew: a senior, then a certified one, then the smallest id (rules.md, Who)."""
        return min(
            members(mask),
            key=lambda i: (
                not self.people[i].senior,
                self.people[i].certified_until < day,
                self.people[i].rank,
            ),
        )

    def able(self, mask: int, day: int) -> Able:
        """Give what a crew can do on a day: the least of its members' minutes in the halves they share."""
        known = self._able.get((mask, day))
        if known is not None:
            return known
        crew = [self.people[i] for i in members(mask)]
        shared = 3
        for one in crew:
            shared &= one.halves[day]
        left = [one.left(day, shared) for one in crew]
        certified = [one for one in crew if one.certified_until >= day]
        able = Able(
            len(crew),
            len(certified),
            frozenset().union(*(one.skills for one in crew)),
            frozenset().union(*(one.skills for one in certified)),
            min(minutes for minutes, _ in left),
            min(visits for _, visits in left),
            self.people[self.leader(mask, day)].team,
        )
        self._able[mask, day] = able
        return able


def members(mask: int) -> Iterator[int]:
    """Give the bits of a mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def people_of(
    plan: Plan, calendar: Calendar, skills: tuple[str, ...], spent: Mapping[int, Spent] | None = None
) -> tuple[Person, ...]:
    """Give every officer of the plan as a Person, in the plan's order; `spent` says by code who was out already."""
    start = calendar.index(plan.first)
    days = calendar.index(plan.last) - start + 1
    ranks = {officer.id: rank for rank, officer in enumerate(sorted(plan.file.officers, key=lambda one: one.id))}
    people = []
    for code, officer in enumerate(plan.file.officers):
        halves = bytearray([3]) * days
        for leave in officer.leave:
            keep = {None: 0, Half.AM: 2, Half.PM: 1}[leave.half]
            for day in calendar.days(leave)[start : start + days].nonzero()[0].tolist():
                halves[day] &= keep
        certificate = officer.certificate
        until = -1
        if certificate is not None:
            until = days if certificate.expires is None else (certificate.expires - plan.first).days
        people.append(
            Person(
                code,
                ranks[officer.id],
                officer.minutes_per_day,
                officer.visits_per_day or NO_LIMIT,
                until,
                officer.senior,
                frozenset(skills.index(skill) for skill in officer.skills),
                plan.teams[officer.teams[0]] if officer.teams else -1,
                bytes(halves),
                (spent or {}).get(code, (-1, 0, 0)),
            )
        )
    return tuple(people)
