"""Quotas: as many distinct enterprises as written, filled up where they are too few (rules.md, Quotas).

Readings: a crew is the team's by its leader's first team; the enterprises that count are those of `where`; a quota's
visits are made by officers whose first team it is, where its team covers the grid, and anywhere when it covers none.
Of several quotas that could count each other's patrols those of shorter units come first, then in the plan's order. The
longest unvisited is judged by visits up to the end of the unit, before the quota's own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .owed import Obligation, importance, units_in
from .plan import Enterprise, Frequency, Plan, Quota
from .select import chooses
from .spans import Span
from .violation import Case, Violation, Visit
from .who import carrier, team_of


@dataclass(frozen=True)
class QuotaObligation(Obligation):
    """One missing enterprise of a unit; its subject is nobody's until a visit has one."""

    @property
    def group(self) -> tuple[str, str | None, str]:
        return self.rule.id, None, self.period


def printed_quotas(plan: Plan, schedule: dict[str, Any]) -> dict[str, Obligation]:
    """The quota obligations that a schedule speaks of, as far as the plan has such quotas and units."""
    printed = [(s["obligation"], v["enterprise"]) for v in schedule["visits"] for s in v["serves"]]
    printed += [(e["obligation"], None) for e in schedule["unplaced"] + schedule["carried_over"]]
    known = {(quota.rule.id, name): (quota, unit) for quota in plan.quotas for name, unit in _units(plan, quota)}
    found: dict[str, Obligation] = {}
    for id_, enterprise in printed:
        rule, _, rest = id_.partition("/-/")
        name, _, n = rest.partition("/")
        if (rule, name) in known and n.isdigit():
            quota, unit = known[rule, name]
            found[id_] = _obligation(plan, quota, id_, name, int(n), unit, plan.enterprises.get(enterprise or ""))
    return found


def _units(plan: Plan, quota: Quota) -> list[tuple[str, Span]]:
    rule = replace(quota.rule, frequency=Frequency(1, 1, quota.per))
    return [(name, spans[0]) for name, spans in units_in(plan, rule, plan.period)]


def _obligation(
    plan: Plan, quota: Quota, id_: str, name: str, n: int, unit: Span, enterprise: Enterprise | None
) -> Obligation:
    part = unit.meet(plan.period)
    assert part is not None
    days = tuple(
        d
        for d in part.days()
        if plan.calendar.allows(quota.rule.days, d) and (enterprise is None or d in enterprise.active)
    )
    open_ = tuple(d for d in days if enterprise is None or not any(d in c for c in enterprise.closed))
    rule = quota.rule
    if rule.by is None and not _covers(plan, quota.team):
        rule = replace(rule, by=quota.team)
    return QuotaObligation(
        id_, rule, enterprise.id if enterprise else None, None, name, n,
        unit.first, unit.last, open_, days, importance(plan, rule),
    )  # fmt: skip


def _covers(plan: Plan, team: str) -> bool:
    members = {o.id for o in plan.officers.values() if team in o.teams}
    if not plan.grids:
        return bool(members)
    rule = next(q.rule for q in plan.quotas)
    day = plan.period.first
    return any(
        members
        & carrier(plan, Obligation("", replace(rule, by=None), None, g, "", 1, day, day, (), (), frozenset()), day)
        for g in plan.grids
    )


def check_quotas(case: Case) -> Iterator[Violation]:
    """Whose crews fill, how many are filled, no more than are missing, the longest unvisited first."""
    plan = case.plan
    order = sorted(
        ((unit.last - unit.first).days, unit.first, i, name, unit)
        for i, quota in enumerate(plan.quotas)
        for name, unit in _units(plan, quota)
    )
    later: set[str] = {o.id for o in case.owed.values() if isinstance(o, QuotaObligation)}
    for _, _, i, name, unit in order:
        quota = plan.quotas[i]
        mine = {
            o.id
            for o in case.owed.values()
            if isinstance(o, QuotaObligation) and o.rule.id == quota.rule.id and o.period == name
        }
        yield from _of_unit(case, quota, name, unit, mine, later)
        later -= mine


def _of_unit(case: Case, quota: Quota, name: str, unit: Span, mine: set[str], later: set[str]) -> Iterator[Violation]:
    plan = case.plan
    pool = {
        e.id
        for e in plan.enterprises.values()
        if e.planned and e.active.meet(unit) and chooses(plan, quota.rule.where, e, max(unit.first, e.active.first))
    }
    before = [v for v in case.visits if v.id not in later]
    reached = {
        v.raw["enterprise"]
        for v in before
        if v.date in unit and v.crew and v.raw["crew"] and team_of(plan, v.crew[0]) == quota.team
    } & pool
    missing = max(0, _wanted(plan, quota, unit) - len(reached))
    if len(mine) != missing:
        yield Violation("quota", f"{quota.rule.id} {name}: {missing} are missing, {len(mine)} are printed")
        return
    if sorted(case.owed[o].n for o in mine) != list(range(1, missing + 1)):
        yield Violation("quota", f"{quota.rule.id} {name}: the numbers have holes")
    added = [v for v in case.visits if v.id in mine]
    seen = [v.raw["enterprise"] for v in added]
    if len(set(seen)) < len(seen) or set(seen) & reached or not set(seen) <= pool:
        yield Violation("quota", f"{quota.rule.id} {name}: {seen} are not new enterprises of it")
    for visit in added:
        if visit.crew and team_of(plan, visit.crew[0]) != quota.team:
            yield Violation("quota", f"{visit.id} is not made by a crew of {quota.team}")
    yield from _order(case, quota, unit, pool - reached, before, added)
    codes = [e["code"] for e in case.missing if e["obligation"] in mine]
    if codes.count("pool") < max(0, missing - len(pool - reached)):
        yield Violation("quota", f"{quota.rule.id} {name}: the pool is too small, which no code says")


def _wanted(plan: Plan, quota: Quota, unit: Span) -> int:
    days = [d for d in unit.days() if plan.calendar.allows(quota.rule.days, d)]
    left = [d for d in days if d in plan.period]
    if not left:
        return 0
    if len(left) == len(days) or quota.rule.partial == "full":
        return quota.at_least
    return 0 if quota.rule.partial == "none" else int(Fraction(quota.at_least * len(left), len(days)) + Fraction(1, 2))


def _order(
    case: Case, quota: Quota, unit: Span, waiting: set[str], before: list[Visit], added: list[Visit]
) -> Iterator[Violation]:
    """Whoever was passed over, though unvisited for longer, could not be visited on the very day of another."""
    plan = case.plan
    last: dict[str, dt.date] = {e: plan.enterprises[e].last_visit or dt.date.min for e in waiting}
    booked: dict[str, set[dt.date]] = defaultdict(set)
    for visit in case.visits:
        booked[visit.raw["enterprise"] or ""].add(visit.date)
    for visit in before:
        e = visit.raw["enterprise"]
        if e in last and visit.date <= unit.last:
            last[e] = max(last[e], visit.date)

    def rank(e: str) -> tuple[dt.date, str]:
        return last[e], hashlib.sha256(e.encode()).hexdigest()

    chosen = {v.raw["enterprise"] for v in added}
    for visit in added:
        for other in waiting - chosen:
            if (
                visit.raw["enterprise"] in last
                and rank(other) < rank(visit.raw["enterprise"])
                and _could(case, quota, other, visit, booked)
            ):
                yield Violation(
                    "quota", f"{visit.id} goes to {visit.raw['enterprise']}, {other} is unvisited for longer"
                )


def _could(case: Case, quota: Quota, other: str, visit: Visit, booked: dict[str, set[dt.date]]) -> bool:
    """Whether the very crew could surely have gone to the other on that day instead."""
    plan, enterprise = case.plan, case.plan.enterprises[other]
    binding = quota.rule.min_gap or quota.rule.family != "patrol" or any("patrol" in cap.also for cap in plan.caps)
    if (
        binding
        or visit.date in booked[other]
        or other in plan.people_pins
        or visit.raw["enterprise"] in plan.people_pins
    ):
        return False
    o = _obligation(plan, quota, visit.id, "", 1, unit=Span(visit.date, visit.date), enterprise=enterprise)
    from .who import who_is_wrong

    return visit.date in o.days and not who_is_wrong(plan, [o], quota.rule.family, visit.crew, visit.date)
