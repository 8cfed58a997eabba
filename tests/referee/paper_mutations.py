"""Ways of breaking what a schedule says rather than whom it sends: ids, numbering, completeness, reasons, proofs."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from .mutations import Mutation, Schedule
from .plan import COUNTING
from .violation import Case

Entry = dict[str, Any]


def _edited(
    case: Case, where: str, wanted: Callable[[Entry], bool], edit: Callable[[Entry], object]
) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    for entry in broken[where]:
        if wanted(entry):
            edit(entry)
            return broken
    return None


def _visit(wanted: Callable[[Entry], bool], edit: Callable[[Entry], object]) -> Callable[[Case], Schedule | None]:
    return lambda case: _edited(case, "visits", wanted, edit)


def _missing(wanted: Callable[[Entry], bool], edit: Callable[[Entry], object]) -> Callable[[Case], Schedule | None]:
    return lambda case: _edited(case, "unplaced", wanted, edit)


def _proof(edit: Callable[[Entry], object], possible: bool = False) -> Callable[[Case], Schedule | None]:
    """Edits a whole shortage's proof; only of proofs where something is possible when asked."""

    def make(case: Case) -> Schedule | None:
        broken = copy.deepcopy(case.schedule)
        proofs = [
            e["proof"]
            for e in broken["unplaced"]
            if e["proof"] is not None and (e["proof"]["possible"] > 0) >= possible
        ]
        if not proofs:
            return None
        original = copy.deepcopy(proofs[0])
        for proof in proofs:
            if proof == original:
                edit(proof)
        return broken

    return make


def _any(entry: Entry) -> bool:
    return True


def _is_patrol(visit: Entry) -> bool:
    return visit["family"] == "patrol"


def _is_counted(visit: Entry) -> bool:
    return visit["family"] in COUNTING


def visit_dropped(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    broken["visits"].pop()
    return broken


def visit_doubled(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    broken["visits"].append(copy.deepcopy(broken["visits"][0]))
    return broken


def obligation_invented(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    served = broken["visits"][0]["serves"]
    served.append(served[0] | {"obligation": served[0]["obligation"][:-1] + "99"})
    return broken


def missing_dropped(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    return broken if broken["unplaced"] and broken["unplaced"].pop() else None


def placed_called_missing(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    if not broken["unplaced"]:
        return None
    served = broken["visits"][0]["serves"][0]
    priority = max(case.owed[served["obligation"]].priorities)
    broken["unplaced"].append(
        broken["unplaced"][0] | served | {"priority": priority, "enterprise": broken["visits"][0]["enterprise"]}
    )
    return broken


def missing_carried_over(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    if not broken["unplaced"]:
        return None
    broken["carried_over"].append(broken["unplaced"].pop())
    return broken


def crew_numbers_swapped(case: Case) -> Schedule | None:
    day = next((d for d, n in case.crews if n == 2), None)
    if day is None:
        return None
    broken = copy.deepcopy(case.schedule)
    for visit in broken["visits"]:
        if visit["date"] == day.isoformat() and visit["crew"] in (1, 2):
            visit["crew"] = 3 - visit["crew"]
    return broken


def leader_last(case: Case) -> Schedule | None:
    for visits in case.crews.values():
        if len(visits[0].crew) > 1:
            broken = copy.deepcopy(case.schedule)
            for visit in broken["visits"]:
                if visit["id"] in {v.id for v in visits}:
                    visit["officers"].reverse()
            return broken
    return None


def crew_changes_on_its_way(case: Case) -> Schedule | None:
    for visits in case.crews.values():
        others = [o for o in case.plan.officers if o not in visits[0].crew]
        if len(visits) > 1 and others:
            broken = copy.deepcopy(case.schedule)
            next(v for v in broken["visits"] if v["id"] == visits[1].id)["officers"].append(others[0])
            return broken
    return None


def least_important_id(case: Case) -> Schedule | None:
    for visit in case.visits:
        others = [o.id for o in visit.obligations if o.id != visit.id]
        if others:
            broken = copy.deepcopy(case.schedule)
            next(v for v in broken["visits"] if v["id"] == visit.id)["id"] = others[0]
            return broken
    return None


def cause_forgotten(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    causes = [served.pop("cause") for visit in broken["visits"] for served in visit["serves"] if "cause" in served]
    return broken if causes else None


def numbers_swapped(case: Case) -> Schedule | None:
    """The first and second of one unit change places."""
    served = {s["obligation"]: v for v in case.schedule["visits"] for s in v["serves"] if len(v["serves"]) == 1}
    for first in served:
        second = first.rpartition("/")[0] + "/2"
        if first.endswith("/1") and second in served and served[first]["date"] != served[second]["date"]:
            broken = copy.deepcopy(case.schedule)
            names = {first: second, second: first}
            for visit in broken["visits"]:
                visit["id"] = names.get(visit["id"], visit["id"])
                for entry in visit["serves"]:
                    entry["obligation"] = names.get(entry["obligation"], entry["obligation"])
            return broken
    return None


def two_of_one_rule(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    for a in broken["visits"]:
        for b in broken["visits"]:
            if (
                a is not b
                and a["enterprise"]
                and a["enterprise"] == b["enterprise"]
                and a["serves"][0]["rule"] == b["serves"][0]["rule"]
            ):
                a["serves"] += b["serves"]
                broken["visits"].remove(b)
                return broken
    return None


def hash_forged(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    broken["inputs"][0]["sha256"] = "0" * 64
    return broken


def period_forged(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    broken["period"]["to"] = "2026-12-30"
    return broken


def key_lost(case: Case) -> Schedule | None:
    broken = copy.deepcopy(case.schedule)
    del broken["visits"][0]["family"]
    return broken


def _next_day(proof: Entry) -> None:
    proof["days"].append("2027-06-01")


def _fewer_possible(proof: Entry) -> None:
    proof.update(possible=proof["possible"] - 1, least=proof["least"] + 1)


def _more_owed(proof: Entry) -> None:
    proof.update(owed=proof["owed"] + 500, least=proof["least"] + 500)


def _m(name: str, make: Callable[[Case], Schedule | None], *breaks: str) -> Mutation:
    return Mutation(name, frozenset(breaks), make)


PAPER_MUTATIONS = (
    _m("a visit dropped", visit_dropped, "lost"),
    _m("a visit twice", visit_doubled, "twice"),
    _m("an obligation invented", obligation_invented, "invented"),
    _m("a missing one dropped", missing_dropped, "lost"),
    _m("a placed one called missing", placed_called_missing, "twice"),
    _m("an unplaced one carried over", missing_carried_over, "carried-over"),
    _m("a hole in the crews' numbers", _visit(_any, lambda v: v.update(crew=9)), "crew-number"),
    _m("crews numbered against their leaders", crew_numbers_swapped, "crew-number"),
    _m("a hole in the route", _visit(_any, lambda v: v.update(order=9)), "order"),
    _m("the leader last", leader_last, "leader"),
    _m("a crew that changes on its way", crew_changes_on_its_way, "crew"),
    _m("an officer nobody knows", _visit(_is_patrol, lambda v: v.update(officers=["nobody"])), "crew"),
    _m("a visit with the id of a lesser obligation", least_important_id, "visit-id"),
    _m("an inspection called patrol", _visit(_is_counted, lambda v: v.update(family="patrol")), "family"),
    _m("a patrol called inspection", _visit(_is_patrol, lambda v: v.update(family="inspection")), "family"),
    _m("a visit shortened", _visit(_any, lambda v: v.update(minutes=v["minutes"] - 5)), "visit-minutes"),
    _m("numbers against the dates", numbers_swapped, "numbers"),
    _m("another enterprise's visit", _visit(lambda v: v["enterprise"], lambda v: v.update(enterprise="E99")), "facts"),
    _m("a visit in another grid", _visit(lambda v: v["enterprise"], lambda v: v.update(grid="elsewhere")), "facts"),
    _m("a window misquoted", _visit(_any, lambda v: v["serves"][0].update({"to": "2026-12-01"})), "facts"),
    _m("a cause forgotten", cause_forgotten, "facts"),
    _m("a state without a ledger", _visit(_any, lambda v: v.update(state="issued")), "facts"),
    _m("a surprise invented", _visit(_any, lambda v: v.update(surprise=True)), "facts"),
    _m("two obligations of one rule on one visit", two_of_one_rule, "merge"),
    _m("a priority misquoted", _missing(_any, lambda e: e.update(priority=e["priority"] + 1)), "facts"),
    _m("a code of somebody else's", _missing(_any, lambda e: e.update(code="no-working-day", proof=None)), "code"),
    _m("a code nobody knows", _missing(_any, lambda e: e.update(code="bad-luck", proof=None)), "code"),
    _m("a missing one without a reason", _missing(_any, lambda e: e.update(reason=" ")), "code"),
    _m("a proof that does not add up", _proof(lambda p: p.update(owed=p["owed"] + 1)), "proof"),
    _m("a proof of more owed than there is", _proof(_more_owed), "proof"),
    _m("a proof of less possible than there is", _proof(_fewer_possible, possible=True), "proof"),
    _m("a proof of nothing", _proof(lambda p: p.update(owed=p["possible"], least=0)), "proof"),
    _m("a proof with a day of no window", _proof(_next_day), "proof"),
    _m("a proof that leaves days out", _proof(lambda p: p["days"].pop()), "proof"),
    _m("a proof about a stranger", _proof(lambda p: p["officers"].append("nobody")), "proof"),
    _m("a forged hash", hash_forged, "head"),
    _m("a forged period", period_forged, "head"),
    _m("a key lost", key_lost, "form"),
)  # fmt: skip
