"""Drawn crews (随机选派): who makes the visit of a drawn enterprise, by the order of the draw (rules.md, Draws)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from safeplan.core.calendar import Calendar
from safeplan.core.draw import seeds
from safeplan.core.duties import Duty
from safeplan.core.force import Force, Person
from safeplan.core.lots import officers_in_order
from safeplan.core.proposals import Proposals
from safeplan.plan.plan import Plan
from safeplan.plan.rules.spot_checks import SpotCheck
from safeplan.terms.days import DayKind

Who = Callable[[int], tuple[tuple[int, ...], int] | None]
"""Of a proposal: the officers of whom a crew may be on each day, and those who must be in it; None: a pin names all."""


def drawn_crews(
    plan: Plan,
    proposals: Proposals,
    obligations: pl.DataFrame,
    calendar: Calendar,
    people: tuple[Person, ...],
    skills: tuple[str, ...],
    who: Who,
) -> dict[int, int]:
    """Draw the officers of every visit whose rule says `random_officers` and whose enterprise is drawn.

    The crew is the first in the order of the draw, as many as the rule needs, who hold skills and certificates and can
    be free together on a day of the window. Where nobody can the visit has no entry.

    Returns
    -------
    dict of int to int
        Proposal → the crew, as bits of officers.
    """
    random = {
        code: seeds(plan, line)
        for code, line in enumerate(plan.rules)
        if isinstance(line.model, SpotCheck) and line.model.random_officers
    }
    if not random:
        return {}
    force = Force(people, {})
    start = calendar.index(plan.first)
    found: dict[int, int] = {}
    chosen = obligations.with_row_index("at").filter(pl.col("rule").is_in(list(random)) & (pl.col("enterprise") >= 0))
    for at, rule, enterprise, period in chosen.select("at", "rule", "enterprise", "period").iter_rows():
        seed, asked = random[rule].get(period), who(at)
        if seed is None or asked is None:
            continue
        duty = proposals.duties[proposals.duty[at]]
        days = _days(plan, duty, calendar, start, enterprise, int(proposals.first[at]), int(proposals.last[at]))
        order = officers_in_order(
            [officer.id for officer in plan.file.officers],
            seed=seed,
            rule=plan.rules[rule].id,
            period=period,
            enterprise=plan.enterprises["id"][enterprise],
        )
        crew = _first_crew([plan.officers[one] for one in order], asked, duty, days, force, skills, plan)
        if crew:
            found[at] = crew
    return found


def _days(plan: Plan, duty: Duty, calendar: Calendar, start: int, enterprise: int, first: int, last: int) -> list[int]:
    """Give the days of a window, counted from the plan's first, that the rule allows and the enterprise is open on."""
    open_: NDArray[np.bool_] = calendar.allowed(DayKind.ALL).copy()
    for kind in duty.days:
        open_ &= calendar.allowed(kind)
    for closed in plan.closed_sets[plan.enterprises["closed"][enterprise]]:
        if closed.half is None:
            open_ &= ~calendar.days(closed)
    return [day for day in range(first, last + 1) if open_[start + day]]


def _first_crew(
    order: list[int],
    asked: tuple[tuple[int, ...], int],
    duty: Duty,
    days: list[int],
    force: Force,
    skills: tuple[str, ...],
    plan: Plan,
) -> int:
    """Give the first crew in the order that can go together on one of the days; 0 where none can."""
    who, among = asked
    free = {day: who[day] & force.here(day) for day in days}
    ever = 0
    for mask in free.values():
        ever |= mask
    able = [code for code in order if ever >> code & 1]
    wanted = frozenset(skills.index(skill) for skill in duty.skills)
    minutes = duty.minutes + plan.file.travel.minutes
    for crew in _crews(able, max(duty.people, 1), len(duty.skills)):
        if among & ~crew:
            continue
        for day, mask in free.items():
            if crew & ~mask:
                continue
            can = force.able(crew, day)
            held = can.certified_skills if duty.certified else can.skills
            if can.minutes >= minutes and can.visits and can.certified >= duty.certified and held >= wanted:
                return crew
    return 0


def _crews(order: list[int], people: int, more: int) -> Iterator[int]:
    """Give the crews in the order of the draw; those with further people, for the sake of skills, after all without."""
    for size in range(people, people + more + 1):
        for crew in combinations(order, size):
            yield sum(1 << code for code in crew)
