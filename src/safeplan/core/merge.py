"""Merge (综合查一次): proposes visits that serve several obligations of one enterprise.

Every obligation is a proposal of its own; a merged one is added beside them, and its parts sleep until place finds that
the merged visit cannot be made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from safeplan.core.calendar import Calendar, Mask
from safeplan.core.duties import Duty, duty
from safeplan.plan.plan import Plan
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.pins import Pin
from safeplan.plan.rules.spot_checks import SpotCheck

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Visits that could be made, as parallel arrays; the first are the obligations themselves, in their order.

    Attributes
    ----------
    enterprise, grid
        The subject, -1 where it is not that.
    duty
        Code of what it asks, in `duties`.
    first, last
        Window, in days from the plan's first, both included.
    importance
        Of its most important obligation, `lead`.
    merged
        For an obligation that a merged proposal serves, that proposal; else -1.
    serves
        For each merged proposal, the obligations that it serves.
    """

    enterprise: Ints
    grid: Ints
    duty: Ints
    first: Ints
    last: Ints
    importance: Ints
    lead: Ints
    merged: Ints
    serves: dict[int, tuple[int, ...]]
    duties: tuple[Duty, ...]

    def obligations_of(self, proposal: int) -> tuple[int, ...]:
        """Give the obligations that a proposal serves, the most important first."""
        return self.serves.get(proposal, (proposal,))


def merge(plan: Plan, obligations: pl.DataFrame, calendar: Calendar) -> Proposals:
    """Propose visits: each obligation alone, and together where one visit could serve several."""
    start = calendar.index(plan.first)
    epoch = pl.lit(plan.first).cast(pl.Int32)
    days = obligations.select(
        first=pl.col("open_first").cast(pl.Int32) - epoch, last=pl.col("open_last").cast(pl.Int32) - epoch
    )
    duties = _Duties(plan)
    rule = obligations["rule"].to_numpy().astype(np.int64)
    single = np.array([duties.code((code,)) for code in range(len(plan.rules))] or [0], np.int64)
    first, last = days["first"].to_numpy().astype(np.int64), days["last"].to_numpy().astype(np.int64)
    importance = obligations["importance"].to_numpy().astype(np.int64)
    enterprise = obligations["enterprise"].to_numpy().astype(np.int64)
    grid = obligations["grid"].to_numpy().astype(np.int64)
    count = len(obligations)
    merged = np.full(count, -1, np.int64)
    allowed = _Allowed(plan, calendar, start, int(last.max(initial=0)) + 1)
    added: list[tuple[int, int, int, int]] = []
    serves: dict[int, tuple[int, ...]] = {}
    for group in _groups(obligations):
        for served, code, low, high in _together(group, rule, first, last, importance, plan, duties, allowed):
            proposal = count + len(added)
            added.append((served[0], code, low, high))
            serves[proposal] = served
            merged[list(served)] = proposal
    lead = np.array([one[0] for one in added], np.int64)
    return Proposals(
        np.concatenate((enterprise, enterprise[lead])),
        np.concatenate((grid, grid[lead])),
        np.concatenate((single[rule], np.array([one[1] for one in added], np.int64))),
        np.concatenate((first, np.array([one[2] for one in added], np.int64))),
        np.concatenate((last, np.array([one[3] for one in added], np.int64))),
        np.concatenate((importance, importance[lead])),
        np.concatenate((np.arange(count), lead)),
        np.concatenate((merged, np.full(len(added), -1, np.int64))),
        serves,
        tuple(duties.all),
    )


class _Duties:
    """Codes of duties; a combination that no family serves has none."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._codes: dict[tuple[int, ...], int] = {}
        self.all: list[Duty] = []

    def code(self, rules: tuple[int, ...]) -> int:
        if rules not in self._codes:
            found = duty(self._plan, rules)
            self._codes[rules] = -1 if found is None else len(self.all)
            if found is not None:
                self.all.append(found)
        return self._codes[rules]


class _Allowed:
    """The days of the plan that each rule allows."""

    def __init__(self, plan: Plan, calendar: Calendar, start: int, days: int) -> None:
        self._masks: list[Mask] = []
        for line in plan.rules:
            if isinstance(line.model, Pin) and line.model.day is not None:
                self._masks.append(np.ones(days, np.bool_))
            else:
                within = (line.within,) if line.within else ()
                self._masks.append(calendar.usable((line.model.days,), within)[start : start + days])

    def both(self, one: int, other: int, low: int, high: int) -> bool:
        return bool((self._masks[one][low : high + 1] & self._masks[other][low : high + 1]).any())


def _groups(obligations: pl.DataFrame) -> list[list[int]]:
    """Give the obligations of each enterprise that several rules ask for."""
    return (
        obligations.with_row_index("at")
        .filter(pl.col("enterprise") >= 0)
        .filter(pl.col("rule").n_unique().over("enterprise") > 1)
        .group_by("enterprise", maintain_order=True)
        .agg("at")["at"]
        .to_list()
    )


def _stands_alone(model: Rule) -> bool:
    """Whether a rule's visits never serve others: separate, a surprise, or by drawn officers."""
    return model.separate or model.surprise or (isinstance(model, SpotCheck) and model.random_officers)


def _together(
    group: list[int],
    rule: Ints,
    first: Ints,
    last: Ints,
    importance: Ints,
    plan: Plan,
    duties: _Duties,
    allowed: _Allowed,
) -> list[tuple[tuple[int, ...], int, int, int]]:
    """Gather obligations around the most important: (obligations, duty, first day, last day) of each merged visit."""
    waiting = sorted(
        (at for at in group if not _stands_alone(plan.rules[rule[at]].model)),
        key=lambda at: (-importance[at], last[at], at),
    )
    visits = []
    taken: set[int] = set()
    for seed in waiting:
        if seed in taken:
            continue
        served, code = [seed], duties.code((int(rule[seed]),))
        low, high = int(first[seed]), int(last[seed])
        for other in waiting:
            if other in taken or any(rule[other] == rule[one] for one in served):
                continue
            lower, higher = max(low, int(first[other])), min(high, int(last[other]))
            if lower > higher or not all(allowed.both(rule[one], rule[other], lower, higher) for one in served):
                continue
            both = duties.code((*(int(rule[one]) for one in served), int(rule[other])))
            if both >= 0:
                served.append(other)
                code, low, high = both, lower, higher
        if len(served) > 1:
            taken.update(served)
            visits.append((tuple(served), code, low, high))
    return visits
