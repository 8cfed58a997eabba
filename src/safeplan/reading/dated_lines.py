"""Rule lines of what is bound to dates: priorities, phases of campaigns, holiday checks, triggers (rules.md, Ids)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from safeplan.plan.fields import SeasonRef
from safeplan.plan.file import PlanFile
from safeplan.plan.plan import Occurrence, RuleLine
from safeplan.plan.rules.campaigns import Campaign, Phase
from safeplan.plan.settings import Event
from safeplan.reading.problems import Path
from safeplan.terms.identity import slug
from safeplan.terms.origin import Place
from safeplan.terms.period import Period, Unit, periods
from safeplan.terms.reason import Kind
from safeplan.terms.span import Span
from safeplan.terms.text import half_width

Locate = Callable[[Path], Place]

_UNIT = re.compile(r"(?:(\d{4})[-年]?)?(?:Q([1-4])|M?(0[1-9]|1[0-2]))", re.IGNORECASE)


def dated_lines(
    file: PlanFile, grids: Mapping[str, int], enterprises: Mapping[str, int], locate: Locate
) -> Iterator[RuleLine]:
    """List the rules of priorities, campaigns, holidays and triggers, in the order of the plan.

    A priority without an id is a line for each of its units; a campaign is a line for each of its phases.
    """
    yield from _priorities(file, locate)
    yield from _campaigns(file, locate)
    for i, holiday in enumerate(file.holidays):
        id_ = holiday.id or f"holiday-{slug(holiday.name)}"
        yield RuleLine(id_, Kind.HOLIDAY, holiday.name, holiday, locate(("holidays", i)))
    for i, trigger in enumerate(file.triggers):
        id_ = trigger.id or f"trigger-{slug(trigger.name)}"
        found = [_occurrence(one, grids, enterprises) for one in file.events if one.kind == trigger.event]
        place = locate(("triggers", i))
        yield RuleLine(id_, Kind.TRIGGER, trigger.name, trigger, place, occurrences=tuple(found))


def _priorities(file: PlanFile, locate: Locate) -> Iterator[RuleLine]:
    for key, rules in file.priorities.items():
        units = units_of(key, file.period)
        for i, rule in enumerate(rules):
            place = locate(("priorities", key, i))
            within = spans_within(rule.window, file)
            mine = units if rule.window is None else _home(units, within)
            if rule.id is not None:
                yield RuleLine(rule.id, Kind.PRIORITY, rule.name, rule, place, units=mine, within=within)
                continue
            for unit in mine:
                id_ = f"priority-{unit.name}-{slug(rule.name)}"
                yield RuleLine(id_, Kind.PRIORITY, rule.name, rule, place, units=(unit,), within=within)


def units_of(key: str, period: Span) -> tuple[Period, ...]:
    """Give the quarters or months that a key of `priorities:` means: Q1, M06, 2026-Q1, 2026-M06.

    Without a year each such unit that has a day in the plan's period; none when the key is no unit.
    """
    match = _UNIT.fullmatch(half_width(key).strip())
    if match is None:
        return ()
    year, quarter, month = match.groups()
    unit, number = (Unit.QUARTER, int(quarter)) if quarter else (Unit.MONTH, int(month))
    return tuple(
        one
        for one in periods(unit, 1, period.first, period.last)
        if (one.first.month - 1) // (3 if quarter else 1) + 1 == number
        if year is None or one.first.year == int(year)
    )


def is_unit(key: str) -> bool:
    """Whether a key of `priorities:` is a quarter or a month."""
    return _UNIT.fullmatch(half_width(key).strip()) is not None


def spans_within(window: Span | SeasonRef | None, file: PlanFile) -> tuple[Span, ...]:
    """Give the spans of a rule's own window: those of a season that have a day in the plan's period."""
    if window is None:
        return ()
    spans = (window,) if isinstance(window, Span) else file.seasons.get(window, ())
    first, last = file.period.first, file.period.last
    return tuple(sorted(span for span in spans if span.first <= last and span.last >= first))


def _home(units: tuple[Period, ...], within: tuple[Span, ...]) -> tuple[Period, ...]:
    """Give the one unit under which a rule with a window of its own stands: the first that the window meets."""
    meeting = [one for one in units for span in within if one.first <= span.last and one.last >= span.first]
    return tuple([*meeting, *units][:1]) if within else ()


def _campaigns(file: PlanFile, locate: Locate) -> Iterator[RuleLine]:
    for i, campaign in enumerate(file.campaigns):
        for j, phase in enumerate(campaign.phases):
            parts = [slug(name) for name in (campaign.id or campaign.name, phase.name) if name]
            id_ = phase.id or "-".join(parts if campaign.id else ["campaign", *parts])
            name = "-".join(name for name in (campaign.name, phase.name) if name)
            place = locate(("campaigns", i, "phases", j))
            yield RuleLine(id_, Kind.CAMPAIGN, name, whole_phase(campaign, phase), place)


def whole_phase(campaign: Campaign, phase: Phase) -> Phase:
    """Lay a campaign under one of its phases: what the phase does not say, the campaign says.

    Work that is not a visit (`activity:`) does not take the campaign's visits over. A share and a pick are two ways of
    saying the same: the phase's own replaces either of the campaign.
    """
    given = {
        name: getattr(campaign, name)
        for name in campaign.model_fields_set
        if name in Phase.model_fields and name not in phase.model_fields_set and name not in ("id", "name")
    }
    if phase.activity:
        given.pop("visits", None)
    if {"share", "pick"} & phase.model_fields_set:
        given.pop("share", None)
        given.pop("pick", None)
    return phase.model_copy(update=given)


def _occurrence(event: Event, grids: Mapping[str, int], enterprises: Mapping[str, int]) -> Occurrence:
    enterprise = enterprises.get(event.enterprise, -1) if event.enterprise else -1
    grid = grids.get(event.grid, -1) if event.grid else -1
    return Occurrence(event.day, enterprise, -1 if enterprise >= 0 else grid)
