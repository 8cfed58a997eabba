"""Draws (双随机): an order that nobody can foresee before the seed and everybody can recompute after it.

The order of a pool is that of the SHA-256 of [seed, rule id, period, enterprise id], written as JSON.stringify writes
it, so that a page of plain JavaScript finds the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import polars as pl
from dateutil.relativedelta import relativedelta

from safeplan.core.calendar import Calendar
from safeplan.core.caps import counts_to_cap, made_already
from safeplan.core.duties import duty
from safeplan.core.lots import in_order
from safeplan.core.rules.pools import Pools
from safeplan.plan.plan import Plan, RuleLine
from safeplan.plan.rules.spot_checks import SpotCheck
from safeplan.terms.duration import Duration, TimeUnit
from safeplan.terms.period import Period, Unit, periods
from safeplan.terms.reason import Kind
from safeplan.terms.span import Span

VISITED, AT_CAP = "visited", "cap"
"""Why an enterprise of the pool is not drawn."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An enterprise of the pool that is not drawn: visited on `day`, or with `visits` made of a `cap`."""

    enterprise: str
    why: str
    day: date | None = None
    visits: int = 0
    cap: int = 0


@dataclass(frozen=True)
class Draw:
    """One spot check in one period, before its seed.

    Attributes
    ----------
    rule
        Code in Plan.rules; `rule_id` as ids spell it.
    pool
        Ids of all enterprises in scope that are active on some day of the period, in the order of their code points.
    excluded
        Those of the pool that are not drawn, with reasons.
    k
        How many are drawn: the share of the pool before exclusions.
    certain
        A share of 100 %, which needs no draw.
    grid
        Code of the grid that holds the whole pool, -1 in a plan without grids.
    """

    rule: int
    rule_id: str
    period: Period
    pool: tuple[str, ...]
    excluded: tuple[Exclusion, ...]
    k: int
    certain: bool
    grid: int

    @cached_property
    def left(self) -> tuple[str, ...]:
        """The pool without the excluded."""
        out = {one.enterprise for one in self.excluded}
        return tuple(one for one in self.pool if one not in out)

    @property
    def size(self) -> int:
        """How many can be drawn: k, or all that are left where those are fewer."""
        return min(self.k, len(self.left))

    def order(self, seed: str) -> list[str]:
        """Give all that are left in the order of the draw."""
        return in_order(self.left, seed=seed, rule=self.rule_id, period=self.period.name)

    def drawn(self, seed: str | None, replaced: Iterable[str] = ()) -> list[str]:
        """Give the drawn, in the order of the draw; for each one `replaced` the next in order follows.

        Without a seed all are drawn when the share is 100 %, and nobody otherwise.
        """
        if self.certain or seed is None:
            return list(self.left) if self.certain else []
        out = set(replaced)
        return [one for one in self.order(seed) if one not in out][: self.size]


def draws(plan: Plan, rule: int, calendar: Calendar) -> Iterator[Draw]:
    """Give the draws of a spot check, one for each of its periods that touch the plan's."""
    line = plan.rules[rule]
    if not isinstance(line.model, SpotCheck) or line.model.share is None:
        return
    pools = Pools(plan)
    for period in draw_periods(plan, line):
        yield draw_of(plan, rule, period, calendar, pools)


def draw_periods(plan: Plan, line: RuleLine) -> list[Period]:
    """Give the periods of a spot check that have a day in the plan's, and in its window when it has one."""
    model = line.model
    assert isinstance(model, SpotCheck)
    if model.window is None:
        return list(periods(model.per or Unit.QUARTER, 1, plan.first, plan.last))
    if model.per is None:
        season = None if isinstance(model.window, Span) else model.window
        return [
            Period(one.first, one.last, f"{season}@{one.first}" if season else f"{one.first}..{one.last}")
            for one in line.within
            if one.first <= plan.last and one.last >= plan.first
        ]
    inside = [
        period
        for span in line.within
        for period in periods(model.per, 1, max(span.first, plan.first), min(span.last, plan.last))
    ]
    return list(dict.fromkeys(inside))


def open_days(plan: Plan, line: RuleLine, period: Period) -> Span:
    """Give what the plan's period, and the rule's window, leave of one of its periods."""
    first, last = max(period.first, plan.first), min(period.last, plan.last)
    spans = [one for one in line.within if one.first <= last and one.last >= first]
    return Span(
        max(first, min((one.first for one in spans), default=first)),
        min(last, max((one.last for one in spans), default=last)),
    )


def draw_of(plan: Plan, rule: int, period: Period, calendar: Calendar, pools: Pools | None = None) -> Draw:
    """Give one draw: its pool, who is excluded and why, and how many are drawn."""
    line = plan.rules[rule]
    model = line.model
    assert isinstance(model, SpotCheck) and model.share is not None
    pool = _pool(plan, line, period, pools or Pools(plan))
    grid = _common_grid(plan, pool["grid"].to_list())
    ids = sorted(pool["id"].to_list())
    return Draw(
        rule,
        line.id,
        period,
        tuple(ids),
        tuple(sorted(_excluded(plan, rule, model, period, pool, calendar), key=lambda one: one.enterprise)),
        model.share.of(len(ids)),
        model.share.part == 1,
        grid,
    )


def seeds(plan: Plan, line: RuleLine) -> dict[str, str]:
    """Give the seed of each period that has one; what names no period of the rule is left out (`unknown_seeds`)."""
    known, model = _period_names(plan, line), line.model
    assert isinstance(model, SpotCheck)
    return {known[key]: seed for key, seed in model.seed.items() if key in known}


def unknown_seeds(plan: Plan, line: RuleLine) -> list[str]:
    """Give the keys of `seed:` that name no period of the rule."""
    known, model = _period_names(plan, line), line.model
    assert isinstance(model, SpotCheck)
    return [key for key in model.seed if key not in known]


def period_of(plan: Plan, line: RuleLine, name: str) -> Period | None:
    """Give the period of a rule that a name (2026-Q1, or Q1) means."""
    full = _period_names(plan, line).get(name)
    return next((one for one in draw_periods(plan, line) if one.name == full), None)


def _period_names(plan: Plan, line: RuleLine) -> Mapping[str, str]:
    """Give the names that each period may be called by.

    Without its year only where the plan is a calendar year; the one period of a window is called `window` too.
    """
    model, names = line.model, {one.name: one.name for one in draw_periods(plan, line)}
    assert isinstance(model, SpotCheck)
    if model.window is not None and model.per is None:
        return names | ({"window": next(iter(names))} if len(names) == 1 else {})
    unit = model.per or Unit.QUARTER
    whole_year = (plan.first, plan.last) == (date(plan.first.year, 1, 1), date(plan.first.year, 12, 31))
    if whole_year and unit in (Unit.QUARTER, Unit.HALF_YEAR, Unit.MONTH):
        mark = "M" if unit is Unit.MONTH else ""
        names |= {mark + name.partition("-")[2]: name for name in list(names)}
    return names


def _pool(plan: Plan, line: RuleLine, period: Period, pools: Pools) -> pl.DataFrame:
    """Give the enterprises in scope, those active on some day of the period that the plan holds."""
    days = open_days(plan, line, period)
    return (
        pools.of(line.model.where, Span(period.first, period.last))
        .filter(
            (pl.col("active_first") <= days.last).fill_null(True)
            & (pl.col("active_last") >= days.first).fill_null(True)
        )
        .select("enterprise", "id", pl.col("grid").fill_null(-1), "last_visit", "cap", "cap_line")
    )


def _excluded(
    plan: Plan, rule: int, model: SpotCheck, period: Period, pool: pl.DataFrame, calendar: Calendar
) -> Iterator[Exclusion]:
    """Say who is left out: visited in the time before the period, or with a cap that is used up already."""
    within = model.exclude.visited_within if model.exclude else None
    since = _back(calendar, period.first, within) if within else None
    asked = duty(plan, (rule,))
    made = made_already(plan, "year", caps=True) if len(plan.others_visits) else {}
    for code, enterprise, _, visited, cap, cap_line in pool.iter_rows():
        if since is not None and visited is not None and since <= visited < period.first:
            yield Exclusion(enterprise, VISITED, day=visited)
        elif cap is not None and asked is not None and counts_to_cap(plan, asked, -1 if cap_line is None else cap_line):
            visits = made.get((code, period.first.year), 0)
            if visits >= cap:
                yield Exclusion(enterprise, AT_CAP, visits=visits, cap=cap)


def _back(calendar: Calendar, day: date, length: Duration) -> date:
    """Count a length of time back from a day; working days are the plan's, hours days begun."""
    match length.unit:
        case TimeUnit.WORKDAYS:
            before = np.flatnonzero(calendar.workday[: calendar.index(day)])
            return calendar.day(int(before[-length.n])) if length.n else day
        case TimeUnit.HOURS:
            return day - timedelta(days=-(-length.n // 24))
        case TimeUnit.DAYS:
            return day - timedelta(days=length.n)
        case TimeUnit.WEEKS:
            return day - timedelta(weeks=length.n)
        case TimeUnit.MONTHS:
            return day - relativedelta(months=length.n)
        case TimeUnit.YEARS:
            return day - relativedelta(years=length.n)


def _common_grid(plan: Plan, grids: Sequence[int]) -> int:
    """Give the lowest grid that holds all of these; of several trees the tree with most of them, then the first."""
    paths = {grid: _path(plan, grid) for grid in set(grids) if grid >= 0}
    if not paths:
        return -1
    tops: dict[int, int] = {}
    for grid in grids:
        if grid >= 0:
            tops[paths[grid][0]] = tops.get(paths[grid][0], 0) + 1
    top = min(tops, key=lambda one: (-tops[one], one))
    inside = [path for path in paths.values() if path[0] == top]
    common = -1
    for level in zip(*inside, strict=False):
        if len(set(level)) > 1:
            break
        common = level[0]
    return common


def _path(plan: Plan, grid: int) -> tuple[int, ...]:
    """Give the grids from the top down to this one."""
    path: list[int] = []
    while grid >= 0:
        path.append(grid)
        grid = plan.grid_parent[grid]
    return tuple(reversed(path))


def spot_checks(plan: Plan) -> list[int]:
    """Give the codes of the plan's spot checks."""
    return [code for code, line in enumerate(plan.rules) if line.kind is Kind.SPOT_CHECK]
