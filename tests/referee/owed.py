"""Every obligation that a plan owes, recomputed from rules.md (Ids, Periods, Importance, Pins).

Readings taken where the documents leave room:

- `N per SEASON`: each span of the season is a unit and cut in proportion like any other; a bare number is never cut.
- A unit counts as cut when it loses a day that the rule allows; losing only days off changes nothing.
- Parts are chained only where both sides of a change of class are cut by it: what a whole unit owes, also with a
  modifier that makes it no whole number, is rounded by itself.
- A class with a bare number and no `window:` has the plan's period as its window.
- `where` of a class is read on the first active day of the unit.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from .modifiers import factor_of, is_window, stretches
from .plan import Enterprise, Frequency, Pin, Plan, Rule
from .select import chooses
from .spans import DAY, Span, read_span

_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_A_YEAR = {"day": 248, "week": 52, "month": 12, "quarter": 4, "half-year": 2, "year": 1}


@dataclass(frozen=True)
class Obligation:
    """One visit owed. `days` are those that its rule and its subject allow; `rule_days` the same before closed days."""

    id: str
    rule: Rule
    enterprise: str | None
    grid: str | None
    period: str
    n: int
    first: dt.date
    last: dt.date
    days: tuple[dt.date, ...]
    rule_days: tuple[dt.date, ...]
    priorities: frozenset[int]
    endless: bool = False
    crew: frozenset[str] | None = None
    """Who goes, where a draw names them."""
    ends_early: bool = False
    """Owed for days of its unit after which a modifier changes what is owed."""

    def with_n(self, n: int) -> Obligation:
        return replace(self, n=n, id=f"{self.id.rpartition('/')[0]}/{n}")

    @property
    def group(self) -> tuple[str, str | None, str]:
        """Rule, subject and period: what the numbers n run in."""
        return self.rule.id, self.enterprise or self.grid, self.period

    @property
    def subject(self) -> str | None:
        return self.enterprise or self.grid

    def grid_on(self, plan: Plan, day: dt.date) -> str | None:
        return plan.enterprises[self.enterprise].grid_on(day) if self.enterprise else self.grid


def owed(plan: Plan, today: dt.date | None = None) -> dict[str, Obligation]:
    """All obligations of the plan as of a day (its first when not said), by id."""
    day = today or plan.period.first
    found = [o for e in plan.enterprises.values() if e.planned for o in _of_classes(plan, e, day)]
    found += [o for rule in plan.patrols for grid in patrolled_grids(plan, rule) for o in _of_patrol(plan, rule, grid)]
    found += [_of_pin(plan, pin) for pin in plan.pins if pin.span is not None]
    from .dated import owed_dated  # it needs this module's units
    from .draws import owed_draws

    found += owed_dated(plan) + owed_draws(plan)
    return {o.id: o for o in found}


def patrolled_grids(plan: Plan, rule: Rule) -> list[str]:
    """The grids of a patrol: `grids:` by id, list of ids, or level, name, leaf, below; left out: all."""
    wanted = rule.grids
    parents = {g.parent for g in plan.grids.values()}
    if wanted is None or isinstance(wanted, str | list):
        ids = None if wanted is None else {wanted} if isinstance(wanted, str) else set(wanted)
        return [g.id for g in plan.grids.values() if ids is None or g.id in ids or g.name in ids]
    chosen = []
    for g in plan.grids.values():
        tests = {
            "level": lambda v, g=g: g.level in (v if isinstance(v, list) else [v]),
            "name": lambda v, g=g: g.name in (v if isinstance(v, list) else [v]),
            "leaf": lambda v, g=g: (g.id not in parents) == (v == "true"),
            "below": lambda v, g=g: v in plan.above(g.id),
        }
        if all(tests[key](value) for key, value in wanted.items()):
            chosen.append(g.id)
    return chosen


@dataclass(frozen=True)
class _Part:
    """What is left of a unit for one class of one enterprise."""

    rule: Rule
    label: str
    unit: Span
    part: Span
    ends: tuple[Span, ...]
    cut_before: bool
    cut_after: bool
    stay: Span
    """What is left of the unit with whatever factor."""
    factor: Fraction = Fraction(1)

    @property
    def by_days(self) -> bool:
        """Whether a change of class shares the unit's number by days."""
        return self.rule.partial == "proportion" and not is_window(self.rule.frequency)


def _of_classes(plan: Plan, enterprise: Enterprise, today: dt.date) -> list[Obligation]:
    parts: list[_Part] = []
    for span, letter in enterprise.classes:
        held = span.meet(enterprise.active)
        rule = plan.classes.get(letter)
        if held is not None and rule is not None:
            parts += [sub for part in _parts(plan, rule, held) for sub in _by_factor(plan, part, enterprise, today)]
    obligations, total, given, previous = [], Fraction(0), 0, None
    for part in parts:
        start = max(part.unit.first, enterprise.active.first)
        if not chooses(plan, part.rule.where, enterprise, start):
            previous = None
            continue
        touches = (
            previous is not None
            and previous.part.last + DAY == part.part.first
            and previous.cut_after
            and part.cut_before
            and (previous.rule.id == part.rule.id or (previous.by_days and part.by_days))
        )
        if not touches:
            total, given = Fraction(0), 0
        total += _share(plan, part)
        n = int(total + Fraction(1, 2)) - given
        given += n
        obligations += _number(plan, part, n, enterprise)
        previous = part
    numbers: Counter[tuple] = Counter()
    for i, o in enumerate(obligations):
        numbers[o.group] += 1
        obligations[i] = o.with_n(numbers[o.group])
    return obligations


def _by_factor(plan: Plan, part: _Part, enterprise: Enterprise, today: dt.date) -> list[_Part]:
    """The part in stretches of one factor of the modifiers each."""
    if not plan.modifiers:
        return [part]

    def units(span: Span) -> list[tuple[str, tuple[Span, ...]]]:
        return [] if is_window(part.rule.frequency) else units_in(plan, part.rule, span)

    found = stretches(part.part, factor_of(plan, enterprise, units, today))
    return [
        replace(
            part,
            part=span,
            factor=factor,
            cut_before=part.cut_before if span.first == part.part.first else True,
            cut_after=part.cut_after if span.last == part.part.last else True,
        )
        for span, factor in found
    ]


def _parts(plan: Plan, rule: Rule, held: Span) -> list[_Part]:
    parts = []
    for label, units in units_in(plan, rule, held.meet(plan.period)):
        whole = Span(units[0].first, units[-1].last)
        left = whole.meet(held)
        left = left and left.meet(plan.period)
        if left is not None:
            cut = any(d not in left for d in _allowed(plan, rule, units))
            before = cut and left.first > whole.first and left.first == held.first
            after = cut and left.last < whole.last and left.last == held.last
            parts.append(_Part(rule, label, whole, left, units, before, after, left))
    return parts


def _of_patrol(plan: Plan, rule: Rule, grid: str) -> list[Obligation]:
    obligations = []
    for part in _parts(plan, rule, plan.period):
        obligations += _number(plan, part, int(_share(plan, part) + Fraction(1, 2)), None, grid)
    return obligations


def _share(plan: Plan, part: _Part) -> Fraction:
    """N times the days left over the days of the unit, by days that the rule allows, and times the factor."""
    days = _allowed(plan, part.rule, part.ends)
    stay = [d for d in days if d in part.stay]
    left = [d for d in stay if d in part.part]
    n, partial = part.rule.frequency.n * part.factor, part.rule.partial
    if is_window(part.rule.frequency) and not days:
        return Fraction(n)
    if not left:
        return Fraction(0)
    if is_window(part.rule.frequency) or partial == "full":
        return n * Fraction(len(left), len(stay))
    if len(stay) < len(days) and partial == "none":
        return Fraction(0)
    return n * Fraction(len(left), len(days))


def _allowed(plan: Plan, rule: Rule, spans: tuple[Span, ...]) -> list[dt.date]:
    return [d for span in spans for d in span.days() if plan.calendar.allows(rule.days, d)]


def _number(
    plan: Plan, part: _Part, n: int, enterprise: Enterprise | None, grid: str | None = None
) -> list[Obligation]:
    rule, subject = part.rule, enterprise.id if enterprise else grid
    rule_days = tuple(d for d in _allowed(plan, rule, part.ends) if d in part.part)
    days = tuple(d for d in rule_days if enterprise is None or not any(d in c for c in enterprise.closed))
    if rule.frequency.unit == "day" and rule.frequency.k == 1 and not days:
        return []  # a closed day owes nothing to `per day`
    return [
        Obligation(
            f"{rule.id}/{subject}/{part.label}/{i}", rule, enterprise.id if enterprise else None, grid, part.label, i,
            part.unit.first, part.unit.last, days, rule_days, importance(plan, rule),
            ends_early=part.part.last < part.stay.last,
        )
        for i in range(1, n + 1)
    ]  # fmt: skip


def _of_pin(plan: Plan, pin: Pin) -> Obligation:
    assert pin.span is not None
    label = pin.span.first.isoformat() if pin.single_day else f"{pin.span.first}..{pin.span.last}"
    days = [d for d in pin.span.days() if d in plan.period]
    enterprise = plan.enterprises.get(pin.enterprise) if pin.enterprise else None
    if not pin.single_day:
        days = [d for d in days if plan.calendar.allows(pin.rule.days, d)]
    if enterprise is not None:
        days = [d for d in days if d in enterprise.active]
    free = [d for d in days if enterprise is None or not any(d in c for c in enterprise.closed)]
    subject = pin.enterprise or pin.grid
    return Obligation(
        f"{pin.rule.id}/{subject}/{label}/1", pin.rule, pin.enterprise, pin.grid, label, 1,
        pin.span.first, pin.span.last, tuple(free), tuple(days), importance(plan, pin.rule, pin.cause),
    )  # fmt: skip


def importance(plan: Plan, rule: Rule, cause: str | None = None) -> frozenset[int]:
    """The level of the rule: two where rules.md leaves room (a fraction of visits a year; a pin's cause)."""
    if rule.priority is not None:
        return frozenset({rule.priority})
    if rule.kind == "pin":
        return frozenset({100, 80} if cause in ("complaint", "request") else {100})
    if rule.kind in _BY_KIND:
        return frozenset({_BY_KIND[rule.kind]})
    a_year = visits_a_year(plan, rule)
    return frozenset({30 + min(18, int(a_year)), 30 + min(18, -int(-a_year // 1))})


_BY_KIND = {"patrol": 20, "priority": 50, "campaign": 60, "holiday": 70, "trigger": 75, "spot-check": 30, "quota": 10}


def visits_a_year(plan: Plan, rule: Rule) -> Fraction:
    frequency = rule.frequency
    if frequency.unit is None:
        return Fraction(frequency.n)
    if frequency.unit in _A_YEAR:
        return Fraction(frequency.n * _A_YEAR[frequency.unit], frequency.k)
    return Fraction(frequency.n * len(plan.seasons[frequency.unit]))


def units_in(plan: Plan, rule: Rule, within: Span | None) -> list[tuple[str, tuple[Span, ...]]]:
    """The units of a frequency that touch the span, each as its name in ids and its stretches of days."""
    if within is None:
        return []
    frequency = rule.frequency
    if frequency.unit is None:
        return _own_window(plan, rule)
    if frequency.unit in plan.seasons:
        spans = plan.seasons[frequency.unit]
        return [(f"{frequency.unit}@{s.first}", (s,)) for s in spans if s.meet(within)]
    if frequency.unit == "year" and frequency.k > 1:
        raise ValueError("the referee does not know blocks of several years")
    return list(_blocks(frequency, within))


def _own_window(plan: Plan, rule: Rule) -> list[tuple[str, tuple[Span, ...]]]:
    if rule.window in plan.seasons:
        spans = plan.seasons[rule.window]
        return [(f"{rule.window}@{spans[0].first}", spans)]
    span = read_span(rule.window) if rule.window else plan.period
    return [(f"{span.first}..{span.last}", (span,))]


@lru_cache(maxsize=1000)
def _blocks(frequency: Frequency, within: Span) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    found = []
    for block in range(_block(frequency, within.first), _block(frequency, within.last) + 1):
        span = Span(_block_start(frequency, block), _block_start(frequency, block + 1) - DAY)
        start, end = unit_name(frequency.unit, span.first), unit_name(frequency.unit, span.last)
        found.append((start if frequency.k == 1 else f"{start}..{end}", (span,)))
    return tuple(found)


def _block_start(frequency: Frequency, block: int) -> dt.date:
    if frequency.unit == "day":
        return dt.date(2000, 1, 1) + block * frequency.k * DAY
    if frequency.unit == "week":
        return dt.date(2000, 1, 3) + block * frequency.k * 7 * DAY
    months = block * frequency.k * _MONTHS[frequency.unit or ""]
    return dt.date(2000 + months // 12, months % 12 + 1, 1)


def _block(frequency: Frequency, day: dt.date) -> int:
    """The number of the day's block, counted from January 2000 (weeks: from Monday, 3 January 2000)."""
    if frequency.unit == "day":
        return (day - dt.date(2000, 1, 1)).days // frequency.k
    if frequency.unit == "week":
        return (day - dt.date(2000, 1, 3)).days // 7 // frequency.k
    return ((day.year - 2000) * 12 + day.month - 1) // (_MONTHS[frequency.unit or ""] * frequency.k)


def unit_name(unit: str | None, day: dt.date) -> str:
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return {
        "day": day.isoformat(),
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "half-year": f"{day.year}-H{1 if day.month <= 6 else 2}",
        "year": str(day.year),
    }[unit or ""]
