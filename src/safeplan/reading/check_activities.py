"""Checks of activities: ways of saying when that are none, too many or unclear, and work that nobody is asked to do."""

from __future__ import annotations

from collections.abc import Iterator

from safeplan.core.activities import dated_activities
from safeplan.core.activity_days import occasions
from safeplan.core.calendar import calendar_of
from safeplan.plan.plan import Plan
from safeplan.plan.rules.activities import Activity
from safeplan.reading.findings import Findings
from safeplan.reading.problems import Path
from safeplan.reading.yaml_tree import Mapping, Sequence, place_of
from safeplan.terms.day_of import LAST, DayName, DayOf
from safeplan.terms.diagnostic import Diagnostic, error, has_errors, warning
from safeplan.terms.frequency import Frequency
from safeplan.terms.origin import Place
from safeplan.terms.period import Unit

WAYS = ("every", "month", "times", "window", "rrule", "days", "due")
"""Keys that say when; exactly one of them stands, but for `times: N` in a `window:` and `days:` of one."""


def check_activities(plan: Plan, tree: Mapping, written: Mapping, findings: Findings) -> None:
    """Check every activity.

    Parameters
    ----------
    plan, tree
        The plan as resolved, and the tree that its models mirror.
    written
        The tree before placeholders were taken away: an activity whose way of saying when is one is not set, not wrong.
    """
    calendar = calendar_of(plan)
    unset = _unset(written)
    for i, model in enumerate(plan.file.activities):
        path: Path = ("activities", i)
        place = place_of(tree, path)
        found = [*_when(model, path, place in unset, tree), *_for_whom(model, path, tree)]
        if not has_errors(found) and _ways(model):
            line = plan.activities[i]
            if not occasions(line, plan, calendar)[0]:
                found.append(warning("activity-outside-period", place, found=model.name))
            elif model.each and model.each.grids is not None and not line.grids:
                found.append(warning("activity-without-grids", place_of(tree, (*path, "each")), found=model.name))
        findings.extend(found)


def check_dated_work(plan: Plan) -> tuple[Diagnostic, ...]:
    """Find units without a day for an activity, and due days on which nobody answers for one.

    For a plan without errors only, since it dates everything as `schedule` does.
    """
    return dated_activities(plan, calendar_of(plan)).diagnostics if plan.activities else ()


def _unset(written: Mapping) -> set[Place]:
    """Give the places of activities that say when by a key that holds a placeholder or nothing."""
    entry = written.entries.get("activities")
    items = entry.value.items if entry and isinstance(entry.value, Sequence) else ()
    return {item.place for item in items if isinstance(item, Mapping) and any(way in item.entries for way in WAYS)}


def _ways(model: Activity) -> list[str]:
    ways = [way for way in WAYS if getattr(model, way) not in (None, ())]
    counted = model.times is not None and model.times.unit is None and model.times.season is None
    if "window" in ways and ("days" in ways or ("times" in ways and counted)):
        ways.remove("window")
    return ways


def _when(model: Activity, path: Path, unset: bool, tree: Mapping) -> Iterator[Diagnostic]:
    ways = _ways(model)
    place = place_of(tree, path)
    if not ways and not unset:
        yield error("activity-without-when", place, found=model.name, expected=WAYS)
    if len(ways) > 1:
        yield error("activity-several-whens", place_of(tree, (*path, ways[1]), key=True), found=tuple(ways))
    if model.day is not None and len(ways) == 1:
        at = place_of(tree, (*path, "day"))
        if ways[0] not in ("every", "month"):
            yield error("day-without-unit", at, found=str(model.day))
        elif not _is_clear(model.day, model.every):
            yield error("day-unclear", at, found=str(model.day), unit=_unit(model.every))
    if model.from_ is not None and len(ways) == 1 and ways[0] not in ("due", "rrule"):
        yield error("from-without-due", place_of(tree, (*path, "from")), found=str(model.from_))
    if model.from_ is not None and model.due is not None and model.due < model.from_:
        at, said = place_of(tree, (*path, "due")), f"{model.from_}/{model.due}"
        yield error("reversed-dates", at, found=said, first=model.from_, last=model.due)
    if model.rrule is not None and model.from_ is None and model.rrule.needs_start:
        yield error("rrule-without-start", place_of(tree, (*path, "rrule")), found=str(model.rrule))


def _is_clear(day: DayOf, every: Frequency | None) -> bool:
    """Whether one day of the unit (None: a month) is meant and no other."""
    unit = Unit.MONTH if every is None else every.unit if every.every == 1 else None
    if unit is Unit.DAY:
        return False
    if day.kind is DayName.WEEKDAY and day.nth is None:
        return unit is Unit.WEEK
    return day.kind is not DayName.DAY or day.nth == LAST or unit is Unit.MONTH


def _unit(every: Frequency | None) -> str:
    return "month" if every is None else str(every).removeprefix("1 per ")


def _for_whom(model: Activity, path: Path, tree: Mapping) -> Iterator[Diagnostic]:
    each = model.each
    if each is not None and sum((each.grids is not None, each.where is not None, bool(each.venues))) != 1:
        yield error("each-unclear", place_of(tree, (*path, "each")), expected=("grids", "where", "venues"))
    if model.people is not None and not model.owner:
        yield error("people-without-owner", place_of(tree, (*path, "people")), found=model.people)
