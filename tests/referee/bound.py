"""Upper bounds of what officers can do on a day, over every way of forming crews: the measure of a proof.

Readings: the bound takes disjoint crews of officers who may go, each with as many visits as its minutes and
`visits_per_day` hold, cheapest visits first, teams with at most `max_crews` crews. Up to `EXACT` officers of a day are
searched in full; beyond that crews are taken as if the best officers stood together, which is never too low.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from itertools import combinations

from .owed import Obligation
from .plan import Plan
from .who import allowed_people, crew_minutes, leads_before, need_of, team_of, who_is_wrong

EXACT = 10


def feasible_crews(plan: Plan, obligation: Obligation, day: dt.date) -> list[tuple[str, ...]]:
    """Every crew that may make the obligation's visit on the day, leader first, none larger than any rule has use for.

    A patrol's crews include pairs: two who go out for an inspection may patrol on their way.
    """
    key = "crews", _likeness(plan, obligation, day), day
    if key not in plan.memo:
        plan.memo[key] = _feasible_crews(plan, obligation, day)
    return plan.memo[key]


def _feasible_crews(plan: Plan, obligation: Obligation, day: dt.date) -> list[tuple[str, ...]]:
    people = sorted(allowed_people(plan, [obligation], day))
    need = need_of(plan, [obligation])
    most = _largest_crew(plan)
    pin = plan.pin_of_rule.get(obligation.rule.id)
    if pin is not None and pin.officers is not None:
        most = len(pin.officers)
    crews = []
    for size in range(max(need.people, 1), most + 1):
        for members in combinations(people, size):
            crew = tuple(sorted(members, key=lambda m: leads_before(plan, m, day)))
            minutes, visits = crew_minutes(plan, crew, day)
            fits = minutes >= need.minutes + plan.travel and visits != 0
            if fits and not who_is_wrong(plan, [obligation], obligation.rule.family, crew, day):
                crews.append(crew)
    return crews


def _largest_crew(plan: Plan) -> int:
    rules = [*plan.classes.values(), *plan.patrols, *(one.rule for one in (*plan.dated, *plan.pins, *plan.spot_checks))]
    named_people = [len(pin.officers or ()) + len(pin.with_) for pin in plan.pins]
    return max([1, *named_people, *(max(r.people, r.certified + len(r.skills)) for r in rules)])


def most_visits(plan: Plan, obligations: Sequence[Obligation], day: dt.date) -> int:
    """No more visits of the obligations than this can be made on the day: one to an enterprise, any to a grid."""
    today = [o for o in obligations if day in o.days]
    costs = _costs(plan, today, day, lambda crew, able: _visits(plan, crew, able, day))
    return min(len({o.enterprise or o.id for o in today}), _best(plan, costs, day))


def most_minutes(plan: Plan, obligations: Sequence[Obligation], day: dt.date) -> int:
    """No more minutes, travel included, than this can be spent on the obligations on the day."""
    today = [o for o in obligations if day in o.days]

    def minutes(crew: tuple[str, ...], able: list[int]) -> int:
        held, most = crew_minutes(plan, crew, day)
        return min(held, sum(sorted(able)[-most:] if most is not None else able))

    return _best(plan, _costs(plan, today, day, minutes), day)


def _visits(plan: Plan, crew: tuple[str, ...], able: list[int], day: dt.date) -> int:
    minutes, most = crew_minutes(plan, crew, day)
    count = 0
    for cost in sorted(able):
        if cost > minutes or count == most:
            break
        minutes -= cost
        count += 1
    return count


def _costs(plan: Plan, obligations: Sequence[Obligation], day: dt.date, worth) -> dict[tuple[str, ...], int]:
    """Each crew that may make any of them, with what it is worth at most."""
    able: dict[tuple[str, ...], list[int]] = {}
    for o in obligations:
        for crew in feasible_crews(plan, o, day):
            able.setdefault(crew, []).append(o.rule.minutes + plan.travel)
    return {crew: worth(crew, costs) for crew, costs in able.items()}


def _likeness(plan: Plan, o: Obligation, day: dt.date) -> tuple:
    """Obligations of one key have the same crews on the day."""
    pinned = o.id if o.rule.id in plan.pin_of_rule or o.enterprise in plan.people_pins else None
    return o.rule.id, pinned, allowed_people(plan, [o], day)


def _best(plan: Plan, worth: dict[tuple[str, ...], int], day: dt.date) -> int:
    officers = sorted({m for crew in worth for m in crew})
    if not officers:
        return 0
    if len(officers) > EXACT:
        return _loose(worth, officers)
    bit = {m: 1 << i for i, m in enumerate(officers)}
    limits = {t.id: t.max_crews for t in plan.teams if t.max_crews is not None}
    teams = sorted(limits)
    crews = [(sum(bit[m] for m in crew), team_of(plan, crew[0]), value) for crew, value in worth.items() if value]

    @cache
    def best(free: int, left: tuple[int, ...]) -> int:
        if not free:
            return 0
        lowest = free & -free
        most = best(free ^ lowest, left)
        for mask, team, value in crews:
            if mask & lowest and mask & free == mask:
                if team in limits:
                    i = teams.index(team)
                    if left[i]:
                        most = max(most, value + best(free ^ mask, (*left[:i], left[i] - 1, *left[i + 1 :])))
                else:
                    most = max(most, value + best(free ^ mask, left))
        return most

    return best((1 << len(officers)) - 1, tuple(limits[t] for t in teams))


def _loose(worth: dict[tuple[str, ...], int], officers: list[str]) -> int:
    size = min(len(crew) for crew in worth)
    best = {m: max(value for crew, value in worth.items() if m in crew) for m in officers}
    values = sorted(best.values(), reverse=True)
    return sum(values[size - 1 :: size])
