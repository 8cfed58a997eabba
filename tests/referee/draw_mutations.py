"""Ways of breaking what spot checks and quotas guarantee, each with the guarantees that must be reported broken."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from .mutations import Mutation, Schedule
from .quotas import QuotaObligation
from .violation import Case, Visit

Entry = dict[str, Any]


def _raw(broken: Schedule, visit: Visit) -> Entry:
    return next(v for v in broken["visits"] if v["id"] == visit.id)


def _spot(case: Case, *, drawn: bool) -> Iterator[Visit]:
    """The visits of spot checks alone, to drawn enterprises or to nobody yet."""
    for visit in case.visits:
        rules = {o.rule.kind for o in visit.obligations}
        if rules == {"spot-check"} and (visit.raw["enterprise"] is not None) == drawn:
            yield visit


def _filled(case: Case) -> Iterator[Visit]:
    return (v for v in case.visits if isinstance(v.obligations[0], QuotaObligation))


def another_enterprise_drawn(case: Case) -> Schedule | None:
    """One that is not drawn is visited in place of one that is."""
    for visit in _spot(case, drawn=True):
        o = visit.obligations[0]
        for other in case.plan.enterprises:
            id_ = f"{o.rule.id}/{other}/{o.period}/1"
            if id_ not in case.owed:
                broken = copy.deepcopy(case.schedule)
                raw = _raw(broken, visit)
                raw.update(id=id_, enterprise=other, grid=case.plan.enterprises[other].grid_on(visit.date))
                raw["serves"][0]["obligation"] = id_
                return broken
    return None


def undrawn_named(case: Case) -> Schedule | None:
    """A period without a seed has somebody's name in it."""
    for visit in _spot(case, drawn=False):
        other = next(iter(case.plan.enterprises))
        broken = copy.deepcopy(case.schedule)
        _raw(broken, visit).update(enterprise=other, grid=case.plan.enterprises[other].grid_on(visit.date))
        return broken
    return None


def undrawn_forgotten(case: Case) -> Schedule | None:
    for visit in _spot(case, drawn=False):
        broken = copy.deepcopy(case.schedule)
        broken["visits"] = [v for v in broken["visits"] if v["id"] != visit.id]
        return broken
    return None


def undrawn_elsewhere(case: Case) -> Schedule | None:
    for visit in _spot(case, drawn=False):
        broken = copy.deepcopy(case.schedule)
        _raw(broken, visit)["grid"] = "elsewhere"
        return broken
    return None


def other_officers(case: Case) -> Schedule | None:
    """One of the drawn crew stays at home and somebody else goes."""
    for visit in _spot(case, drawn=True):
        if visit.obligations[0].crew is None:
            continue
        for other in case.plan.officers:
            if other not in visit.crew:
                broken = copy.deepcopy(case.schedule)
                for raw in broken["visits"]:
                    if (raw["date"], raw["crew"]) == (visit.raw["date"], visit.raw["crew"]):
                        raw["officers"] = [*raw["officers"][:-1], other]
                return broken
    return None


def own_grid(case: Case) -> Schedule | None:
    """`cross` is forgotten: somebody of the enterprise's own grid goes along."""
    for visit in _spot(case, drawn=True):
        grid = visit.raw["grid"]
        for other, officer in case.plan.officers.items():
            if visit.obligations[0].rule.cross and grid in officer.grids and other not in visit.crew:
                broken = copy.deepcopy(case.schedule)
                for raw in broken["visits"]:
                    if (raw["date"], raw["crew"]) == (visit.raw["date"], visit.raw["crew"]):
                        raw["officers"] = [*raw["officers"], other]
                return broken
    return None


def drawn_merged(case: Case) -> Schedule | None:
    """A visit by drawn officers serves another rule besides."""
    for visit in _spot(case, drawn=True):
        o = visit.obligations[0]
        if o.crew is None:
            continue
        for other in case.visits:
            if other.id != visit.id and other.raw["enterprise"] == visit.raw["enterprise"]:
                broken = copy.deepcopy(case.schedule)
                broken["visits"] = [v for v in broken["visits"] if v["id"] != other.id]
                _raw(broken, visit)["serves"] += copy.deepcopy(other.raw["serves"])
                return broken
    return None


def quota_short(case: Case) -> Schedule | None:
    for visit in _filled(case):
        broken = copy.deepcopy(case.schedule)
        broken["visits"] = [v for v in broken["visits"] if v["id"] != visit.id]
        return broken
    return None


def quota_missing_forgotten(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    kept = [e for e in broken["unplaced"] if e["kind"] != "quota"]
    if len(kept) == len(broken["unplaced"]):
        return None
    broken["unplaced"] = kept
    return broken


def quota_overfull(case: Case) -> Schedule | None:
    """A quota that is reached is filled up further."""
    for visit in _filled(case):
        broken = copy.deepcopy(case.schedule)
        more = copy.deepcopy(visit.raw)
        more["id"] = visit.id.rpartition("/")[0] + "/99"
        more["serves"][0]["obligation"] = more["id"]
        more["order"] = 99
        broken["visits"].append(more)
        return broken
    return None


def quota_twice(case: Case) -> Schedule | None:
    """The quota goes to one whom the team has visited in the unit already."""
    for visit in _filled(case):
        o = visit.obligations[0]
        for other in case.visits:
            known = other.raw["enterprise"]
            same = other.crew and other.crew[0] == visit.crew[0] and o.first <= other.date <= o.last
            if other.id != visit.id and known and same and known != visit.raw["enterprise"]:
                broken = copy.deepcopy(case.schedule)
                _raw(broken, visit).update(enterprise=known, grid=case.plan.enterprises[known].grid_on(visit.date))
                return broken
    return None


def quota_by_others(case: Case) -> Schedule | None:
    """Somebody of no team, or of another first, makes the quota's visit."""
    for visit in _filled(case):
        team = case.plan.officers[visit.crew[0]].teams[:1]
        for other, officer in case.plan.officers.items():
            if officer.teams[:1] != team:
                broken = copy.deepcopy(case.schedule)
                for raw in broken["visits"]:
                    if (raw["date"], raw["crew"]) == (visit.raw["date"], visit.raw["crew"]):
                        raw["officers"] = [other]
                return broken
    return None


def pool_called_full(case: Case) -> Schedule | None:
    """What fails for want of enterprises is said to fail for want of days off."""
    broken = copy.deepcopy(case.schedule)
    for entry in broken["unplaced"]:
        if entry["kind"] == "quota":
            entry["code"] = "cap"
            return broken
    return None


def _m(name: str, make: Callable[[Case], Schedule | None], *breaks: str) -> Mutation:
    return Mutation(name, frozenset(breaks), make)


DRAW_MUTATIONS = (
    _m("another enterprise than the drawn one", another_enterprise_drawn, "invented", "lost"),
    _m("a name where nobody is drawn yet", undrawn_named, "facts"),
    _m("a reserve forgotten", undrawn_forgotten, "lost"),
    _m("a reserve in another grid", undrawn_elsewhere, "facts"),
    _m("other officers than the drawn ones", other_officers, "drawn"),
    _m("an officer of the enterprise's own grid", own_grid, "carrier", "drawn"),
    _m("drawn officers who serve another rule besides", drawn_merged, "merge"),
    _m("a quota's visit dropped", quota_short, "quota"),
    _m("a quota's missing ones dropped", quota_missing_forgotten, "quota"),
    _m("a quota filled beyond its number", quota_overfull, "quota", "twice"),
    _m("a quota filled with whom the team knows", quota_twice, "quota", "one-a-day"),
    _m("a quota filled by others", quota_by_others, "quota", "carrier"),
    _m("a quota's shortage with the code of another", pool_called_full, "code"),
)
