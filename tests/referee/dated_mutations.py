"""Ways of breaking what priorities, campaigns, holiday checks and triggers ask; as `mutations.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from .mutations import Mutation, Schedule, _copy, _first_move, _mutation, _raw
from .violation import Case, Visit

KINDS = ("priority", "campaign", "holiday", "trigger")


def _serves(visit: Visit, kind: str) -> bool:
    return any(o.rule.kind == kind for o in visit.obligations)


def _late(kind: str) -> Callable[[Case], Schedule | None]:
    """A visit of the kind on the first working day after its window."""

    def late(case: Case) -> Schedule | None:
        def after(visit: Visit) -> dt.date | None:
            last = min(o.last for o in visit.obligations if o.rule.kind == kind)
            days = [d for d in case.plan.period.days() if d > last and case.plan.calendar.works(d)]
            return days[0] if days else None

        return _first_move(case, after, lambda v: _serves(v, kind))

    return late


def _early(kind: str) -> Callable[[Case], Schedule | None]:
    """A visit of the kind on the last working day before its window."""

    def early(case: Case) -> Schedule | None:
        def before(visit: Visit) -> dt.date | None:
            first = max(o.first for o in visit.obligations if o.rule.kind == kind)
            days = [d for d in case.plan.period.days() if d < first and case.plan.calendar.works(d)]
            return days[-1] if days else None

        return _first_move(case, before, lambda v: _serves(v, kind))

    return early


def _dropped(kind: str) -> Callable[[Case], Schedule | None]:
    """An obligation of the kind that a visit serves among others, or that is missing, left out of the paper."""

    def dropped(case: Case) -> Schedule | None:
        broken = _copy(case)
        for visit in case.visits:
            for served in visit.raw["serves"]:
                if served["kind"] == kind and len(visit.raw["serves"]) > 1:
                    _raw(broken, visit)["serves"].remove(served)
                    return broken
        for table in ("unplaced", "carried_over", "visits"):
            for entry in broken[table]:
                if entry.get("kind") == kind or any(s["kind"] == kind for s in entry.get("serves", [])):
                    broken[table].remove(entry)
                    return broken
        return None

    return dropped


def _spelt(visit_or_entry: dict[str, Any], old: str, new: str) -> None:
    for served in visit_or_entry.get("serves", [visit_or_entry]):
        if served["obligation"] == old:
            served["obligation"] = new
    if visit_or_entry.get("id") == old:
        visit_or_entry["id"] = new


def somebody_else(case: Case) -> Schedule | None:
    """A pick's visit to an enterprise that the pick did not take."""
    taken = {o.enterprise for o in case.owed.values() if o.rule.kind == "campaign"}
    others = [e for e in case.plan.enterprises if e not in taken]
    for visit in case.visits:
        for o in visit.obligations:
            if o.rule.kind == "campaign" and len(visit.obligations) == 1 and others:
                broken = _copy(case)
                raw = _raw(broken, visit)
                _spelt(raw, o.id, o.id.replace(f"/{o.enterprise}/", f"/{others[0]}/"))
                raw["enterprise"] = others[0]
                raw["grid"] = case.plan.enterprises[others[0]].grid_on(visit.date)
                return broken
    return None


def between_the_spans(case: Case) -> Schedule | None:
    """A visit between two spans of its season."""
    seasons = {
        d.rule.id: case.plan.seasons[d.rule.window] for d in case.plan.dated if d.rule.window in case.plan.seasons
    }

    def hole(visit: Visit) -> dt.date | None:
        o = next(o for o in visit.obligations if o.rule.id in seasons)
        days = [d for d in case.plan.period.days() if o.first <= d <= o.last and case.plan.calendar.works(d)]
        return next((d for d in days if not any(d in span for span in seasons[o.rule.id])), None)

    return _first_move(case, hole, lambda v: any(o.rule.id in seasons for o in v.obligations))


def on_a_working_day(case: Case) -> Schedule | None:
    """A visit for the days off on a working day of its window."""

    def worked(visit: Visit) -> dt.date | None:
        o = next(o for o in visit.obligations if o.rule.days == "holidays")
        return next(
            (d for d in case.plan.period.days() if o.first <= d <= o.last and not case.plan.calendar.in_holiday(d)),
            None,
        )

    return _first_move(
        case, worked, lambda v: any(o.rule.days == "holidays" and o.rule.kind != "patrol" for o in v.obligations)
    )


def carried_over_called_unplaced(case: Case) -> Schedule | None:
    """What may still be done after the period among what can never be done."""
    broken = _copy(case)
    if not broken["carried_over"]:
        return None
    broken["unplaced"].append(broken["carried_over"].pop(0))
    return broken


def wrong_unit(case: Case) -> Schedule | None:
    """The year left out of a priority's id."""
    broken = _copy(case)
    for visit in broken["visits"]:
        for served in visit["serves"]:
            if served["kind"] == "priority":
                _spelt(visit, served["obligation"], served["obligation"].replace("priority-20", "priority-", 1))
                return broken
    return None


def served_by_one_without_the_family(case: Case) -> Schedule | None:
    """An inspection's obligation served by a patrol that goes there anyway."""
    for visit in case.visits:
        for o in visit.obligations:
            if len(visit.obligations) > 1 and o.rule.family == "inspection" and o.rule.kind in KINDS:
                broken = _copy(case)
                _raw(broken, visit)["family"] = "patrol"
                return broken
    return None


def separate_merged(case: Case) -> Schedule | None:
    """A visit of a separate rule made to serve another of the same enterprise too."""
    for visit in case.visits:
        for other in case.visits:
            alone = [o for o in visit.obligations if o.rule.separate]
            if alone and other is not visit and other.subject == visit.subject and other.raw["enterprise"]:
                broken = _copy(case)
                moved = _raw(broken, other)
                broken["visits"].remove(moved)
                _raw(broken, visit)["serves"] += moved["serves"]
                return broken
    return None


DATED_MUTATIONS: tuple[Mutation, ...] = (
    *(_mutation(f"a {kind}'s visit after its window", _late(kind), "window", "period") for kind in KINDS),
    *(_mutation(f"a {kind}'s visit before its window", _early(kind), "window") for kind in KINDS),
    *(_mutation(f"a {kind}'s obligation forgotten", _dropped(kind), "lost") for kind in KINDS),
    _mutation("a visit to one whom the pick did not take", somebody_else, "invented"),
    _mutation("a visit between the spans of a season", between_the_spans, "day"),
    _mutation("a visit for the days off on a working day", on_a_working_day, "day"),
    _mutation("what may be done later called unplaced", carried_over_called_unplaced, "carried-over"),
    _mutation("a priority without its year", wrong_unit, "invented"),
    _mutation("an inspection served by a patrol", served_by_one_without_the_family, "family"),
    _mutation("a separate rule served among others", separate_merged, "merge"),
)
