"""Reasons and proofs of what is missing: figures that add up, and that an outsider can recompute.

Readings: an obligation is part of a shortage when all its days are among the proof's days and it needs the proof's
officers: all its crews are of them, or each crew has one of them (a scarce skill), or each holds a crew that the
missing ones could have, or it asks at least as much as one of them; one of these must bear the figures. As visits
may be merged, a subject's obligations of different rules count for as many visits as its fullest rule; where nobody
can make any visit at all, each obligation counts. `possible` is sound when no way of forming crews does more in
those days; in minutes `least` visits are proved when even the longest ones do not make up the shortage sooner. A
proof may be null where nothing is proved. Of the codes only those that the days and people decide are checked in
full; cap, limit and gap must have a written cap, limit or gap behind them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .bound import feasible_crews, most_minutes, most_visits
from .owed import Obligation
from .plan import COUNTING, serves_family
from .select import cap_of
from .violation import Case, Violation
from .who import binding_pins, carrier, named

CODES = ("no-working-day", "closed", "recusal", "skills", "officers", "cap", "limit", "gap", "pin", "pool", "capacity")
PROVED = {"skills", "officers", "capacity"}
_PEOPLE_CODES = {"recusal", "skills", "officers", "pin"}


def check_codes(case: Case) -> Iterator[Violation]:
    """The code of each missing obligation against what the days and the people leave."""
    for entry in case.missing:
        o = case.owed.get(entry["obligation"])
        if o is None:
            continue
        code = entry["code"]
        if code not in CODES:
            yield Violation("code", f"{o.id}: {code} is no code")
        elif code not in possible_codes(case, o):
            yield Violation("code", f"{o.id}: {code}, but only {sorted(possible_codes(case, o))} can be the reason")
        if entry["proof"] is not None and code not in PROVED:
            yield Violation("proof", f"{o.id}: {code} has no proof")
        if not entry["reason"].strip():
            yield Violation("code", f"{o.id} has no reason")


def possible_codes(case: Case, o: Obligation) -> set[str]:
    """The first restriction that leaves nothing, as far as the documents decide it."""
    plan = case.plan
    if o.rule.kind == "quota":
        return {"pool", "capacity", "officers"}
    if not o.rule_days:
        return {"no-working-day", "closed"} if o.rule.kind == "pin" else {"no-working-day"}
    if not o.days:
        return {"closed"}
    if not any(feasible_crews(plan, o, day) for day in o.days):
        return _PEOPLE_CODES
    codes = {"capacity"}
    if o.rule.family in COUNTING and o.enterprise is not None:
        enterprise = plan.enterprises[o.enterprise]
        codes |= {"cap"} if cap_of(plan, enterprise, o.days[0]) is not None else set()
        codes |= {"limit"} if plan.limits else set()
    if o.rule.min_gap is not None:
        codes |= {"gap"}
    if plan.pins:
        codes |= {"pin"}
    return codes


@dataclass(frozen=True)
class Shortage:
    """A distinct proof, the missing ones that carry it, the obligations it is about, what is wrong with it."""

    proof: dict[str, Any]
    entries: tuple[Obligation, ...]
    about: frozenset[str]
    messages: tuple[str, ...]


def check_proofs(case: Case) -> Iterator[Violation]:
    """Every distinct proof once, with all entries that carry it."""
    for shortage in shortages(case):
        for message in shortage.messages:
            yield Violation("proof", f"proof of {shortage.entries[0].id}: {message}")


def shortages(case: Case) -> list[Shortage]:
    """The distinct proofs of a schedule."""
    found: dict[str, list[tuple[dict[str, Any], Obligation]]] = defaultdict(list)
    for entry in case.missing:
        if entry["proof"] is not None and entry["obligation"] in case.owed:
            found[repr(sorted(entry["proof"].items()))].append((entry["proof"], case.owed[entry["obligation"]]))
    return [_shortage(case, pairs[0][0], tuple(o for _, o in pairs)) for pairs in found.values()]


def proved_least(case: Case) -> int:
    """The bound that a schedule proves: its proofs' `least`, and what no day or person allows.

    Overlapping shortages (a week's within a month's) do not add up: no obligation is counted in two.
    """
    certain = sum(e["code"] in ("no-working-day", "closed", "recusal") and e["proof"] is None for e in case.missing)
    sums = []
    for key in (lambda s: -s.proof["least"], lambda s: len(s.about)):
        used: set[str] = set()
        total = 0
        for shortage in sorted(shortages(case), key=key):
            if not used & shortage.about and not shortage.messages:
                used |= shortage.about
                total += shortage.proof["least"]
        sums.append(total)
    return certain + max(sums)


def _shortage(case: Case, proof: dict[str, Any], entries: tuple[Obligation, ...]) -> Shortage:
    messages = tuple(_names(case, proof))
    if messages:
        return Shortage(proof, entries, frozenset(), messages)
    days = {dt.date.fromisoformat(d) for d in proof["days"]}
    within = [o for o in case.owed.values() if o.days and days.issuperset(o.days) and o.rule.kind != "quota"]
    for confined in _readings(case, within, entries, frozenset(proof["officers"])):
        messages = (*_members(entries, days, confined), *_figures(case, proof, days, confined))
        if not messages:
            return Shortage(proof, entries, frozenset(o.id for o in confined), ())
    return Shortage(proof, entries, frozenset(), messages)


def _names(case: Case, proof: dict[str, Any]) -> Iterator[str]:
    if proof["unit"] not in ("visits", "minutes"):
        yield f"the unit is {proof['unit']!r}"
    if unknown := set(proof["officers"]) - set(case.plan.officers):
        yield f"nobody is called {sorted(unknown)}"
    if len(set(proof["days"])) < len(proof["days"]):
        yield "a day stands twice"


def _readings(
    case: Case, within: list[Obligation], entries: tuple[Obligation, ...], officers: frozenset[str]
) -> Iterator[list[Obligation]]:
    """The obligations that a proof may be about; those that nobody can make only among their like, or last of all."""
    theirs = {(day, crew) for o in entries for day, crew in _crews(case, o)}
    crews = {o.id: {crew for _, crew in _crews(case, o)} for o in within}
    able = [o for o in within if crews[o.id]]
    like = {day: [set(crew) for on, crew in theirs if on == day] for day in {on for on, _ in theirs}}
    yield [
        o
        for o in (able if theirs else within)
        if all(any(one <= set(crew) for one in like.get(day, ())) for day, crew in _crews(case, o))
        and _concerns(case, o, officers)
    ]
    yield [
        o
        for o in able
        if any(_asks_as_much(o, entry) for entry in entries) and all(officers.issuperset(c) for c in crews[o.id])
    ]
    yield [o for o in able if all(officers.issuperset(crew) for crew in crews[o.id])]
    yield [o for o in able if all(officers.intersection(crew) for crew in crews[o.id])]
    yield [o for o in within if all(officers.issuperset(crew) for crew in crews[o.id]) and _concerns(case, o, officers)]


def _asks_as_much(one: Obligation, other: Obligation) -> bool:
    """Whether a visit asks at least as much of its crew, in every respect that is written, as another."""
    return (
        one.rule.people >= other.rule.people
        and one.rule.certified >= other.rule.certified
        and one.rule.minutes >= other.rule.minutes
        and one.rule.skills >= other.rule.skills
    )


def _crews(case: Case, o: Obligation) -> list[tuple[dt.date, tuple[str, ...]]]:
    return [(day, crew) for day in o.days for crew in feasible_crews(case.plan, o, day)]


def _concerns(case: Case, o: Obligation, officers: frozenset[str]) -> bool:
    """The proof is about the carrier's people, or names nobody."""
    pinned = named(binding_pins(case.plan, [o]))
    return not officers or any(officers & (carrier(case.plan, o, day) | pinned) for day in o.days)


def _members(entries: tuple[Obligation, ...], days: set[dt.date], confined: list[Obligation]) -> Iterator[str]:
    ids = {o.id for o in confined}
    for o in entries:
        if o.id not in ids:
            yield f"{o.id} may be done on other days or by other people"
    if extra := days - {d for o in confined for d in o.days}:
        yield f"{min(extra)} is in no window that it confines"


def _figures(case: Case, proof: dict[str, Any], days: set[dt.date], confined: list[Obligation]) -> Iterator[str]:
    short = proof["owed"] - proof["possible"]
    if proof["least"] < 1:
        yield "least is less than one"
    if proof["unit"] == "visits":
        if short != proof["least"]:
            yield f"{proof['owed']} owed less {proof['possible']} possible is not {proof['least']}"
        able = sum(most_visits(case.plan, confined, day) for day in sorted(days))
        most = len(distinct_visits(confined)) if able else len(confined)
        if proof["owed"] > most:
            yield f"{proof['owed']} owed where the days confine {most}"
    else:
        costs = sorted((o.rule.minutes + case.plan.travel for o in distinct_visits(confined)), reverse=True)
        if proof["owed"] > sum(costs):
            yield f"{proof['owed']} minutes owed where the days confine {sum(costs)}"
        if short <= sum(costs[: proof["least"] - 1]):
            yield f"{short} minutes short do not prove {proof['least']} visits"
        able = sum(most_minutes(case.plan, confined, day) for day in sorted(days))
    if proof["possible"] < min(able, proof["owed"]):
        yield f"{proof['possible']} possible where {able} are"


def distinct_visits(confined: list[Obligation]) -> list[Obligation]:
    """Obligations that surely need a visit each: per subject those of its fullest rule, unless none can merge."""
    by_subject: dict[str | None, dict[str, list[Obligation]]] = defaultdict(lambda: defaultdict(list))
    for o in confined:
        by_subject[o.subject][o.rule.id].append(o)
    sure = []
    for rules in by_subject.values():
        for together in _that_may_merge(list(rules.values())):
            sure += max(together, key=lambda os: (len(os), os[0].rule.id))
    return sure


def _that_may_merge(rules: list[list[Obligation]]) -> list[list[list[Obligation]]]:
    """Rules of one subject in groups, none of which shares a visit with another."""
    groups: list[list[list[Obligation]]] = []
    for rule in rules:
        linked = [g for g in groups if any(_may_merge(a, b) for other in g for a in other for b in rule)]
        groups = [g for g in groups if g not in linked] + [[rule, *(other for g in linked for other in g)]]
    return groups


def _may_merge(a: Obligation, b: Obligation) -> bool:
    alone = [o for o in (a, b) if o.enterprise is None or o.rule.separate or o.rule.surprise]
    families = {a.rule.family, b.rule.family}
    served = any(serves_family(f, a.rule.family) and serves_family(f, b.rule.family) for f in families)
    written = a.rule.family_written and b.rule.family_written
    return not alone and (served or not written) and not set(a.days).isdisjoint(b.days)
