"""A tiny scheduler for the tests, first fit by importance: slow, readable, never wrong, often wasteful.

Crews that are out take further visits before new ones go. What finds no place is missing with the first reason
that the days and people give; shortages are proved over the days of the missing obligation alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .activities import activities_due
from .bound import feasible_crews, most_visits
from .hard import check_caps, check_gaps, check_limits, check_max_crews, open_pin_families
from .owed import Obligation, owed
from .plan import WIDTH, Plan, serves_family
from .proofs import distinct_visits, possible_codes
from .read import read_plan
from .shape import goes_on
from .spans import absent_halves
from .violation import Case
from .who import crew_minutes, leads_before, need_of, who_is_wrong


@dataclass
class _Visit:
    date: dt.date
    crew: tuple[str, ...]
    obligations: list[Obligation]


@dataclass
class _Table:
    """The roster as it grows."""

    plan: Plan
    owed: dict[str, Obligation]
    visits: list[_Visit] = field(default_factory=list)

    def places(self, o: Obligation) -> bool:
        """Places the obligation on a visit, else by a crew that is out, else by a new crew; False if it cannot."""
        return any(self._joins(o, visit) for visit in self.visits) or any(self._goes(o, day) for day in o.days)

    def _joins(self, o: Obligation, visit: _Visit) -> bool:
        if o.enterprise is None or visit.obligations[0].enterprise != o.enterprise or visit.date not in o.days:
            return False
        both = [*visit.obligations, o]
        if len({b.rule.id for b in both}) < len(both) or any(b.rule.separate or b.rule.surprise for b in both):
            return False
        return self._accepts([v for v in self.visits if v is not visit], _Visit(visit.date, visit.crew, both))

    def _goes(self, o: Obligation, day: dt.date) -> bool:
        today = [v for v in self.visits if v.date == day]
        if o.enterprise is not None and any(v.obligations[0].enterprise == o.enterprise for v in today):
            return False
        out = sorted({v.crew for v in today})
        fresh = [c for c in feasible_crews(self.plan, o, day) if not any(set(c) & set(other) for other in out)]
        return any(self._accepts(self.visits, _Visit(day, crew, [o])) for crew in out + fresh)

    def _accepts(self, others: list[_Visit], visit: _Visit) -> bool:
        family = family_of(self.plan, visit.obligations)
        if family is None or who_is_wrong(self.plan, visit.obligations, family, visit.crew, visit.date):
            return False
        visits = [*others, visit]
        crew = [v for v in visits if (v.date, v.crew) == (visit.date, visit.crew)]
        minutes, most = crew_minutes(self.plan, visit.crew, visit.date)
        if sum(need_of(self.plan, v.obligations).minutes + self.plan.travel for v in crew) > minutes:
            return False
        if most is not None and len(crew) > most:
            return False
        subject = visit.obligations[0].subject
        near = [v for v in visits if v.date == visit.date or v.obligations[0].subject == subject]
        case = Case(self.plan, self.owed, {"visits": _visits(self.plan, near), "ledger": None})
        if any(True for check in (check_max_crews, check_gaps, check_caps, check_limits) for _ in check(case)):
            return False
        self.visits = visits
        return True


def family_of(plan: Plan, obligations: list[Obligation]) -> str | None:
    """The family of a visit that serves all the obligations, None when no one of theirs serves the others."""
    families = set()
    for o in obligations:
        if o.rule.kind == "pin" and not o.rule.family_written:
            families.add(
                max(sorted(open_pin_families(plan, o.rule)), key=lambda f: WIDTH.index(f) if f in WIDTH else -1)
            )
        else:
            families.add(o.rule.family)
    able = [f for f in families if all(serves_family(f, other) for other in families)]
    return able[0] if able else None


def naive_schedule(path: Path, today: dt.date | None = None) -> dict[str, Any]:
    """A schedule of the plan at `path` as the JSON contract has it, --with-surprise --all."""
    plan = read_plan(path)
    owes = owed(plan, today)
    table = _Table(plan, owes)
    order = sorted(owes.values(), key=lambda o: (-max(o.priorities), len(o.days), o.last, o.id))
    missing = [o for o in order if not table.places(o)]
    table.visits, missing = _renumbered(table.visits, missing)
    case = Case(plan, owes, {"visits": [], "unplaced": [], "carried_over": [], "ledger": None})
    proofs: dict[Any, dict[str, Any] | None] = {}
    entries = [(o, _missing(case, o, proofs)) for o in missing]
    return {
        "safeplan": 1,
        "plan": plan.name,
        "period": {"from": plan.period.first.isoformat(), "to": plan.period.last.isoformat()},
        "generated_for": (today or plan.period.first).isoformat(),
        "provisional_years": [],
        "made_by": {"safeplan": "naive", "calendar": "chinesecalendar"},
        "inputs": [
            {"file": f, "sha256": hashlib.sha256((path.parent / f).read_bytes()).hexdigest()} for f in plan.files
        ],
        "ledger": None,
        "hidden": {"surprise": 0, "undrawn": 0},
        "visits": _visits(plan, table.visits),
        "activities": _activities(plan),
        "unplaced": [e for o, e in entries if not goes_on(case, o)],
        "carried_over": [e for o, e in entries if goes_on(case, o)],
        "warnings": [],
    }


def _activities(plan: Plan) -> list[dict[str, Any]]:
    """Just what is due, in turn by fewest so far where the plan says how many."""
    turns: dict[str, Counter[str]] = defaultdict(Counter)
    listed = []
    for one in sorted(activities_due(plan).values(), key=lambda one: one.due):
        there = [o for o in one.owners if len(absent_halves(plan.officers[o].leave, one.due)) < 2]
        chosen = sorted(there, key=lambda o: (turns[one.rule][o], o))[: one.people] if one.people else one.owners
        turns[one.rule].update(chosen)
        listed.append({
            "id": one.id, "rule": one.rule, "kind": one.kind, "name": one.name, "from": str(one.first),
            "due": str(one.due), "owners": list(chosen), "grid": one.grid, "enterprise": one.enterprise, "source": None,
        })  # fmt: skip
    return listed


def _renumbered(visits: list[_Visit], missing: list[Obligation]) -> tuple[list[_Visit], list[Obligation]]:
    """n in order of date, missing ones last."""
    placed: dict[tuple, list[tuple[dt.date, int]]] = defaultdict(list)
    for i, visit in enumerate(visits):
        for o in visit.obligations:
            placed[o.group].append((visit.date, i))
    numbers = {group: {i: n for n, (_, i) in enumerate(sorted(found), 1)} for group, found in placed.items()}
    renamed = [
        replace(v, obligations=[o.with_n(numbers[o.group][i]) for o in v.obligations]) for i, v in enumerate(visits)
    ]
    taken = Counter({group: len(found) for group, found in placed.items()})
    left = []
    for o in sorted(missing, key=lambda o: (o.first, o.n)):
        taken[o.group] += 1
        left.append(o.with_n(taken[o.group]))
    return renamed, left


def _visits(plan: Plan, visits: list[_Visit]) -> list[dict[str, Any]]:
    crews = sorted({(v.date, v.crew) for v in visits})
    first: dict[dt.date, int] = {}
    numbers = {(day, crew): i - first.setdefault(day, i) + 1 for i, (day, crew) in enumerate(crews)}
    orders: dict[tuple, int] = defaultdict(int)
    rows = []
    for v in sorted(visits, key=lambda v: (v.date, v.crew, v.obligations[0].id)):
        orders[v.date, v.crew] += 1
        best = min(v.obligations, key=lambda o: (-max(o.priorities), o.last, o.id))
        rows.append(
            {
                "id": best.id,
                "state": "drafted",
                "date": v.date.isoformat(),
                "crew": numbers[v.date, v.crew],
                "order": orders[v.date, v.crew],
                "enterprise": best.enterprise,
                "grid": best.grid_on(plan, v.date),
                "family": family_of(plan, v.obligations),
                "officers": sorted(v.crew, key=lambda m: leads_before(plan, m, v.date)),
                "minutes": need_of(plan, v.obligations).minutes,
                "surprise": any(o.rule.surprise for o in v.obligations),
                "serves": [_serves(plan, o) for o in v.obligations],
            }
        )
    return rows


def _serves(plan: Plan, o: Obligation) -> dict[str, Any]:
    pin = plan.pin_of_rule.get(o.rule.id)
    return {
        "obligation": o.id,
        "rule": o.rule.id,
        "kind": o.rule.kind,
        "name": o.rule.name,
        "from": o.first.isoformat(),
        "to": o.last.isoformat(),
        "source": None,
    } | ({"cause": pin.cause} if pin is not None and pin.cause is not None else {})


def _missing(case: Case, o: Obligation, proofs: dict[Any, dict[str, Any] | None]) -> dict[str, Any]:
    codes = possible_codes(case, o)
    code = next(
        c for c in ("no-working-day", "closed", "officers", "cap", "limit", "gap", "pin", "capacity") if c in codes
    )
    key = o.days, o.subject if code == "officers" else None
    if key not in proofs:
        proofs[key] = _proof(case, o, code)
    proof = proofs[key] if code in ("officers", "capacity") else None
    return _serves(case.plan, o) | {
        "enterprise": o.enterprise,
        "grid": o.grid_on(case.plan, case.plan.period.first),
        "priority": max(o.priorities),
        "code": code,
        "reason": f"no place for {o.id}: {code}",
        "proof": proof,
    }


def _is_possible(case: Case, o: Obligation) -> bool:
    return any(feasible_crews(case.plan, o, day) for day in o.days)


def _proof(case: Case, o: Obligation, code: str) -> dict[str, Any] | None:
    """What the obligation's days confine against the most that all can do in them; None where nothing is proved."""
    if code == "officers":
        confined = distinct_visits([x for x in case.owed.values() if x.days and x.group == o.group])
        possible = 0
    else:
        days = set(o.days)
        within = [x for x in case.owed.values() if x.days and days.issuperset(x.days) and _is_possible(case, x)]
        confined = distinct_visits(within)
        possible = sum(most_visits(case.plan, within, day) for day in o.days)
    if len(confined) <= possible:
        return None
    return {
        "days": [d.isoformat() for d in o.days],
        "officers": sorted(case.plan.officers),
        "owed": len(confined),
        "possible": possible,
        "unit": "visits",
        "least": len(confined) - possible,
    }
