"""Growth: what a quota adds is written behind everything else that was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from safeplan.core.calendar import Calendar
from safeplan.core.quotas.found import Found
from safeplan.core.quotas.slots import Slots
from safeplan.core.rules.importance import importance
from safeplan.core.rules.obligations import rows, together
from safeplan.plan.plan import Plan
from safeplan.plan.rules.quotas import Quota
from safeplan.terms.period import Period
from safeplan.terms.reason import Reason

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Added:
    """A missing enterprise of a unit: with its day and need, or with the reason why it has none; -1: none."""

    enterprise: int = -1
    day: int = -1
    need: int = -1
    reason: Reason | None = None
    n: int = 0  # the number that one of a settled roster has; 0: a new one
    state: str = ""  # adopted, issued; empty: neither


@dataclass(frozen=True, slots=True)
class Filled:
    """A quota that is filled: its rule's code, and the area whose people fill it; the plan's days begin at `start`."""

    plan: Plan
    calendar: Calendar
    rule: int
    model: Quota
    area: int
    start: int
    days: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that is filled: first and last day from the plan's first, inside the plan.

    `used` are the numbers in use, `undone` those of visits that a settled roster held for days that have passed.
    """

    period: Period
    first: int
    last: int
    used: frozenset[int]
    undone: tuple[int, ...] = ()


def grown(quota: Filled, unit: Unit, found: Found, added: list[Added], slots: Slots, short: int) -> Found:
    """Write what was added behind everything else: obligations, proposals, the area's task and its roster."""
    many = len(added)
    size, owed = found.proposals.duty.size, len(found.expanded.obligations)
    one = np.ones(many, np.int64)
    level = importance(quota.plan.rules[quota.rule])
    outlasts = np.full(many, unit.period.last > quota.plan.last)
    obligations = _owed(quota, unit, _numbers(added, unit.used), outlasts)
    enterprise = np.array([each.enterprise for each in added], np.int64)
    day = np.array([each.day for each in added], np.int64)
    need = np.array([max(each.need, 0) for each in added], np.int64)
    before = found.proposals
    duty = next(at for at, each in enumerate(before.duties) if each.rules == (quota.rule,))
    proposals = replace(
        before,
        enterprise=np.append(before.enterprise, enterprise),
        grid=np.append(before.grid, -one),
        duty=np.append(before.duty, one * duty),
        first=np.append(before.first, one * unit.first),
        last=np.append(before.last, one * unit.last),
        importance=np.append(before.importance, one * level),
        lead=np.append(before.lead, owed + np.arange(many)),
        merged=np.append(before.merged, -one),
        serves=before.serves | {size + n: (owed + n,) for n in range(many)},
    )
    area, task, (placed, _) = found.areas[quota.area], found.tasks[quota.area], found.results[quota.area]
    rows_before = task.need.size
    allowed = quota.calendar.allowed(quota.model.days)[quota.start :][: quota.days]
    task = replace(
        task,
        needs=slots.needs,
        need=np.append(task.need, need),
        subject=np.append(task.subject, enterprise),
        first=np.append(task.first, one * unit.first),
        last=np.append(task.last, one * unit.last),
        day_set=np.append(task.day_set, one * len(task.day_sets)),
        day_sets=np.vstack((task.day_sets, allowed)),
        importance=np.append(task.importance, one * level),
        group=np.append(task.group, one * -1),
        part=np.append(task.part, one * 0),
        parts=np.append(task.parts, one),
        tour=np.append(task.tour, one * -1),
        merged=np.append(task.merged, -one),
        outlasts=np.append(task.outlasts, outlasts),
    )
    placed = replace(
        placed,
        day=np.append(placed.day, day),
        open=placed.open | {rows_before + n: each.reason for n, each in enumerate(added) if each.reason},
        least=placed.least + (0 if outlasts.any() else short),
    )
    area = replace(
        area,
        proposals=np.append(area.proposals, size + np.arange(many)),
        need=np.append(area.need, need),
        needs=slots.needs,
    )
    expanded = replace(found.expanded, obligations=together([found.expanded.obligations, obligations]))
    return replace(
        found,
        expanded=expanded,
        proposals=proposals,
        areas=_with(found.areas, quota.area, area),
        tasks=_with(found.tasks, quota.area, task),
        results=_with(found.results, quota.area, (placed, slots.roster())),
        settled={**found.settled, **{size + n: each.state for n, each in enumerate(added) if each.state}},
    )


def missed(quota: Filled, unit: Unit, found: Found, many: int) -> Found:
    """Say what a unit that is over was short of."""
    numbers = list(islice((*unit.undone, *islice(_unused(unit.used), many)), many))
    owed = _owed(quota, unit, numbers, np.zeros(many, np.bool_))
    return replace(found, missed=together([found.missed, owed]))


def _owed(quota: Filled, unit: Unit, numbers: list[int], outlasts: NDArray[np.bool_]) -> pl.DataFrame:
    """Give a unit's obligations (OBLIGATIONS) of some numbers; nobody is their subject."""
    one = np.ones(len(numbers), np.int64)
    return rows(
        rule=quota.rule,
        enterprise=-one,
        grid=-one,
        period=unit.period,
        open_first=one * (unit.first + quota.start),
        open_last=one * (unit.last + quota.start),
        importance=importance(quota.plan.rules[quota.rule]),
        outlasts=outlasts,
        calendar=quota.calendar,
    ).with_columns(n=pl.Series(numbers, dtype=pl.Int32))


def _numbers(added: list[Added], used: frozenset[int]) -> list[int]:
    """Number new ones in order of date, those without a day last; what was adopted keeps its number."""
    fresh = _unused(used)
    new = sorted((i for i, one in enumerate(added) if not one.n), key=lambda i: (added[i].day < 0, added[i].day, i))
    given = dict(zip(new, fresh, strict=False))
    return [one.n or given[i] for i, one in enumerate(added)]


def _unused(used: frozenset[int]) -> Iterator[int]:
    return (n for n in count(1) if n not in used)


def _with(all_: tuple[T, ...], at: int, one: T) -> tuple[T, ...]:
    return (*all_[:at], one, *all_[at + 1 :])
