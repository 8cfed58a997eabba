"""The JSON contract: keys and types, ids, numbering, and that nothing owed is lost or invented.

Readings: what is missing goes to `carried_over` when its window ends after the plan's period, else to `unplaced`; n
runs in order of date with missing ones last.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .owed import Obligation
from .violation import Case, Violation, Visit
from .who import leads_before

_TEXT, _NUMBER, _TRUTH, _LIST, _MAPPING, _TEXT_OR_NONE = (str,), (int,), (bool,), (list,), (dict,), (str, type(None))
_TOP = {
    "safeplan": _NUMBER, "plan": _TEXT, "period": _MAPPING, "generated_for": _TEXT, "provisional_years": _LIST,
    "made_by": _MAPPING, "inputs": _LIST, "ledger": (dict, type(None)), "hidden": _MAPPING, "visits": _LIST,
    "activities": _LIST, "unplaced": _LIST, "carried_over": _LIST, "warnings": _LIST,
}  # fmt: skip
_VISIT = {
    "id": _TEXT, "state": _TEXT, "date": _TEXT, "crew": _NUMBER, "order": _NUMBER, "enterprise": _TEXT_OR_NONE,
    "grid": _TEXT_OR_NONE, "family": _TEXT, "officers": _LIST, "minutes": _NUMBER, "surprise": _TRUTH, "serves": _LIST,
}  # fmt: skip
_SERVES = {
    "obligation": _TEXT,
    "rule": _TEXT,
    "kind": _TEXT,
    "name": _TEXT_OR_NONE,
    "from": _TEXT,
    "to": _TEXT,
    "source": _TEXT_OR_NONE,
}
_ACTIVITY = {
    "id": _TEXT, "rule": _TEXT, "kind": _TEXT, "name": _TEXT, "from": _TEXT, "due": _TEXT, "owners": _LIST,
    "grid": _TEXT_OR_NONE, "enterprise": _TEXT_OR_NONE, "source": _TEXT_OR_NONE,
}  # fmt: skip
_MISSING = {
    "obligation": _TEXT, "enterprise": _TEXT_OR_NONE, "grid": _TEXT_OR_NONE, "rule": _TEXT, "kind": _TEXT,
    "name": _TEXT_OR_NONE, "from": _TEXT, "to": _TEXT, "priority": _NUMBER, "source": _TEXT_OR_NONE, "code": _TEXT,
    "reason": _TEXT, "proof": (dict, type(None)),
}  # fmt: skip
_PROOF = {"days": _LIST, "officers": _LIST, "owed": _NUMBER, "possible": _NUMBER, "unit": _TEXT, "least": _NUMBER}


def check_form(schedule: dict[str, Any]) -> Iterator[Violation]:
    """Keys and types alone; the other checks are only asked when these hold."""
    yield from _fields("schedule", schedule, _TOP)
    for visit in schedule.get("visits", []):
        yield from _fields("visit", visit, _VISIT)
        for served in visit.get("serves", []):
            yield from _fields("serves", served, _SERVES)
        if not visit.get("serves"):
            yield Violation("form", f"{visit.get('id')} serves nothing")
    for activity in schedule.get("activities", []):
        yield from _fields("activity", activity, _ACTIVITY)
    for entry in schedule.get("unplaced", []) + schedule.get("carried_over", []):
        yield from _fields("unplaced", entry, _MISSING)
        if entry.get("proof") is not None:
            yield from _fields("proof", entry["proof"], _PROOF)


def _fields(what: str, found: dict[str, Any], wanted: Mapping[str, tuple[type, ...]]) -> Iterator[Violation]:
    for key, types in wanted.items():
        if key not in found:
            yield Violation("form", f"{what} lacks {key}")
        elif not isinstance(found[key], types) or (types is _NUMBER and isinstance(found[key], bool)):
            yield Violation("form", f"{what}.{key} is {found[key]!r}")


def check_head(case: Case, folder: Path) -> Iterator[Violation]:
    """Name, period, inputs and their hashes."""
    plan, schedule = case.plan, case.schedule
    period = {"from": plan.period.first.isoformat(), "to": plan.period.last.isoformat()}
    if schedule["safeplan"] != 1 or schedule["plan"] != plan.name or schedule["period"] != period:
        yield Violation("head", f"not the plan {plan.name!r} of {period}")
    if [i["file"] for i in schedule["inputs"]] != list(plan.files):
        yield Violation("head", f"inputs are {plan.files}")
        return
    for entry in schedule["inputs"]:
        if hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() != entry["sha256"]:
            yield Violation("head", f"{entry['file']} has another SHA-256")


def check_complete(case: Case) -> Iterator[Violation]:
    """Each obligation owed is exactly once in visits, unplaced or carried_over, and nothing else is."""
    served = [s["obligation"] for v in case.schedule["visits"] for s in v["serves"]]
    missing = [m["obligation"] for m in case.missing]
    counted = Counter(served + missing)
    for obligation, times in sorted(counted.items()):
        if obligation not in case.owed:
            yield Violation("invented", f"nobody owes {obligation}")
        elif times > 1:
            yield Violation("twice", f"{obligation} stands {times} times")
    for obligation in sorted(set(case.owed) - set(counted)):
        yield Violation("lost", f"{obligation} is nowhere")
    for visit_id, times in Counter(v["id"] for v in case.schedule["visits"]).items():
        if times > 1:
            yield Violation("twice", f"visit {visit_id} stands {times} times")
    for entry in case.schedule["unplaced"]:
        if (o := case.owed.get(entry["obligation"])) is not None and goes_on(case, o):
            yield Violation("carried-over", f"{entry['obligation']} may still be done after the period")
    for entry in case.schedule["carried_over"]:
        if entry["obligation"] in case.owed and not goes_on(case, case.owed[entry["obligation"]], even_so=True):
            yield Violation("carried-over", f"{entry['obligation']} cannot be done after the period")
    yield from _numbers_in_order(case)


def goes_on(case: Case, o: Obligation, *, even_so: bool = False) -> bool:
    """Whether it may still be done after the period; `even_so`: perhaps, for all that its window says."""
    outlasts = o.endless or (o.last > case.plan.period.last and not o.ends_early)
    perhaps = even_so and o.rule.kind != "class"  # whether a class goes on is known to the day
    return outlasts and (perhaps or not _ends_with_plan(case, o))


def _ends_with_plan(case: Case, o: Obligation) -> bool:
    """Whether its enterprise closes, or changes class, before anything could be done after the plan."""
    if o.enterprise is None:
        return False
    enterprise, after = case.plan.enterprises[o.enterprise], case.plan.period.last + dt.timedelta(days=1)
    is_of_class = o.rule.kind == "class" and o.rule.id == f"class-{enterprise.class_on(after)}"
    return after not in enterprise.active or (o.rule.kind == "class" and not is_of_class)


def _numbers_in_order(case: Case) -> Iterator[Violation]:
    groups: dict[tuple, list[tuple[int, str]]] = defaultdict(list)
    for visit in case.visits:
        for o in visit.obligations:
            groups[o.group].append((o.n, visit.raw["date"]))
    for entry in case.missing:
        if entry["obligation"] in case.owed:
            o = case.owed[entry["obligation"]]
            groups[o.group].append((o.n, "9999"))
    for group, found in groups.items():
        dates = [date for _, date in sorted(found)]
        if dates != sorted(dates):
            yield Violation("numbers", f"n of {group} does not run in order of date")


def check_facts(case: Case) -> Iterator[Violation]:
    """What an entry says of its obligation, and what a visit says of itself."""
    for entry in case.missing:
        yield from _facts(case, entry)
        o = case.owed.get(entry["obligation"])
        if o is None:
            continue
        if entry["priority"] not in o.priorities:
            yield Violation("facts", f"{o.id} has priority {sorted(o.priorities)}, not {entry['priority']}")
        if (entry["enterprise"] or entry["grid"]) != o.subject:
            yield Violation("facts", f"{o.id} is not of {entry['enterprise'] or entry['grid']}")
    for visit in case.visits:
        for served in visit.raw["serves"]:
            yield from _facts(case, served)
        for o in visit.obligations:
            pin = case.plan.pin_of_rule.get(o.rule.id)
            causes = [s.get("cause") for s in visit.raw["serves"] if s["obligation"] == o.id]
            if pin is not None and pin.cause is not None and causes != [pin.cause]:
                yield Violation("facts", f"{o.id} has the cause {pin.cause}")
        yield from _own_facts(case, visit)


def _facts(case: Case, entry: dict[str, Any]) -> Iterator[Violation]:
    o = case.owed.get(entry["obligation"])
    if o is None:
        return
    said = (entry["rule"], entry["kind"], entry["from"], entry["to"])
    if said != (o.rule.id, o.rule.kind, o.first.isoformat(), o.last.isoformat()):
        yield Violation("facts", f"{o.id} is not {said}")


def _own_facts(case: Case, visit: Visit) -> Iterator[Violation]:
    raw, first = visit.raw, visit.obligations[0]
    for o in visit.obligations:
        if (o.enterprise, o.grid if o.enterprise is None else None) != (
            raw["enterprise"],
            raw["grid"] if raw["enterprise"] is None else None,
        ):
            yield Violation("facts", f"{visit.id} is a visit to {visit.subject}, {o.id} is not")
            return
    if raw["enterprise"] is not None and raw["grid"] != first.grid_on(case.plan, visit.date):
        yield Violation("facts", f"{visit.id}: {raw['enterprise']} is not in grid {raw['grid']} on {visit.date}")
    if raw["surprise"] != any(o.rule.surprise for o in visit.obligations):
        yield Violation("facts", f"{visit.id}: surprise is wrong")
    if raw["state"] != "drafted" and case.schedule["ledger"] is None:
        yield Violation("facts", f"{visit.id} is {raw['state']} without a ledger")
    if visit.id not in _possible_ids(visit):
        yield Violation("visit-id", f"{visit.id} is not the id of its most important obligation")


def _possible_ids(visit: Visit) -> set[str]:
    """The most important obligation's id (importance, earliest last day, smallest id) by each reading of importance."""
    ids = set()
    for chosen in visit.obligations:
        highest = max(chosen.priorities)
        rivals = [o for o in visit.obligations if min(o.priorities) >= highest or o is chosen]
        best = min(rivals, key=lambda o: (-(highest if o is chosen else max(o.priorities)), o.last, o.id))
        if best is chosen:
            ids.add(chosen.id)
    return ids


def check_numbering(case: Case) -> Iterator[Violation]:
    """Crews of a day from 1 by leader, orders from 1 without holes, one list of officers a crew, leader first."""
    days: dict[Any, dict[int, list[Visit]]] = defaultdict(dict)
    for (day, crew), visits in case.crews.items():
        days[day][crew] = visits
        if sorted(v.raw["order"] for v in visits) != list(range(1, len(visits) + 1)):
            yield Violation("order", f"crew {crew} of {day}: orders are not 1 to {len(visits)}")
        if any(v.crew != visits[0].crew for v in visits):
            yield Violation("crew", f"crew {crew} of {day} is not the same people at every visit")
        members = visits[0].crew
        if members and all(m in case.plan.officers for m in members):
            leader = min(members, key=lambda m: leads_before(case.plan, m, day))
            if members[0] != leader:
                yield Violation("leader", f"{leader} leads crew {crew} of {day}, not {members[0]}")
    for day, crews in days.items():
        if sorted(crews) != list(range(1, len(crews) + 1)):
            yield Violation("crew-number", f"the crews of {day} are {sorted(crews)}")
        leaders = [crews[n][0].crew[0] for n in sorted(crews) if crews[n][0].crew]
        if leaders != sorted(leaders):
            yield Violation("crew-number", f"the crews of {day} are not in order of their leaders: {leaders}")
