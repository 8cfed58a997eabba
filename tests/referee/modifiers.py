"""Modifiers, day by day: by which factor a class's visits are multiplied for an enterprise, and until when.

Readings taken where the documents leave room:

- An event holds from the day after its `day` to its `until`; an open one to the end of the unit of today, or of the day
  it begins when that is later, and of the next unit; where a rule has no units, to the end of the plan.
- A register's own column of the name of a flag is taken at its word for the whole period.
- A modifier cuts no unit: `partial`, and a number that is never cut, say what the whole stay in the unit owes, and the
  days of that stay share it, weighed by their factors.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .plan import Enterprise, Frequency, Plan
from .select import chooses
from .spans import DAY, Span, read_day

if TYPE_CHECKING:
    from .owed import Obligation

Units = Callable[[Span], list[tuple[str, tuple[Span, ...]]]]
FLAGS = ("open_findings", "major_findings", "events")


def factor_of(plan: Plan, enterprise: Enterprise, units: Units, today: dt.date) -> Callable[[dt.date], Fraction]:
    """The factor of a day: the largest of the modifiers that hold, 1 where none does."""
    names = (enterprise.id, enterprise.name)
    mine = [_held(plan, event, units, today) for event in plan.events if event.get("enterprise") in names]

    def factor(day: dt.date) -> Fraction:
        going_on = [e for e, span in mine if span is not None and day in span]
        findings = [e for e in going_on if e.get("kind") == "finding"]
        columns: dict[str, Any] = {
            "open_findings": str(len(findings)),
            "major_findings": str(sum(e.get("severity") == "major" for e in findings)),
            "events": [e.get("kind", "") for e in going_on],
        }
        flagged = replace(enterprise, columns=columns | enterprise.columns)
        times = [Fraction(m["times"]) for m in plan.modifiers if chooses(plan, m["where"], flagged, day)]
        return max(times, default=Fraction(1))

    return factor


def _held(plan: Plan, event: dict[str, Any], units: Units, today: dt.date) -> tuple[dict[str, Any], Span | None]:
    first = read_day(event["day"]) + DAY
    last = read_day(event["until"]) if event.get("until") else planned_until(plan, units, max(first, today))
    return event, Span(first, last) if first <= last else None


def planned_until(plan: Plan, units: Units, day: dt.date) -> dt.date:
    """The end of the unit that holds the day, or comes after it, and of the next."""
    ends = sorted(spans[-1].last for _, spans in units(Span(day, day + 800 * DAY)) if spans[-1].last >= day)
    return plan.period.last if not ends else ends[min(1, len(ends) - 1)]


def stretches(span: Span, factor: Callable[[dt.date], Fraction]) -> list[tuple[Span, Fraction]]:
    """The span in stretches of days of one factor."""
    found: list[tuple[Span, Fraction]] = []
    for day in span.days():
        times = factor(day)
        if found and found[-1][1] == times:
            found[-1] = (Span(found[-1][0].first, day), times)
        else:
            found.append((Span(day, day), times))
    return found


def is_window(frequency: Frequency) -> bool:
    """Whether it is a number in the plan's period, which has no units."""
    return frequency.unit is None


def bound_to_parts(owes: dict[str, Obligation], schedule: dict[str, Any]) -> dict[str, Obligation]:
    """The obligations, those of a unit in several parts by the days on which the schedule puts their numbers.

    A number that is on a day takes a visit of that day's part while there is one; the others take what is left.
    """
    days = {
        served["obligation"]: dt.date.fromisoformat(visit["date"])
        for visit in schedule["visits"]
        for served in visit["serves"]
    }
    groups: dict[tuple, list[Obligation]] = defaultdict(list)
    for o in owes.values():
        if o.rule.kind == "class":
            groups[o.group].append(o)
    found = dict(owes)
    for group in groups.values():
        if len({o.rule_days for o in group}) > 1:
            waiting = list(group)
            for o in sorted(group, key=lambda o: (o.id not in days, o.n)):
                day = days.get(o.id)
                slot = next((w for w in waiting if day is not None and day in w.rule_days), waiting[0])
                waiting.remove(slot)
                found[o.id] = slot.with_n(o.n)
    return found
