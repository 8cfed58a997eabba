"""A crew: officers who are out together on a day, what they make, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan.core.force import NO_LIMIT, Able, Force
from safeplan.core.needs import Need

Load = tuple[tuple[int, int], ...]
"""Visits of each need: ((need, count), …)."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Officers who are out together on a day, and the visits of each need that they make."""

    mask: int
    minutes: int
    visits: int
    load: Load

    def holds(self, need: int) -> int:
        """How many visits of a need it makes."""
        return next((count for code, count in self.load if code == need), 0)


Witness = tuple[Crew, ...]


def with_load(crew: Crew, need: int, minutes: int, many: int) -> Crew:
    load = dict(crew.load)
    load[need] = load.get(need, 0) + many
    if not load[need]:
        del load[need]
    return Crew(crew.mask, crew.minutes + minutes * many, crew.visits + many, tuple(sorted(load.items())))


def replaced(witness: Witness, at: int, crew: Crew) -> Witness:
    return (*witness[:at], crew, *witness[at + 1 :])


def stands(
    force: Force,
    needs: tuple[Need, ...],
    day: int,
    mask: int,
    load: tuple[tuple[int, int], ...],
    others: tuple[tuple[int, Load], ...],
) -> bool:
    """Whether a crew can make a load on a day, and its team may send it beside the others (mask, load)."""
    able = force.able(mask, day)
    if sum(needs[need].minutes * count for need, count in load) > able.minutes:
        return False
    if sum(count for _, count in load) > able.visits:
        return False
    for need, _ in load:
        asked = needs[need]
        if mask & ~asked.who[day] or asked.among & ~mask or not meets(mask, able, asked):
            return False
    return may_send(force, day, able.team, [other for other, _ in others])


def meets(mask: int, able: Able, asked: Need) -> bool:
    return (
        able.size >= asked.people
        and able.certified >= asked.certified
        and asked.exactly in (0, mask)
        and (able.certified_skills if asked.certified else able.skills).issuperset(asked.skills)
    )


def may_send(force: Force, day: int, team: int, others: list[int]) -> bool:
    """Whether a team may send one more crew beside the others."""
    most = force.max_crews.get(team, NO_LIMIT)
    return sum(1 for other in others if force.able(other, day).team == team) < most
