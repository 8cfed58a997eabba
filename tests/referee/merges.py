"""Exact merging (综合查一次) by CP-SAT: the least unplaced by importance, and then the fewest visits, of small plans.

People are no question in these plans (`merge_instance` has enough for every day): what binds are windows, working and
closed days, families, `separate`, carriers' certificates, written gaps, and one visit to an enterprise a day.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from ortools.sat.python import cp_model

from .naive import family_of
from .owed import Obligation, owed
from .plan import Plan
from .plans import Raw
from .read import read_plan

SECONDS = 20.0


def merge_instance(rng: random.Random) -> Raw:
    """One to three enterprises, two to six rules of several kinds and families, people for all of it."""
    first = dt.date(2026, rng.randint(1, 9), 1)
    last = first + dt.timedelta(days=rng.choice([27, 58, 89]))
    rules: Raw = {"classes": {}, "priorities": {}, "campaigns": [], "holidays": [], "pins": []}
    for letter in "AB":
        visits = rng.choice(["1 per month", "2 per month", "1 per 2 weeks", "1 per quarter", "1 per week"])
        rules["classes"][letter] = {"visits": visits, **_asks(rng)}
    lines = [
        {"name": f"重点{i}", "visits": rng.randint(1, 2), "window": _window(rng, first, last), **_asks(rng)}
        for i in range(rng.randint(0, 3))
    ]
    rules["priorities"] = {f"Q{(first.month + 2) // 3}": lines} if lines else {}
    for i in range(rng.randint(0, 2)):
        span = _window(rng, first, last).split("/")
        phase = {"name": "一", "from": span[0], "to": span[1], "visits": rng.randint(1, 2)}
        rules["campaigns"].append({"name": f"整治{i}", "phases": [phase], **_asks(rng)})
    firms = [_firm(rng, i, first, last) for i in range(rng.randint(1, 3))]
    for firm in firms:
        if rng.random() < 0.25:
            rules["pins"].append({"enterprise": firm["id"], "window": _window(rng, first, last), "family": "patrol"})
    return {
        "safeplan": 1,
        "name": "综合查一次",
        "period": f"{first}/{last}",
        "defaults": {"family": "patrol", "minutes": 60},
        "grids": [{"id": "town", "name": "镇", "roles": {"lead": "o0"}}],
        "officers": [{"id": f"o{i}", "name": f"员{i}", "grids": ["town"], "certificate": str(i)} for i in range(12)],
        **{key: value for key, value in rules.items() if value},
        "enterprises": firms,
    }


def _asks(rng: random.Random) -> Raw:
    rule: Raw = {
        "family": rng.choice(["patrol", "patrol", "inspection", "inspection", "joint", "revisit", "supervision"])
    }
    if rng.random() < 0.4:
        rule["min_gap"] = f"{rng.choice([3, 7, 10, 14, 20])} days"
    if rng.random() < 0.15:
        rule["separate"] = True
    if rng.random() < 0.2:
        rule["days"] = rng.choice(["all", "weekends"])
    return rule


def _window(rng: random.Random, first: dt.date, last: dt.date) -> str:
    day = first + dt.timedelta(days=rng.randint(0, (last - first).days - 3))
    return f"{day}/{min(last, day + dt.timedelta(days=rng.choice([3, 6, 13, 20, 40])))}"


def _firm(rng: random.Random, i: int, first: dt.date, last: dt.date) -> Raw:
    firm: Raw = {"id": f"E{i}", "name": f"企业{i}", "class": rng.choice("AB"), "grid": "town"}
    if rng.random() < 0.4:
        day = first + dt.timedelta(days=rng.randint(0, (last - first).days - 8))
        firm["closed"] = rng.choice([["friday"], [f"{day}/{day + dt.timedelta(days=7)}"]])
    if rng.random() < 0.3:
        firm["last_visit"] = str(first - dt.timedelta(days=rng.randint(1, 10)))
    return firm


def fewest_visits(path: Path) -> tuple[dict[int, int], int]:
    """The least unplaced of each importance, most important first, and the fewest visits that leave no more.

    Raises
    ------
    RuntimeError
        When a step is not proved within `SECONDS`.
    """
    plan = read_plan(path)
    by_enterprise: dict[str, list[Obligation]] = defaultdict(list)
    for o in owed(plan).values():
        by_enterprise[o.enterprise or ""].append(o)
    unplaced: dict[int, int] = defaultdict(int)
    visits = 0
    for mine in by_enterprise.values():
        lost, made = _fewest(plan, mine)
        visits += made
        for level, count in lost.items():
            unplaced[level] += count
    return {level: count for level, count in unplaced.items() if count}, visits


def _fewest(plan: Plan, mine: list[Obligation]) -> tuple[dict[int, int], int]:
    model = cp_model.CpModel()
    on: dict[str, dict[dt.date, cp_model.IntVar]] = {o.id: {d: model.new_bool_var("") for d in o.days} for o in mine}
    days = sorted({d for o in mine for d in o.days})
    visited = {d: model.new_bool_var("") for d in days}
    for o in mine:
        model.add_at_most_one(on[o.id].values())
        for day, goes in on[o.id].items():
            model.add_implication(goes, visited[day])
    rules = {o.rule.id: o for o in mine}
    # Who shares a day shares a visit: sets of rules that no family serves, or that stand alone, never do.
    forbidden = [
        set(some)
        for size in (2, 3)
        for some in combinations(rules, size)
        if not _may_share(plan, [rules[r] for r in some])
    ]
    for day in days:
        today: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for o in mine:
            if day in on[o.id]:
                today[o.rule.id].append(on[o.id][day])
        for goes in today.values():
            model.add_at_most_one(goes)
        for some in forbidden:
            if all(rule in today for rule in some):
                model.add(sum(x for rule in some for x in today[rule]) <= len(some) - 1)
    _gaps(plan, model, mine, on)
    levels = sorted({max(o.priorities) for o in mine}, reverse=True)
    lost = {}
    for level in levels:
        here = [o for o in mine if max(o.priorities) == level]
        placed = sum(x for o in here for x in on[o.id].values())
        most = _optimum(model, placed, largest=True)
        model.add(placed >= most)
        lost[level] = len(here) - most
    return lost, _optimum(model, sum(visited.values()), largest=False)


def _may_share(plan: Plan, some: list[Obligation]) -> bool:
    return family_of(plan, some) is not None and not any(o.rule.separate or o.rule.surprise for o in some)


def _gaps(plan: Plan, model: cp_model.CpModel, mine: list[Obligation], on: dict) -> None:
    for o in mine:
        gap = o.rule.min_gap or 0
        last = plan.enterprises[o.enterprise or ""].last_visit if o.rule.kind != "pin" else None
        for day, goes in on[o.id].items():
            if last is not None and (day - last).days < gap:
                model.add(goes == 0)
    for a, b in combinations([o for o in mine if o.rule.kind != "pin"], 2):
        if a.rule.id == b.rule.id and a.rule.min_gap:
            for day, goes in on[a.id].items():
                for other, comes in on[b.id].items():
                    if abs((day - other).days) < a.rule.min_gap:
                        model.add_bool_or(~goes, ~comes)


def _optimum(model: cp_model.CpModel, what: object, *, largest: bool) -> int:
    model.clear_objective()
    (model.maximize if largest else model.minimize)(what)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = SECONDS
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        raise RuntimeError(f"not proved within {SECONDS} s")
    return round(solver.objective_value)
