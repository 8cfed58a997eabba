"""What a visit asks of whoever makes it: the demands of the rules that it serves, put together (rules.md, Merging)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from safeplan.plan.plan import Plan, RuleLine
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.pins import Cause, Pin
from safeplan.terms.days import DayKind
from safeplan.terms.duration import TimeUnit
from safeplan.terms.family import DEMANDS, Family, serves
from safeplan.terms.reason import Kind
from safeplan.terms.span import Span

_IN_DAYS = {TimeUnit.DAYS: 1, TimeUnit.WEEKS: 7, TimeUnit.MONTHS: 30, TimeUnit.YEARS: 365}

MINUTES = 60
"""Length of a visit for which neither the rule nor the plan's defaults say one."""

WIDEST_FIRST = (
    Family.JOINT,
    Family.INSPECTION,
    Family.REVISIT,
    Family.PATROL,
    Family.SUPERVISION,
    Family.SELF_CHECK,
)


@dataclass(frozen=True, slots=True)
class Duty:
    """What one visit that serves these rules asks.

    `minutes` are without travel; `days` are the kinds of day that every rule must allow, and `within` the spans outside
    which one of them has no days; `bys` the carriers that the crew must all belong to (None: whoever covers the grid).
    """

    rules: tuple[int, ...]
    family: Family
    people: int
    certified: int
    skills: tuple[str, ...]
    minutes: int
    bys: tuple[str | None, ...]
    days: tuple[DayKind, ...]
    within: tuple[tuple[Span, ...], ...]
    surprise: bool
    cause: Cause | None

    @property
    def counts(self) -> bool:
        """Whether its family counts to caps and limits."""
        return DEMANDS[self.family].counts


def family_of(plan: Plan, line: RuleLine) -> Family:
    """Give the family of a rule: its own, else the plan's default, else inspection.

    A pin without one takes the widest of the classes that its enterprise has while it lasts.
    """
    if line.model.family is None and isinstance(line.model, Pin) and line.enterprise is not None:
        touched = [family_of(plan, other) for other in _classes_in(plan, line.model, line.enterprise)]
        if touched:
            return min(touched, key=WIDEST_FIRST.index)
    return line.model.family or plan.file.defaults.family or Family.INSPECTION


def _classes_in(plan: Plan, pin: Pin, enterprise: int) -> list[RuleLine]:
    """Give the classes that an enterprise has within the days of a pin."""
    first = pin.day or (pin.window.first if pin.window else plan.first)
    last = pin.day or (pin.window.last if pin.window else plan.last)
    held = plan.class_spans.filter(
        (pl.col("enterprise") == enterprise)
        & (pl.col("first") <= last).fill_null(True)
        & (pl.col("last") >= first).fill_null(True)
    )["class_"].to_list()
    return [line for line in plan.rules if line.kind is Kind.CLASS and line.class_ in held]


def duty(plan: Plan, rules: Iterable[int]) -> Duty | None:
    """Put the demands of some rules together: most people, all skills, longest minutes, the family that serves all.

    Gives None when no family serves all of them.
    """
    codes = tuple(rules)
    lines = [plan.rules[code] for code in codes]
    said = {family_of(plan, line) for line in lines}
    family = next((one for one in WIDEST_FIRST if one in said and all(serves(one, other) for other in said)), None)
    if family is None:
        return None
    demands = DEMANDS[family]
    defaults = plan.file.defaults
    pins = [line.model for line in lines if isinstance(line.model, Pin)]
    return Duty(
        rules=codes,
        family=family,
        people=0
        if family is Family.SELF_CHECK
        else max(demands.people, *(line.model.people or defaults.people or 0 for line in lines)),
        certified=demands.certified,
        skills=tuple(sorted({skill for line in lines for skill in line.model.skills})),
        minutes=max(line.model.minutes or defaults.minutes or MINUTES for line in lines),
        bys=tuple(sorted({line.model.by for line in lines}, key=lambda by: by or "")),
        days=tuple(sorted({line.model.days for line in lines if not _names_day(line)})),
        within=tuple(sorted({line.within for line in lines if len(line.within) > 1})),
        surprise=any(line.model.surprise for line in lines),
        cause=next((pin.cause for pin in pins if pin.cause is not None), None),
    )


def gap_days(rule: Rule) -> int:
    """Give a rule's written gap in calendar days, 0 where it has none."""
    gap = rule.min_gap
    return gap.n * _IN_DAYS.get(gap.unit, 0) if gap is not None else 0


def _names_day(line: RuleLine) -> bool:
    """Whether the rule itself names its day, which may then be a day off."""
    return isinstance(line.model, Pin) and line.model.day is not None
