"""What no printed schedule may break, visit by visit and crew by crew.

Readings: a visit of a pin ignores written gaps, whatever else it serves; a pin's own default minutes need not count
when it serves rules that say theirs; a visit of a patrol serves that patrol alone (综合查一次 is of one enterprise); a
visit that serves one excepted cause does not count to the cap; limits and caps
are broken only where a visit of ours is among those that exceed them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from .plan import COUNTING, PEOPLE, WIDTH, Plan, Rule, serves_family
from .select import cap_of
from .violation import Case, Violation, Visit
from .who import crew_minutes, team_of, who_is_wrong


def check_days(case: Case) -> Iterator[Violation]:
    """Period, working days or the rule's own, windows, closed days, active span."""
    for visit in case.visits:
        if visit.date not in case.plan.period:
            yield Violation("period", f"{visit.id} is outside the period")
        for o in visit.obligations:
            if not o.first <= visit.date <= o.last:
                yield Violation("window", f"{o.id} on {visit.date} is outside {o.first} to {o.last}")
            elif visit.date not in o.rule_days:
                yield Violation("day", f"{o.id} is not allowed on {visit.date}")
            elif visit.date not in o.days:
                yield Violation("closed", f"{o.subject} is closed on {visit.date}")


def check_one_a_day(case: Case) -> Iterator[Violation]:
    """Never two visits to one enterprise on a day; an officer in one crew."""
    for (day, enterprise), times in Counter(
        (v.date, v.raw["enterprise"]) for v in case.visits if v.raw["enterprise"]
    ).items():
        if times > 1:
            yield Violation("one-a-day", f"{enterprise} has {times} visits on {day}")
    crews: dict[tuple[dt.date, str], set[int]] = defaultdict(set)
    for (day, number), visits in case.crews.items():
        for member in {m for v in visits for m in v.crew}:
            crews[day, member].add(number)
    for (day, member), numbers in crews.items():
        if len(numbers) > 1:
            yield Violation("one-crew", f"{member} is in the crews {sorted(numbers)} on {day}")


def check_who(case: Case) -> Iterator[Violation]:
    """Families, people, certificates, skills, recusal, leave, carriers and pins' people."""
    for visit in case.visits:
        yield from _family(case.plan, visit)
        if visit.raw["family"] == "self-check":
            if visit.crew or visit.raw["crew"] or visit.raw["order"]:
                yield Violation("crew", f"{visit.id} is a self-check with a crew")
            continue
        if visit.raw["crew"] < 1 or len(set(visit.crew)) < len(visit.crew):
            yield Violation("crew", f"{visit.id} has the crew {visit.raw['crew']}: {visit.crew}")
        unknown = [m for m in visit.crew if m not in case.plan.officers]
        if unknown or not visit.crew:
            yield Violation("crew", f"{visit.id} is made by {visit.crew}")
        elif visit.raw["family"] in PEOPLE:
            for rule, message in who_is_wrong(
                case.plan, visit.obligations, visit.raw["family"], visit.crew, visit.date
            ):
                yield Violation(rule, f"{visit.id}: {message}")


def _family(plan: Plan, visit: Visit) -> Iterator[Violation]:
    family, rules = visit.raw["family"], [o.rule for o in visit.obligations]
    owed = {rule.family for rule in rules if rule.kind != "pin" or rule.family_written}
    if family not in PEOPLE or not all(serves_family(family, f) for f in owed):
        yield Violation("family", f"{visit.id}: a visit of {family} cannot serve {sorted(owed)}")
    elif owed and family not in owed and not any(_is_open_pin(r) for r in rules):
        yield Violation("family", f"{visit.id}: {family} where {sorted(owed)} are owed")
    else:
        for rule in rules:
            if _is_open_pin(rule) and family not in open_pin_families(plan, rule) | owed:
                yield Violation("family", f"{visit.id}: {family} is not of {sorted(open_pin_families(plan, rule))}")
    if len({r.id for r in rules}) < len(rules):
        yield Violation("merge", f"{visit.id} serves two obligations of one rule")
    if len(rules) > 1 and any(r.separate or r.surprise for r in rules):
        yield Violation("merge", f"{visit.id} serves a separate rule among others")
    if len(rules) > 1 and any(o.crew is not None for o in visit.obligations):
        yield Violation("merge", f"{visit.id} by drawn officers serves another rule")
    if len(rules) > 1 and visit.raw["enterprise"] is None:
        yield Violation("merge", f"{visit.id} of a grid serves several patrols")


def _is_open_pin(rule: Rule) -> bool:
    return rule.kind == "pin" and not rule.family_written


def open_pin_families(plan: Plan, rule: Rule) -> set[str]:
    """Families that a pin without `family:` may have: the widest of the classes it touches, else the default."""
    pin = plan.pin_of_rule[rule.id]
    found = set()
    if pin.enterprise is not None and pin.span is not None:
        enterprise = plan.enterprises[pin.enterprise]
        letters = {c for span, c in enterprise.classes if span.meet(pin.span)}
        found = {plan.classes[c].family for c in letters if c in plan.classes}
    wide = sorted(found, key=lambda f: WIDTH.index(f) if f in WIDTH else -1)
    return {rule.family, *found} if len(found) > 1 else set(wide) | ({rule.family} if not found else set())


def check_load(case: Case) -> Iterator[Violation]:
    """Minutes and visits of each crew's day, and each visit's own minutes."""
    for visit in case.visits:
        rules = [o.rule for o in visit.obligations]
        told = [r.minutes for r in rules if r.kind != "pin" or r.minutes_written]
        if visit.raw["minutes"] not in {max(r.minutes for r in rules), max(told, default=-1)}:
            yield Violation("visit-minutes", f"{visit.id} takes {visit.raw['minutes']} minutes")
    for (day, number), visits in case.crews.items():
        crew = visits[0].crew
        if not crew or any(m not in case.plan.officers for m in crew):
            continue
        minutes, most = crew_minutes(case.plan, crew, day)
        used = sum(v.raw["minutes"] + case.plan.travel for v in visits)
        if used > minutes:
            yield Violation("minutes", f"crew {number} of {day} has {used} minutes of {minutes}")
        if most is not None and len(visits) > most:
            yield Violation("visits-per-day", f"crew {number} of {day} makes {len(visits)} visits of {most}")


def check_max_crews(case: Case) -> Iterator[Violation]:
    """The crews that a team sends on a day, each counted to its leader's first team."""
    most = {t.id: t.max_crews for t in case.plan.teams if t.max_crews is not None}
    sent: Counter[tuple[dt.date, str | None]] = Counter()
    for (day, _), visits in case.crews.items():
        leader = visits[0].crew[0] if visits[0].crew else ""
        if leader in case.plan.officers:
            sent[day, team_of(case.plan, leader)] += 1
    for (day, team), crews in sent.items():
        if team in most and crews > most[team]:
            yield Violation("max-crews", f"{team} sends {crews} crews on {day}")


def check_gaps(case: Case) -> Iterator[Violation]:
    """Written gaps between visits that serve one rule for one subject, and from the last visit known before."""
    dates: dict[tuple[str, str], list[tuple[dt.date, str]]] = defaultdict(list)
    for visit in case.visits:
        if any(o.rule.kind == "pin" for o in visit.obligations):
            continue
        for o in visit.obligations:
            if o.rule.min_gap is not None and o.subject is not None:
                dates[o.rule.id, o.subject].append((visit.date, visit.id))
    plan = case.plan
    ruled = (*plan.dated, *plan.spot_checks, *plan.quotas)
    rules = {r.id: r for r in [*plan.classes.values(), *plan.patrols, *(one.rule for one in ruled)]}
    for (rule_id, subject), found in dates.items():
        found.sort()
        gap = rules[rule_id].min_gap or 0
        enterprise = case.plan.enterprises.get(subject)
        before = [(enterprise.last_visit, "last_visit")] if enterprise and enterprise.last_visit else []
        for (earlier, _), (later, visit_id) in zip(before + found, (before + found)[1:], strict=False):
            if (later - earlier).days < gap:
                yield Violation(
                    "gap", f"{visit_id} on {later} is {(later - earlier).days} days after {earlier}, not {gap}"
                )


def counted_visits(
    case: Case, families: frozenset[str], except_: frozenset[str]
) -> Iterator[tuple[str, dt.date, bool]]:
    """(enterprise, day, ours) of every visit of the families that no excepted cause or family takes out."""
    for visit in case.visits:
        causes = {
            case.plan.pin_of_rule[o.rule.id].cause for o in visit.obligations if o.rule.id in case.plan.pin_of_rule
        }
        family = visit.raw["family"]
        if visit.raw["enterprise"] and family in families and family not in except_ and not causes & except_:
            yield visit.raw["enterprise"], visit.date, True
    for other in case.plan.others:
        if other.family in families and other.family not in except_:
            yield other.enterprise, other.day, False


def check_caps(case: Case) -> Iterator[Violation]:
    """Counting visits of a calendar year, other bodies' included, against the enterprise's first cap."""
    for enterprise in {v.raw["enterprise"] for v in case.visits} & set(case.plan.enterprises):
        found = case.plan.enterprises[enterprise]
        cap = cap_of(case.plan, found, max(found.active.first, case.plan.period.first))
        if cap is None:
            continue
        families = COUNTING | cap[0].also
        years = [(day.year, ours) for e, day, ours in counted_visits(case, families, cap[0].except_) if e == enterprise]
        for year in {year for year, ours in years if ours}:
            if sum(y == year for y, _ in years) > cap[1]:
                yield Violation("cap", f"{enterprise} has more than {cap[1]} visits in {year}")


_STRETCHES: dict[str, Callable[[dt.date], object]] = {
    "per_day": lambda day: day,
    "per_week": lambda day: day.isocalendar()[:2],
    "per_month": lambda day: (day.year, day.month),
}


def check_limits(case: Case) -> Iterator[Violation]:
    """Visits of the counting families to one enterprise a day, ISO week and month."""
    for name, most in case.plan.limits.items():
        counts: Counter[tuple[str, object]] = Counter()
        ours: set[tuple[str, object]] = set()
        for enterprise, day, own in counted_visits(case, COUNTING, frozenset()):
            key = enterprise, _STRETCHES[name](day)
            counts[key] += 1
            if own:
                ours.add(key)
        for key in sorted(ours, key=str):
            if counts[key] > most:
                yield Violation("limit", f"{key[0]} has {counts[key]} visits, {name} is {most}")
