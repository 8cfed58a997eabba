"""Tasks: an area's proposals as arrays for place - days allowed, groups to spread, the tour, gaps, caps and limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from safeplan.core.areas import Area
from safeplan.core.calendar import Calendar
from safeplan.core.caps import counts_to_cap, made_already
from safeplan.core.carriers import Carriers
from safeplan.core.duties import gap_days
from safeplan.core.place.order import tour
from safeplan.core.place.task import Bools, Ceiling, Kept, Task
from safeplan.core.proposals import Ints, Proposals
from safeplan.core.seen import Seen
from safeplan.core.standing import Standing
from safeplan.plan.plan import Plan
from safeplan.plan.rules.pins import Pin
from safeplan.terms.reason import Kind


@dataclass(frozen=True, slots=True)
class Settled:
    """An adopted visit: its proposal and the obligations that it served, its day counted from the plan's first, its
    officers by code.
    """

    proposal: int
    served: tuple[int, ...]
    issued: bool
    day: int
    officers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What the tasks of all areas have in common, one entry a proposal where it is an array."""

    day_set: Ints
    day_sets: Bools
    open_sets: Bools
    group: Ints
    part: Ints
    parts: Ints
    tour: Ints
    rule: Ints
    series: dict[int, tuple[tuple[int, int], ...]]
    seen: dict[int, int]
    ceilings: tuple[Ceiling, ...]
    outlasts: Bools
    settled: tuple[Settled, ...]


def shared(plan: Plan, proposals: Proposals, now: Standing, calendar: Calendar, carriers: Carriers) -> Shared:
    """Work out what place needs besides people, for all proposals at once.

    `open_sets` are the day sets before closed days, so that it can be said which of the two leaves nothing.
    """
    obligations = now.open_
    day_set, day_sets, open_sets = _day_sets(plan, proposals, calendar, carriers)
    part, parts = _parts(proposals, obligations)
    series, seen = _series(plan, proposals, Seen(plan, now))
    return Shared(
        day_set,
        day_sets,
        open_sets,
        _groups(proposals, parts),
        part,
        parts,
        _tour(plan, proposals),
        np.append(obligations["rule"].to_numpy().astype(np.int64), np.full(len(proposals.duty) - len(obligations), -1)),
        series,
        seen,
        ceilings_of(plan, proposals, calendar, carriers),
        obligations["outlasts"].to_numpy()[proposals.lead],
        _settled(plan, proposals, now.adopted),
    )


def _settled(plan: Plan, proposals: Proposals, settled: pl.DataFrame) -> tuple[Settled, ...]:
    """Give each adopted visit's proposal, day and officers (codes), those that have left the plan not among them."""
    found: list[Settled] = []
    visits = settled.group_by("visit", maintain_order=True).agg(
        "obligation", pl.col("day", "officers", "state").first()
    )
    for served, day, officers, state in visits.select("obligation", "day", "officers", "state").iter_rows():
        merged = int(proposals.merged[served[0]])
        codes = tuple(plan.officers[one] for one in officers if one in plan.officers)
        proposal, at = merged if merged >= 0 else served[0], (day - plan.first).days
        found.append(Settled(proposal, tuple(served), state == "issued", at, codes))
    return tuple(sorted(found, key=lambda one: (not one.issued, one.day, one.officers, one.proposal)))


def _kept(settled: tuple[Settled, ...], where: dict[int, int], area: Area) -> Iterator[Kept]:
    """Give the adopted visits of an area; of one that nobody can make together with what joined it, its parts."""
    bit = {person.code: i for i, person in enumerate(area.force.people)}
    for one in settled:
        mask = sum(1 << bit[code] for code in one.officers if code in bit)
        here = [one.proposal] if one.proposal in where else [part for part in one.served if part in where]
        yield from (Kept(where[proposal], one.day, mask, one.issued) for proposal in here)


def task_of(area: Area, proposals: Proposals, common: Shared, plan: Plan, days: int) -> Task:
    """Cut one area's task out."""
    rows = area.proposals
    at = np.full(len(proposals.duty), -1, np.int64)
    at[rows] = np.arange(rows.size)
    merged = proposals.merged[rows]
    where = {int(row): i for i, row in enumerate(rows.tolist())}
    # Visits that different pools of people make are spread apart: each pool has its own load.
    pool = {who: i for i, who in enumerate(dict.fromkeys(need.who for need in area.needs))}
    of_need = np.array([pool[need.who] for need in area.needs], np.int64)
    _, group = np.unique(common.group[rows] * len(pool) + of_need[area.need], return_inverse=True)
    return Task(
        days=days,
        force=area.force,
        needs=area.needs,
        pools=area.pools,
        need=area.need,
        subject=proposals.enterprise[rows],
        first=proposals.first[rows],
        last=proposals.last[rows],
        day_set=common.day_set[rows],
        day_sets=common.day_sets,
        importance=proposals.importance[rows],
        group=group.reshape(-1),
        part=common.part[rows],
        parts=common.parts[rows],
        tour=common.tour[rows],
        rule=common.rule[rows],
        merged=np.where(merged >= 0, at[merged], -1),
        series={where[v]: kept for v, kept in common.series.items() if v in where},
        seen=common.seen,
        ceilings=tuple(
            Ceiling(one.unit, one.most[rows], one.applies[rows], one.made, one.reason)
            for one in common.ceilings
            if one.applies[rows].any()
        ),
        outlasts=common.outlasts[rows],
        slack=float(plan.file.capacity.slack.part),
        settled=tuple(_kept(common.settled, where, area)),
    )


def _day_sets(plan: Plan, proposals: Proposals, calendar: Calendar, carriers: Carriers) -> tuple[Ints, Bools, Bools]:
    """Give the days that rules and closed days allow: a row for every combination that occurs."""
    start, days = carriers.start, carriers.days
    kinds = list(dict.fromkeys((duty.days, duty.within) for duty in proposals.duties)) or [((), ())]
    kind = np.array([kinds.index((duty.days, duty.within)) for duty in proposals.duties] or [0], np.int64)[
        proposals.duty
    ]
    closed = np.append(plan.enterprises["closed"].to_numpy().astype(np.int64), 0)[proposals.enterprise]
    by_kind = np.array([calendar.usable(*one)[start : start + days] for one in kinds])
    open_ = np.array([calendar.open(closed)[start : start + days] for closed in plan.closed_sets], np.bool_)
    pairs, day_set = np.unique(kind * len(plan.closed_sets) + closed, return_inverse=True)
    of_kind, of_closed = np.divmod(pairs, len(plan.closed_sets))
    return day_set.reshape(-1), by_kind[of_kind] & open_[of_closed], by_kind[of_kind]


def _parts(proposals: Proposals, obligations: pl.DataFrame) -> tuple[Ints, Ints]:
    """Give which of how many each is of what one subject owes to one rule in one window."""
    count = len(proposals.duty)
    alone = obligations.select(
        part=pl.int_range(pl.len()).over("rule", "enterprise", "grid", "open_first", "open_last"),
        parts=pl.len().over("rule", "enterprise", "grid", "open_first", "open_last"),
    )
    part, parts = np.zeros(count, np.int64), np.ones(count, np.int64)
    part[: len(alone)], parts[: len(alone)] = alone["part"].to_numpy(), alone["parts"].to_numpy()
    return part, parts


def _groups(proposals: Proposals, parts: Ints) -> Ints:
    """Give a code to visits of one duty in one window: they are spread together."""
    width = int(proposals.last.max(initial=0)) + 2
    most = int(parts.max(initial=1)) + 1
    first, last = np.maximum(proposals.first, 0), np.maximum(proposals.last, -1) + 1
    key = ((proposals.duty * width + first) * width + last) * most + parts
    _, group = np.unique(key, return_inverse=True)
    return group.reshape(-1)


def _tour(plan: Plan, proposals: Proposals) -> Ints:
    """Number the subjects of all proposals along the tour; grids after enterprises, in their own order."""
    grid = np.full(len(plan.enterprises), -1, np.int64)
    spans = plan.grid_spans.unique("enterprise", keep="first", maintain_order=True)
    grid[spans["enterprise"].to_numpy()] = spans["grid"].to_numpy()
    rank = tour(
        plan.enterprises["latitude"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
        plan.enterprises["longitude"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
        grid,
    )
    return np.where(
        proposals.enterprise >= 0,
        np.append(rank, 0)[proposals.enterprise],
        len(plan.enterprises) + np.maximum(proposals.grid, 0),
    )


def _series(
    plan: Plan, proposals: Proposals, before: Seen
) -> tuple[dict[int, tuple[tuple[int, int], ...]], dict[int, int]]:
    """Give the gaps that each proposal keeps, and the last visits that they are kept from.

    A gap is between visits that serve one rule for one subject; a pin's visit keeps none of its own.
    """
    gaps = {
        code: gap_days(line.model)
        for code, line in enumerate(plan.rules)
        if gap_days(line.model) and not isinstance(line.model, Pin)
    }
    if not gaps:
        return {}, {}
    binding = [tuple(rule for rule in duty.rules if rule in gaps) for duty in proposals.duties]
    bound = np.array([bool(one) for one in binding], np.bool_)[proposals.duty]
    width = len(plan.enterprises) + len(plan.file.grids) + 1
    series: dict[int, tuple[tuple[int, int], ...]] = {}
    seen: dict[int, int] = {}
    for proposal in np.flatnonzero(bound).tolist():
        enterprise, grid = int(proposals.enterprise[proposal]), int(proposals.grid[proposal])
        if enterprise < 0 and plan.rules[proposals.duties[proposals.duty[proposal]].rules[0]].kind is Kind.SPOT_CHECK:
            continue  # nobody is drawn yet, so there is nothing to keep a gap from
        subject = enterprise if enterprise >= 0 else len(plan.enterprises) + grid
        kept = []
        for rule in binding[proposals.duty[proposal]]:
            key = rule * width + subject
            kept.append((key, gaps[rule]))
            last = before.enterprise(rule, enterprise) if enterprise >= 0 else before.grid(rule, grid)
            if last is not None:
                seen[key] = last
        series[proposal] = tuple(kept)
    return series, seen


def ceilings_of(plan: Plan, proposals: Proposals, calendar: Calendar, carriers: Carriers) -> tuple[Ceiling, ...]:
    """Give the caps (calendar year) and limits (day, week, month) of the plan."""
    days = [calendar.day(carriers.start + i) for i in range(carriers.days)]
    year = np.array([day.year for day in days])
    month = np.array([day.year * 12 + day.month for day in days])
    week = np.array([(day.toordinal() - 1) // 7 for day in days])
    date = np.arange(len(days))
    limits = plan.file.limits
    enterprise = proposals.enterprise
    cap = np.append(plan.enterprises["cap"].fill_null(-1).to_numpy().astype(np.int64), -1)[enterprise]
    line = np.append(plan.enterprises["cap_line"].fill_null(-1).to_numpy().astype(np.int64), -1)[enterprise]
    lines = [*range(-1, len(plan.file.caps))]
    to_cap = np.array([[counts_to_cap(plan, duty, one) for one in lines] for duty in proposals.duties], np.bool_)
    counts = np.array([duty.counts for duty in proposals.duties], np.bool_)
    applies = (counts[proposals.duty] if len(counts) else np.zeros(0, np.bool_)) & (enterprise >= 0)
    ceilings = []
    if (cap >= 0).any():
        capped = to_cap[proposals.duty, line + 1] & (enterprise >= 0)
        ceilings.append(Ceiling(year, cap, capped, made_already(plan, "year", caps=True), "cap"))
    for most, unit, name in (
        (limits.per_month, month, "month"),
        (limits.per_week, week, "week"),
        (limits.per_day, date, "day"),
    ):
        if most is not None:
            every = np.where(applies, most, -1)
            ceilings.append(Ceiling(unit, every, applies, made_already(plan, name, caps=False), "limit"))
    return tuple(ceilings)
