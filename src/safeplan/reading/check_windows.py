"""Checks of what is bound to dates: units, phases and their events, picks, holidays, triggers."""

from __future__ import annotations

from collections.abc import Iterator

from safeplan.plan.plan import Plan
from safeplan.plan.rules.campaigns import Campaign, Phase
from safeplan.plan.rules.priorities import Priority
from safeplan.reading.dated_lines import is_unit, units_of, whole_phase
from safeplan.reading.problems import Path, near
from safeplan.reading.yaml_tree import Mapping, place_of
from safeplan.terms.diagnostic import Diagnostic, error, warning
from safeplan.terms.origin import Place
from safeplan.terms.span import Span


def check_windows(plan: Plan, tree: Mapping) -> Iterator[Diagnostic]:
    """Find keys that are no unit, windows outside the period, names that nothing has, numbers that are not said."""
    for key, lines in plan.file.priorities.items():
        if not is_unit(key):
            place = place_of(tree, ("priorities", key), key=True)
            yield error("unknown-unit", place, found=key, expected=("Q1-Q4", "M01-M12", f"{plan.first.year}-Q1"))
            continue
        for i, rule in enumerate(lines):
            yield from _priority(plan, tree, ("priorities", key, i), key, rule)
    for i, campaign in enumerate(plan.file.campaigns):
        for j, phase in enumerate(campaign.phases):
            yield from _phase(plan, tree, ("campaigns", i, "phases", j), campaign, whole_phase(campaign, phase))
    yield from _holidays(plan, tree)
    yield from _events(plan, tree)


def _priority(plan: Plan, tree: Mapping, path: Path, key: str, rule: Priority) -> Iterator[Diagnostic]:
    if rule.visits is None:
        yield warning("rule-without-number", place_of(tree, path), found=rule.name)
    window = rule.window
    if window is None:
        spans = tuple(Span(unit.first, unit.last) for unit in units_of(key, plan.file.period))
    else:
        spans = (window,) if isinstance(window, Span) else plan.file.seasons.get(window, ())
    if not any(_meets(plan, span) for span in spans):
        found = key if window is None else str(window)
        yield warning("rule-outside-period", place_of(tree, path), name=rule.name, found=found)
    yield from _pick(plan, tree, path, rule.name, rule)


def _phase(plan: Plan, tree: Mapping, path: Path, campaign: Campaign, phase: Phase) -> Iterator[Diagnostic]:
    name = "-".join(one for one in (campaign.name, phase.name) if one)
    first, last = phase.from_ or plan.first, phase.to or plan.last
    if phase.visits is None and not phase.activity:
        yield warning("rule-without-number", place_of(tree, path), found=name)
    if (phase.from_ and first > plan.last) or (phase.to and last < plan.first):
        yield warning("rule-outside-period", place_of(tree, path), name=name, found=f"{first}/{last}")
    if phase.until and phase.to is None:
        days = sorted(event.day for event in plan.file.events if event.name == phase.until)
        place = place_of(tree, (*path, "until"))
        if not days:
            yield _unknown_event(plan, phase.until, place, "until-unknown")
        elif days[-1] < first:
            yield warning("event-before-phase", place, found=phase.until, day=days[-1], first=first)
    yield from _pick(plan, tree, path, name, phase)


def _pick(plan: Plan, tree: Mapping, path: Path, name: str, rule: Phase | Priority) -> Iterator[Diagnostic]:
    if rule.pick is None:
        return
    if rule.share is not None:
        yield error("share-and-pick", place_of(tree, path), found=name)
    if rule.pick.count is None and rule.pick.at_least is None:
        yield warning("rule-without-number", place_of(tree, path), found=name)
    levels = tuple(dict.fromkeys(grid.level for grid in plan.file.grids if grid.level))
    if rule.pick.per and rule.pick.per not in ("grid", *levels):
        expected = ("grid", *levels)
        suggestion = near(rule.pick.per, expected)
        yield error(
            "unknown-level", place_of(tree, path), found=rule.pick.per, expected=expected, suggestion=suggestion
        )
    if rule.pick.order == "draw" and not rule.pick.seed:
        yield error("draw-without-seed", place_of(tree, path), found=name)


def _holidays(plan: Plan, tree: Mapping) -> Iterator[Diagnostic]:
    events = {event.name for event in plan.file.events}
    for i, rule in enumerate(plan.file.holidays):
        path: Path = ("holidays", i)
        if rule.visits is None or not (rule.before or rule.during or rule.after):
            yield warning("rule-without-number", place_of(tree, path), found=rule.name)
        if (rule.before or rule.after) and rule.within is None:
            yield error("holiday-without-within", place_of(tree, path), found=rule.name)
        for key, names in (("before", rule.before), ("during", rule.during), ("after", rule.after)):
            for name in names:
                if name not in plan.official.named and name not in events:
                    yield _unknown_event(plan, name, place_of(tree, (*path, key)), "unknown-event")


def _unknown_event(plan: Plan, name: str, place: Place, code: str) -> Diagnostic:
    known = [event.name for event in plan.file.events if event.name]
    if code == "unknown-event":
        known += list(plan.official.named)
    return warning(code, place, found=name, expected=tuple(known), suggestion=near(name, known))


def _events(plan: Plan, tree: Mapping) -> Iterator[Diagnostic]:
    """Warn of events that a trigger waits for and that are nobody's."""
    kinds = {trigger.event for trigger in plan.file.triggers}
    for i, event in enumerate(plan.file.events):
        if event.kind in kinds and event.enterprise is None and event.grid is None:
            yield warning("event-of-nobody", place_of(tree, ("events", i)), found=event.kind, day=event.day)


def _meets(plan: Plan, span: Span) -> bool:
    return span.first <= plan.last and span.last >= plan.first
