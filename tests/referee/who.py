"""Who may go where on a day, and what a crew can do on it (rules.md, Who and Families).

Readings: a crew's minutes are its least member's, halved when only one half of the day is common to all; `skills` of a
family that wants certified people are held by certified ones; whoever a pin names is exempt from the carrier alone, not
from leave, recusal, certificates or skills.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .owed import Obligation
from .plan import CERTIFIED, PEOPLE, Officer, Pin, Plan
from .select import chooses
from .spans import BOTH_HALVES, absent_halves


def carrier(plan: Plan, obligation: Obligation, day: dt.date) -> frozenset[str]:
    """The officers to whom the obligation belongs on the day, before leave, recusal and pins."""
    grid, by = obligation.grid_on(plan, day), obligation.rule.by
    key = "carrier", grid, by, day if by is not None else None
    if key not in plan.memo:
        plan.memo[key] = _carrier(plan, grid, by, day)
    if obligation.rule.cross and obligation.enterprise is not None:
        return plan.memo[key] - {o.id for o in plan.officers.values() if grid in o.grids}
    return plan.memo[key]


def _carrier(plan: Plan, grid: str | None, by: str | None, day: dt.date) -> frozenset[str]:
    if by is not None and any(t.id == by for t in plan.teams):
        return frozenset(o.id for o in plan.officers.values() if by in o.teams)
    if by is not None:
        return role_holders(plan, by, grid, day)
    if not plan.grids:
        return frozenset(plan.officers)
    above = set(plan.above(grid))
    for team in plan.teams:
        members = [o for o in plan.officers.values() if team.id in o.teams]
        if any(above & set(o.grids) for o in members):
            return frozenset(o.id for o in members if not o.grids or above & set(o.grids))
    return frozenset(o.id for o in plan.officers.values() if above & set(o.grids))


def role_holders(plan: Plan, role: str, grid: str | None, day: dt.date) -> frozenset[str]:
    """The holders of a role in the grid on the day, else in the nearest grid above that has one."""
    for node in plan.above(grid):
        holders = frozenset(o for o, span in plan.grids[node].roles.get(role, ()) if day in span)
        if holders:
            return holders
    return frozenset()


def binding_pins(plan: Plan, obligations: Sequence[Obligation]) -> list[Pin]:
    """Pins that say who makes the visit: those it serves, and those of people alone of its enterprise."""
    served = [plan.pin_of_rule[o.rule.id] for o in obligations if o.rule.id in plan.pin_of_rule]
    enterprise = obligations[0].enterprise
    return served + list(plan.people_pins.get(enterprise, ()) if enterprise else ())


def named(pins: Iterable[Pin]) -> frozenset[str]:
    return frozenset(o for pin in pins for o in (*(pin.officers or ()), *pin.with_))


def avoids(plan: Plan, officer: Officer, enterprise: str | None, day: dt.date) -> bool:
    if enterprise is None:
        return False
    if officer.avoids_where is not None:
        return chooses(plan, officer.avoids_where, plan.enterprises[enterprise], day)
    return enterprise in officer.avoids


def free_halves(officer: Officer, day: dt.date) -> frozenset[str]:
    return BOTH_HALVES - absent_halves(officer.leave, day)


@dataclass(frozen=True)
class Need:
    """What one visit asks of its crew: people, certified people, skills, minutes without travel."""

    people: int
    certified: int
    skills: frozenset[str]
    minutes: int


def need_of(plan: Plan, obligations: Sequence[Obligation], family: str | None = None) -> Need:
    """Most people, all skills, longest minutes; `family` is the visit's where it is wider than what it serves."""
    return Need(
        max([o.rule.people for o in obligations] + [PEOPLE[family] if family else 0]),
        max([o.rule.certified for o in obligations] + [CERTIFIED[family] if family else 0]),
        frozenset().union(*(o.rule.skills for o in obligations)),
        max(o.rule.minutes for o in obligations),
    )


def allowed_people(plan: Plan, obligations: Sequence[Obligation], day: dt.date) -> frozenset[str]:
    """Officers who may be in the crew of one visit that serves all the obligations, leave and recusal considered."""
    pins = binding_pins(plan, obligations)
    carriers = [carrier(plan, o, day) for o in obligations if not _names_its_crew(plan, o)]
    people = frozenset.intersection(*carriers) if carriers else frozenset()
    people |= named(pins)
    exact = [set(pin.officers) for pin in pins if pin.officers is not None]
    for officers in exact:
        people &= officers
    for o in obligations:
        people &= o.crew if o.crew is not None else people
    away = {o for pin in pins for o in pin.except_}
    enterprise = obligations[0].enterprise
    return frozenset(
        o
        for o in people - away
        if o in plan.officers
        and free_halves(plan.officers[o], day)
        and not avoids(plan, plan.officers[o], enterprise, day)
    )


def _names_its_crew(plan: Plan, obligation: Obligation) -> bool:
    pin = plan.pin_of_rule.get(obligation.rule.id)
    return pin is not None and pin.officers is not None


def who_is_wrong(
    plan: Plan, obligations: Sequence[Obligation], family: str, crew: Sequence[str], day: dt.date
) -> list[tuple[str, str]]:
    """What forbids the crew this one visit: (rule broken, message), nothing when it may go."""
    wrong: list[tuple[str, str]] = []
    pins, need = binding_pins(plan, obligations), need_of(plan, obligations, family)
    enterprise, exempt = obligations[0].enterprise, named(pins)
    for member in crew:
        officer = plan.officers[member]
        if not free_halves(officer, day):
            wrong.append(("leave", f"{member} is on leave on {day}"))
        if avoids(plan, officer, enterprise, day):
            wrong.append(("recusal", f"{member} never visits {enterprise}"))
        for o in obligations:
            if member not in exempt and member not in carrier(plan, o, day):
                wrong.append(("carrier", f"{member} does not belong to the carrier of {o.id} on {day}"))
        if any(member in pin.except_ for pin in pins):
            wrong.append(("pin", f"a pin keeps {member} away from {enterprise}"))
    for o in obligations:
        if o.crew is not None and o.crew != set(crew):
            wrong.append(("drawn", f"the draw sends {sorted(o.crew)} to {o.id}, not {sorted(crew)}"))
    for pin in pins:
        if pin.officers is not None and set(pin.officers) != set(crew):
            wrong.append(("pin", f"{pin.rule.id} names exactly {sorted(pin.officers)}, not {sorted(crew)}"))
        if not set(pin.with_) <= set(crew):
            wrong.append(("pin", f"{pin.rule.id} asks for {sorted(pin.with_)}"))
    certified = [m for m in crew if plan.officers[m].is_certified(day)]
    if len(crew) < need.people:
        wrong.append(("people", f"{len(crew)} people where {need.people} are needed"))
    if len(certified) < need.certified:
        wrong.append(("certificate", f"{len(certified)} certified on {day} where {need.certified} are needed"))
    holders = certified if need.certified else crew
    for skill in need.skills - frozenset().union(*(plan.officers[m].skills for m in holders)):
        wrong.append(("skills", f"nobody holds {skill}" + (" with a certificate" if need.certified else "")))
    return wrong


def crew_minutes(plan: Plan, crew: Sequence[str], day: dt.date) -> tuple[int, int | None]:
    """Minutes and visits that the crew can do on the day: (0, 0) when its members are never there together."""
    officers = [plan.officers[m] for m in crew]
    common = frozenset.intersection(BOTH_HALVES, *(free_halves(o, day) for o in officers))
    parts = len(common)
    visits = [o.visits_per_day * parts // 2 for o in officers if o.visits_per_day is not None]
    return min(o.minutes_per_day for o in officers) * parts // 2, min(visits) if visits else None


def team_of(plan: Plan, leader: str) -> str | None:
    officer = plan.officers.get(leader)  # one whom the plan does not know has none
    return next(iter(officer.teams), None) if officer else None


def leads_before(plan: Plan, officer: str, day: dt.date) -> tuple[bool, bool, str]:
    """The key by which the first of a crew leads it: a senior, a certified one, the smallest id."""
    found = plan.officers[officer]
    return not found.senior, not found.is_certified(day), officer
