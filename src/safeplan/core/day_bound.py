"""A bound for a day: the most that any crews could do, which proves what is too much."""

from __future__ import annotations

from safeplan.core.force import Force, members
from safeplan.core.needs import Need


def day_bound(force: Force, needs: tuple[Need, ...], day: int, codes: dict[int, int] | set[int]) -> tuple[int, int]:
    """Give the most visits, and the most crew minutes, that a day allows for some needs: a bound for any crews.

    Crews have at least as many people (and certified people) as the least demanding of the needs; the k-th best crew of
    p people can do no more than the (k p)-th best officer.
    """
    asked = [needs[code] for code in codes]
    people = max(min(need.people for need in asked), 1)
    certified = min(need.certified for need in asked)
    shortest = max(min(need.minutes for need in asked), 1)
    mask = 0
    for need in asked:
        mask |= need.who[day]
    mask &= force.here(day)
    every = [force.people[i] for i in members(mask)]
    if certified >= people:
        every = [one for one in every if one.certified_until >= day]
    crews = len(every) // people
    if certified:
        crews = min(crews, sum(one.certified_until >= day for one in every) // certified)
    teams = {one.team for one in every}
    if all(team in force.max_crews for team in teams):
        crews = min(crews, sum(force.max_crews[team] for team in teams))
    left = [one.left(day, one.halves[day]) for one in every]
    minutes = sorted((minutes for minutes, _ in left), reverse=True)
    visits = sorted((min(minutes // shortest, visits) for minutes, visits in left), reverse=True)
    best = [(k + 1) * people - 1 for k in range(crews)]
    return sum(visits[i] for i in best), sum(minutes[i] for i in best)
