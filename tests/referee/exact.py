"""Exact numbers of unplaced obligations by CP-SAT, one level of importance after the other: the judge of placing.

Both models read the plan through the referee's own reader. They know no merging and no pins with a day: their instances
(`instances.py`) have none. A level that is not proved optimal within `SECONDS` raises.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from ortools.sat.python import cp_model

from .bound import feasible_crews, most_visits
from .owed import Obligation, owed
from .plan import COUNTING, Plan
from .read import read_plan
from .select import cap_of
from .who import carrier, crew_minutes, free_halves, team_of

SECONDS = 10.0
MOST_LEVELS = 4

Levels = dict[int, int]  # importance → number unplaced, only where there are any


def exact_unplaced_unit(path: Path) -> Levels:
    """The least unplaced of unit visits: one crew size, crews alike, visits of one length, no gaps, caps or limits.

    Raises
    ------
    ValueError
        When the plan is not such an instance.
    RuntimeError
        When a level is not proved within `SECONDS`.
    """
    plan, model = read_plan(path), cp_model.CpModel()
    owes = owed(plan)
    slots: dict[tuple[frozenset[str], dt.date], list[cp_model.IntVar]] = defaultdict(list)
    a_day: dict[tuple[str | None, dt.date], list[cp_model.IntVar]] = defaultdict(list)
    firsts = {o.group: o for o in reversed(owes.values())}
    placed: dict[tuple, list[cp_model.IntVar]] = {group: [] for group in firsts}
    for group, o in firsts.items():
        for day in o.days:
            goes = model.new_bool_var("")
            placed[group].append(goes)
            slots[carrier(plan, o, day), day].append(goes)
            if o.enterprise is not None:  # two visits of one grid may share a day
                a_day[o.enterprise, day].append(goes)
    shapes = {(o.rule.people, o.rule.certified, o.rule.skills, o.rule.minutes, o.rule.min_gap) for o in owes.values()}
    carriers = {c for c, _ in slots}
    if len(shapes) > 1 or plan.caps or plan.limits or sum(map(len, carriers)) > len(frozenset().union(*carriers)):
        raise ValueError("not an instance of unit visits with crews alike")
    people = next(iter(shapes))[0] if shapes else 1
    for (officers, day), chosen in slots.items():
        model.add(sum(chosen) <= _slots(plan, officers, day, people, next(iter(shapes))[3]))
    for chosen in a_day.values():
        model.add(sum(chosen) <= 1)
    return _solve(model, owes, placed)


def _slots(plan: Plan, officers: frozenset[str], day: dt.date, people: int, minutes: int) -> int:
    free = [o for o in officers if free_halves(plan.officers[o], day)]
    crews = len(free) // people
    most = {t.id: t.max_crews for t in plan.teams if t.max_crews is not None}
    if free and team_of(plan, free[0]) in most:
        crews = min(crews, most[team_of(plan, free[0]) or ""])
    if not crews:
        return 0
    days = {crew_minutes(plan, [o], day) for o in free}
    if len(days) > 1:
        raise ValueError(f"the crews of {day} are not alike")
    held, visits = days.pop()
    return crews * min([held // (minutes + plan.travel)] + ([visits] if visits is not None else []))


def exact_unplaced_mixed(path: Path) -> Levels:
    """The least unplaced with crews free to choose: pairs and singles, skills, certificates, mixed minutes, gaps.

    Obligations that differ only by n are one variable per day and crew. What a day can hold at most
    (`bound.most_visits`) is added for all, for each level's and for each rule's visits: it follows from the rest, and
    without it few instances are proved in time.

    Raises
    ------
    ValueError
        When the plan has pins with a day or a window, which merge.
    RuntimeError
        When a level is not proved within `SECONDS`.
    """
    plan, model = read_plan(path), cp_model.CpModel()
    if plan.pin_of_rule:
        raise ValueError("pins merge, and the model knows no merging")
    owes = owed(plan)
    out: dict[tuple[dt.date, tuple[str, ...]], cp_model.IntVar] = {}
    made: dict[tuple[dt.date, tuple[str, ...]], list[tuple[Obligation, cp_model.IntVar]]] = defaultdict(list)
    firsts = {o.group: o for o in reversed(owes.values())}
    on: dict[tuple, dict[dt.date, list[cp_model.IntVar]]] = {group: defaultdict(list) for group in firsts}
    for group, o in firsts.items():
        for day in o.days:
            for crew in feasible_crews(plan, o, day):
                out.setdefault((day, crew), model.new_bool_var(""))
                chosen = model.new_bool_var("")
                model.add_implication(chosen, out[day, crew])
                made[day, crew].append((o, chosen))
                on[group][day].append(chosen)
    _crews_of_days(plan, model, out, made)
    _subjects(plan, model, firsts, on)
    _hold_of_days(plan, model, firsts, on)
    return _solve(model, owes, {group: [x for xs in days.values() for x in xs] for group, days in on.items()})


def _hold_of_days(plan: Plan, model: cp_model.CpModel, firsts: dict[tuple, Obligation], on: dict) -> None:
    levels = sorted({max(o.priorities) for o in firsts.values()})
    shapes = sorted({o.rule.id for o in firsts.values()})
    sets = [[g for g, o in firsts.items() if max(o.priorities) >= level] for level in levels]
    sets += [[g for g, o in firsts.items() if o.rule.id == rule] for rule in shapes]
    for groups in sets:
        for day in sorted({day for g in groups for day in on[g]}):
            most = most_visits(plan, [firsts[g] for g in groups], day)
            model.add(sum(x for g in groups for x in on[g].get(day, [])) <= most)


def _crews_of_days(plan: Plan, model: cp_model.CpModel, out: dict, made: dict) -> None:
    """Officers in one crew a day, teams' crews, and what each crew holds."""
    officers: dict[tuple[dt.date, str], list[cp_model.IntVar]] = defaultdict(list)
    teams: dict[tuple[dt.date, str | None], list[cp_model.IntVar]] = defaultdict(list)
    for (day, crew), is_out in out.items():
        teams[day, team_of(plan, crew[0])].append(is_out)
        for member in crew:
            officers[day, member].append(is_out)
        minutes, visits = crew_minutes(plan, crew, day)
        model.add(sum((o.rule.minutes + plan.travel) * x for o, x in made[day, crew]) <= minutes)
        if visits is not None:
            model.add(sum(x for _, x in made[day, crew]) <= visits)
    for chosen in officers.values():
        model.add_at_most_one(chosen)
    most = {t.id: t.max_crews for t in plan.teams if t.max_crews is not None}
    for (_, team), chosen in teams.items():
        if team in most:
            model.add(sum(chosen) <= most[team])


def _subjects(plan: Plan, model: cp_model.CpModel, firsts: dict[tuple, Obligation], on: dict) -> None:
    """One visit a day, written gaps, caps and limits of each subject."""
    rules: dict[tuple[str | None, str], dict[dt.date, list[cp_model.IntVar]]] = defaultdict(lambda: defaultdict(list))
    days: dict[str | None, dict[dt.date, list[cp_model.IntVar]]] = defaultdict(lambda: defaultdict(list))
    counted: dict[str, list[tuple[dt.date, cp_model.IntVar]]] = defaultdict(list)
    for group, o in firsts.items():
        for day, chosen in on[group].items():
            rules[o.subject, o.rule.id][day] += chosen
            days[o.subject][day] += chosen if o.enterprise else []
            if o.enterprise and o.rule.family in COUNTING:
                counted[o.enterprise] += [(day, x) for x in chosen]
    gaps = {o.rule.id: o.rule.min_gap for o in firsts.values() if o.rule.min_gap}
    for of_day in days.values():
        for chosen in of_day.values():
            model.add_at_most_one(chosen)
    for (subject, rule), of_day in rules.items():
        if rule in gaps:
            _keep_gap(plan, model, subject, gaps[rule], of_day)
    for enterprise, chosen in counted.items():
        cap = cap_of(plan, plan.enterprises[enterprise], plan.period.first)
        others = [v.day for v in plan.others if v.enterprise == enterprise and v.family in COUNTING]
        if cap is not None:
            _at_most(model, chosen, others, cap[1], lambda day: day.year)
        for name, key in (("per_week", lambda d: d.isocalendar()[:2]), ("per_month", lambda d: (d.year, d.month))):
            if name in plan.limits:
                _at_most(model, chosen, others, plan.limits[name], key)


def _keep_gap(plan: Plan, model: cp_model.CpModel, subject: str | None, gap: int, of_day: dict) -> None:
    last = plan.enterprises[subject].last_visit if subject in plan.enterprises else None
    for day, chosen in of_day.items():
        if last is not None and (day - last).days < gap:
            for x in chosen:
                model.add(x == 0)
        later = [x for other, xs in of_day.items() if day < other and (other - day).days < gap for x in xs]
        for x in later:
            model.add(sum(chosen) + x <= 1)


def _at_most(
    model: cp_model.CpModel, chosen: list, others: list[dt.date], most: int, key: Callable[[dt.date], object]
) -> None:
    for stretch in {key(day) for day, _ in chosen}:
        taken = sum(key(day) == stretch for day in others)
        model.add(sum(x for day, x in chosen if key(day) == stretch) <= max(0, most - taken))


def _solve(model: cp_model.CpModel, owes: dict[str, Obligation], placed: dict[tuple, list[cp_model.IntVar]]) -> Levels:
    """Places as many as possible of each level, the most important first, never giving up what higher levels have."""
    levels: dict[int, list[tuple]] = defaultdict(list)
    for o in owes.values():
        levels[max(o.priorities)].append(o.group)
    for group, chosen in placed.items():
        model.add(sum(chosen) <= sum(groups.count(group) for groups in levels.values()))
    if len(levels) > MOST_LEVELS:
        raise ValueError(f"{len(levels)} levels of importance")
    unplaced = {}
    for level in sorted(levels, reverse=True):
        count = sum(x for group in set(levels[level]) for x in placed[group])
        model.maximize(count)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = SECONDS
        solver.parameters.num_workers = 1
        if solver.solve(model) != cp_model.OPTIMAL:
            raise RuntimeError(f"not proved within {SECONDS} s")
        most = round(solver.objective_value)
        model.add(count >= most)
        if most < len(levels[level]):
            unplaced[level] = len(levels[level]) - most
    return unplaced
