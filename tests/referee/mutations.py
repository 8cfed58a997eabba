"""Ways of breaking a good schedule, each with the guarantees of which at least one must be reported broken.

A mutation takes a `Case` (plan, obligations, good schedule) and returns a broken copy of the schedule, or None where
the schedule gives it nothing to break.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .plan import Officer
from .violation import Case, Visit
from .who import avoids, carrier, crew_minutes, free_halves, need_of, team_of

Schedule = dict[str, Any]


@dataclass(frozen=True)
class Mutation:
    """`breaks` are names of violations."""

    name: str
    breaks: frozenset[str]
    make: Callable[[Case], Schedule | None]


def _copy(case: Case) -> Schedule:
    return copy.deepcopy(case.schedule)


def _raw(schedule: Schedule, visit: Visit) -> dict[str, Any]:
    return next(v for v in schedule["visits"] if v["id"] == visit.id)


def _moved(case: Case, visit: Visit, day: dt.date) -> Schedule:
    broken = _copy(case)
    _raw(broken, visit)["date"] = day.isoformat()
    return broken


def _first_move(
    case: Case, day_for: Callable[[Visit], dt.date | None], only: Callable[[Visit], bool] = lambda v: True
) -> Schedule | None:
    for visit in case.visits:
        if only(visit) and (day := day_for(visit)) is not None:
            return _moved(case, visit, day)
    return None


def _swapped(case: Case, key: tuple[dt.date, int], old: str, new: str) -> Schedule:
    """The crew with one member changed, at all its visits."""
    broken = _copy(case)
    for visit in case.crews[key]:
        raw = _raw(broken, visit)
        raw["officers"] = [new if m == old else m for m in raw["officers"]]
    return broken


def _swaps(case: Case) -> Iterator[tuple[tuple[dt.date, int], list[Visit], str, Officer]]:
    for key, visits in case.crews.items():
        for old in reversed(visits[0].crew):
            for new in case.plan.officers.values():
                if new.id not in visits[0].crew:
                    yield key, visits, old, new


def _first_swap(case: Case, wanted: Callable[[dt.date, list[Visit], str, Officer], bool]) -> Schedule | None:
    for key, visits, old, new in _swaps(case):
        if wanted(key[0], visits, old, new):
            return _swapped(case, key, old, new.id)
    return None


def _days(case: Case) -> list[dt.date]:
    return case.plan.period.days()


def sunday(case: Case) -> Schedule | None:
    off = [d for d in _days(case) if d.weekday() == 6 and not case.plan.calendar.works(d)]
    return _first_move(
        case,
        lambda v: next(
            (d for d in off if all(o.first <= d <= o.last and o.rule.days == "workdays" for o in v.obligations)), None
        ),
        lambda v: all(o.rule.kind != "pin" for o in v.obligations),
    )


def own_day_off(case: Case) -> Schedule | None:
    off = [d for d in _days(case) if d in case.plan.calendar.days_off]
    return _first_move(
        case, lambda v: next((d for d in off if all(o.first <= d <= o.last for o in v.obligations)), None)
    )


def outside_window(case: Case) -> Schedule | None:
    return _first_move(
        case,
        lambda v: next(
            (d for d in _days(case) if case.plan.calendar.works(d) and d > min(o.last for o in v.obligations)), None
        ),
    )


def outside_period(case: Case) -> Schedule | None:
    return _first_move(case, lambda v: case.plan.period.last + dt.timedelta(days=3))


def closed_day(case: Case) -> Schedule | None:
    return _first_move(case, lambda v: next((d for o in v.obligations for d in o.rule_days if d not in o.days), None))


def before_it_opens(case: Case) -> Schedule | None:
    def early(visit: Visit) -> dt.date | None:
        if visit.raw["enterprise"] is None:
            return None
        active, first = case.plan.enterprises[visit.raw["enterprise"]].active, visit.obligations[0].first
        return first if first < active.first else None

    return _first_move(case, early)


def after_change_of_class(case: Case) -> Schedule | None:
    def late(visit: Visit) -> dt.date | None:
        o = visit.obligations[0]
        return next(
            (
                d
                for d in _days(case)
                if o.rule.kind == "class" and o.days[-1] < d <= o.last and case.plan.calendar.works(d)
            ),
            None,
        )

    return _first_move(case, late)


def on_leave(case: Case) -> Schedule | None:
    return _first_swap(case, lambda day, visits, old, new: not free_halves(new, day))


def lapsed_certificate(case: Case) -> Schedule | None:
    def lapsed(day: dt.date, visits: list[Visit], old: str, new: Officer) -> bool:
        return _tight(visits) and new.certified is not None and not new.is_certified(day)

    return _first_swap(case, lapsed)


def no_certificate(case: Case) -> Schedule | None:
    return _first_swap(case, lambda day, visits, old, new: _tight(visits) and new.certified is None)


def _tight(visits: list[Visit]) -> bool:
    return any(o.rule.certified == len(v.crew) for v in visits for o in v.obligations)


def two_crews(case: Case) -> Schedule | None:
    def busy(day: dt.date, visits: list[Visit], old: str, new: Officer) -> bool:
        return any(new.id in v.crew for v in case.visits if v.date == day)

    return _first_swap(case, busy)


def alone(case: Case) -> Schedule | None:
    for visits in case.crews.values():
        if any(o.rule.people == len(v.crew) > 1 for v in visits for o in v.obligations):
            broken = _copy(case)
            for visit in visits:
                _raw(broken, visit)["officers"].pop()
            return broken
    return None


def skill_lost(case: Case) -> Schedule | None:
    def unskilled(day: dt.date, visits: list[Visit], old: str, new: Officer) -> bool:
        skills = frozenset().union(*(need_of(case.plan, v.obligations).skills for v in visits))
        left = [case.plan.officers[m].skills for m in visits[0].crew if m != old] + [new.skills]
        return not skills <= frozenset().union(*left)

    return _first_swap(case, unskilled)


def recused(case: Case) -> Schedule | None:
    return _first_swap(
        case, lambda day, visits, old, new: any(avoids(case.plan, new, v.raw["enterprise"], day) for v in visits)
    )


def other_team(case: Case) -> Schedule | None:
    def foreign(day: dt.date, visits: list[Visit], old: str, new: Officer) -> bool:
        mine = team_of(case.plan, old)
        return (
            mine is not None
            and new.teams != ()
            and not any(new.id in carrier(case.plan, o, day) for v in visits for o in v.obligations)
        )

    return _first_swap(case, foreign)


def not_the_role(case: Case) -> Schedule | None:
    def no_holder(day: dt.date, visits: list[Visit], old: str, new: Officer) -> bool:
        roles = [o for v in visits for o in v.obligations if o.rule.by is not None]
        return any(new.id not in carrier(case.plan, o, day) for o in roles)

    return _first_swap(case, no_holder)


def _crowded(case: Case, too_much: Callable[[Visit, list[Visit]], bool]) -> Schedule | None:
    """All other visits of the same people drawn to one of their days, where that is too much for them."""
    for (day, number), visits in case.crews.items():
        others = [v for v in case.visits if v.crew == visits[0].crew and v.date != day]
        if not too_much(visits[0], visits + others):
            continue
        broken = _copy(case)
        for i, visit in enumerate(others, len(visits) + 1):
            _raw(broken, visit).update(date=day.isoformat(), crew=number, order=i)
        return broken
    return None


def over_minutes(case: Case) -> Schedule | None:
    def too_long(first: Visit, visits: list[Visit]) -> bool:
        return (
            sum(v.raw["minutes"] + case.plan.travel for v in visits)
            > crew_minutes(case.plan, first.crew, first.date)[0]
        )

    return _crowded(case, too_long)


def over_visits(case: Case) -> Schedule | None:
    def too_many(first: Visit, visits: list[Visit]) -> bool:
        most = crew_minutes(case.plan, first.crew, first.date)[1]
        return most is not None and len(visits) > most

    return _crowded(case, too_many)


def over_max_crews(case: Case) -> Schedule | None:
    most = {t.id: t.max_crews for t in case.plan.teams if t.max_crews}
    for (day, _), visits in case.crews.items():
        team = team_of(case.plan, visits[0].crew[0])
        out = {m for v in case.visits if v.date == day for m in v.crew}
        today = {n for (d, n) in case.crews if d == day}
        mine = [n for n in today if team_of(case.plan, case.crews[day, n][0].crew[0]) == team]
        for other in case.visits:
            led = other.raw["crew"] and team_of(case.plan, other.crew[0]) == team
            if team in most and len(mine) == most[team] and led and other.date != day and not out & set(other.crew):
                broken = _moved(case, other, day)
                _raw(broken, other).update(crew=len(today) + 1, order=1)
                return broken
    return None


def _pairs(case: Case) -> Iterator[tuple[Visit, Visit]]:
    """Two visits of one rule to one subject, neither of a pin, the earlier first."""
    plain = [v for v in case.visits if all(o.rule.kind != "pin" for o in v.obligations)]
    for a in plain:
        for b in plain:
            if (
                a.date < b.date
                and a.subject == b.subject
                and {o.rule.id for o in a.obligations} & {o.rule.id for o in b.obligations}
            ):
                yield a, b


def gap_broken(case: Case) -> Schedule | None:
    for a, b in _pairs(case):
        if (a.obligations[0].rule.min_gap or 0) > 1:
            return _moved(case, b, a.date + dt.timedelta(days=1))
    return None


def gap_to_last_visit_broken(case: Case) -> Schedule | None:
    for visit in case.visits:
        gap, enterprise = visit.obligations[0].rule.min_gap, case.plan.enterprises.get(visit.raw["enterprise"] or "")
        if gap and enterprise and enterprise.last_visit and visit.obligations[0].rule.kind == "class":
            return _moved(case, visit, enterprise.last_visit + dt.timedelta(days=gap - 1))
    return None


def limit_broken(case: Case) -> Schedule | None:
    if "per_week" not in case.plan.limits:
        return None
    for a, b in _pairs(case):
        if a.raw["enterprise"] and a.raw["family"] == "inspection" and a.date.weekday() < 4:
            return _moved(case, b, a.date + dt.timedelta(days=1))
    return None


def twice_on_a_day(case: Case) -> Schedule | None:
    return next((_moved(case, b, a.date) for a, b in _pairs(case) if a.raw["enterprise"]), None)


def cap_broken(case: Case) -> Schedule | None:
    return _placed_by_force(case, "cap")


def unplaced_forced_in(case: Case) -> Schedule | None:
    return _placed_by_force(case, "officers")


def _placed_by_force(case: Case, code: str) -> Schedule | None:
    """A missing obligation printed as a visit on one of its days by the crew of some visit."""
    for entry in case.schedule["unplaced"]:
        o = case.owed[entry["obligation"]]
        taken = {v.date for v in case.visits if v.subject == o.subject}
        day = next((d for d in o.days if d not in taken), None)
        if entry["code"] == code and day is not None:
            broken = _copy(case)
            model = max(case.visits, key=lambda v: len(v.crew))
            served = {k: entry[k] for k in ("obligation", "rule", "kind", "name", "from", "to", "source")}
            broken["unplaced"] = [e for e in broken["unplaced"] if e["obligation"] != o.id]
            changes = {"id": o.id, "date": day.isoformat(), "crew": 1, "order": 1, "enterprise": o.enterprise}
            changes |= {"grid": entry["grid"], "family": o.rule.family, "minutes": o.rule.minutes, "serves": [served]}
            broken["visits"].append(model.raw | changes)
            return broken
    return None


def pin_moved(case: Case) -> Schedule | None:
    days = {r: p.span for r, p in case.plan.pin_of_rule.items() if p.single_day}
    return _first_move(
        case, lambda v: v.date + dt.timedelta(days=1), lambda v: any(o.rule.id in days for o in v.obligations)
    )


def pin_except_broken(case: Case) -> Schedule | None:
    def kept_away(day: dt.date, visits: list[Visit], old: str, new: Officer) -> bool:
        return any(
            new.id in p.except_ for v in visits for p in case.plan.people_pins.get(v.raw["enterprise"] or "", ())
        )

    return _first_swap(case, kept_away)


def pin_officers_broken(case: Case) -> Schedule | None:
    def exact(day: dt.date, visits: list[Visit], old: str, new: Officer) -> bool:
        pins = [case.plan.pin_of_rule.get(o.rule.id) for v in visits for o in v.obligations]
        return any(p is not None and p.officers is not None for p in pins)

    return _first_swap(case, exact)


def wanted_person_missing(case: Case) -> Schedule | None:
    def wanted(day: dt.date, visits: list[Visit], old: str, new: Officer) -> bool:
        return any(old in p.with_ for v in visits for p in case.plan.people_pins.get(v.raw["enterprise"] or "", ()))

    return _first_swap(case, wanted)


def _mutation(name: str, make: Callable[[Case], Schedule | None], *breaks: str) -> Mutation:
    return Mutation(name, frozenset(breaks), make)


ROSTER_MUTATIONS = (
    _mutation("a visit on a Sunday", sunday, "day"),
    _mutation("a visit on the plan's own day off", own_day_off, "day"),
    _mutation("a visit after its window", outside_window, "window"),
    _mutation("a visit after the period", outside_period, "period"),
    _mutation("a visit to a closed door", closed_day, "closed"),
    _mutation("a visit before the enterprise opens", before_it_opens, "day"),
    _mutation("a visit of a class that no longer holds", after_change_of_class, "day"),
    _mutation("an officer on leave", on_leave, "leave"),
    _mutation("a lapsed certificate", lapsed_certificate, "certificate"),
    _mutation("an inspection without certificate", no_certificate, "certificate"),
    _mutation("one officer in two crews", two_crews, "one-crew"),
    _mutation("an inspection by one alone", alone, "people"),
    _mutation("nobody with the skill", skill_lost, "skills"),
    _mutation("a recused officer", recused, "recusal"),
    _mutation("an officer of another team", other_team, "carrier"),
    _mutation("a patrol by one without the role", not_the_role, "carrier"),
    _mutation("a day over its minutes", over_minutes, "minutes"),
    _mutation("a day over its visits", over_visits, "visits-per-day"),
    _mutation("one crew too many", over_max_crews, "max-crews"),
    _mutation("a gap broken", gap_broken, "gap"),
    _mutation("the gap to the last visit broken", gap_to_last_visit_broken, "gap"),
    _mutation("a limit broken", limit_broken, "limit"),
    _mutation("two visits to one enterprise on a day", twice_on_a_day, "one-a-day"),
    _mutation("a cap exceeded", cap_broken, "cap"),
    _mutation(
        "a visit that nobody may make",
        unplaced_forced_in,
        "certificate",
        "skills",
        "people",
        "carrier",
        "leave",
        "recusal",
    ),
    _mutation("a pin moved", pin_moved, "window"),
    _mutation("a pin's except broken", pin_except_broken, "pin"),
    _mutation("a pin's officers changed", pin_officers_broken, "pin"),
    _mutation("a pin's with forgotten", wanted_person_missing, "pin"),
)
