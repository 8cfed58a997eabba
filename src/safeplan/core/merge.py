"""Merge (综合查一次): proposes visits that serve several obligations of one enterprise.

Every obligation is a proposal of its own; a merged one is added beside them, and its parts sleep until place finds that
the merged visit cannot be made.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar, Mask
from safeplan.core.carriers import Carriers
from safeplan.core.duties import Duty, duty, gap_days
from safeplan.core.makeable import Makeable
from safeplan.core.proposals import Ints, Proposals
from safeplan.core.together import Owed, Visit, fewest, spread
from safeplan.plan.plan import Plan, RuleLine
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.pins import Pin
from safeplan.plan.rules.spot_checks import SpotCheck

TURNS = 12
"""Of groupings with equally many visits an enterprise takes one of so many."""


def merge(plan: Plan, obligations: pl.DataFrame, calendar: Calendar, carriers: Carriers) -> Proposals:
    """Propose visits: each obligation alone, and together where one visit could serve several.

    What an enterprise owes is gathered into the fewest visits for windows, families, carriers and written gaps. Of
    groupings with as many visits each enterprise takes one by its id, so that a quarter's visits do not all merge into
    its first month.
    """
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
    added: list[tuple[int, int, int, int]] = []
    serves: dict[int, tuple[int, ...]] = {}
    for served, code in _gathered(plan, obligations, first, last, calendar, carriers, duties):
        proposal = count + len(added)
        at = list(served)
        added.append((served[0], code, int(first[at].max()), int(last[at].min())))
        serves[proposal] = served
        merged[at] = proposal
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
        rules = tuple(sorted(rules))
        if rules not in self._codes:
            found = duty(self._plan, rules)
            self._codes[rules] = -1 if found is None else len(self.all)
            if found is not None:
                self.all.append(found)
        return self._codes[rules]


def _gathered(
    plan: Plan,
    obligations: pl.DataFrame,
    first: Ints,
    last: Ints,
    calendar: Calendar,
    carriers: Carriers,
    duties: _Duties,
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Give the obligations of each merged visit, the most important first, and its duty."""
    groups = _groups(obligations)
    if not groups:
        return
    sharing = _Sharing(plan, calendar, carriers, duties)
    by_id = sorted(range(len(plan.rules)), key=lambda code: f"{plan.rules[code].id}/")
    rank = {code: at for at, code in enumerate(by_id)}
    rules, importance = obligations["rule"].to_list(), obligations["importance"].to_list()
    until, firsts, lasts = obligations["last"].to_list(), first.tolist(), last.tolist()
    known: dict[tuple[object, ...], list[Visit]] = {}
    turned: dict[tuple[object, ...], list[Visit]] = {}
    for enterprise, group in groups:
        owed = [(rules[at], firsts[at], lasts[at], importance[at]) for at in group]
        key = (sharing.kind(enterprise, {one[0] for one in owed}), *owed)
        here = partial(sharing.days, enterprise)
        items = [Owed(code, sharing.window(enterprise, code, low, high), level) for code, low, high, level in owed]
        if key not in known:
            known[key] = fewest(items, here, sharing.gaps)
        turn = sha256(str(plan.enterprises["id"][enterprise]).encode()).digest()[0] % TURNS
        if (turn, key) not in turned:
            turned[turn, key] = spread(known[key], items, here, sharing.gaps, turn)
        for visit in turned[turn, key]:
            if len(visit.owed) > 1:
                served = sorted(
                    (group[i] for i in visit.owed), key=lambda at: (-importance[at], until[at], rank[rules[at]], at)
                )
                yield tuple(served), duties.code(tuple(rules[at] for at in served))


class _Sharing:
    """Says on which days rules can share a visit to an enterprise, and what binds its visits."""

    def __init__(self, plan: Plan, calendar: Calendar, carriers: Carriers, duties: _Duties) -> None:
        self._plan, self._duties = plan, duties
        self._makeable = Makeable(plan, calendar, carriers)
        start, days = carriers.start, carriers.days
        self._usable = [_bits(_usable(line, calendar)[start : start + days]) for line in plan.rules]
        self._open = [_bits(calendar.open(closed)[start : start + days]) for closed in plan.closed_sets]
        self._closed = plan.enterprises["closed"].to_list()
        seen = (plan.enterprises["last_visit"].cast(pl.Int32) - pl.Series([plan.first]).cast(pl.Int32)[0]).to_list()
        self._seen = seen
        self._alone = [_stands_alone(line.model) for line in plan.rules]
        self.gaps = {code: gap for code, line in enumerate(plan.rules) if (gap := _gap(line.model))}
        self._known: dict[tuple[int, int, tuple[int, ...]], int] = {}

    def kind(self, enterprise: int, rules: set[int]) -> tuple[object, ...]:
        """Give what is equal for enterprises of which all answers are."""
        seen = self._seen[enterprise] if not self.gaps.keys().isdisjoint(rules) else None
        return int(self._makeable.kind[enterprise]), self._closed[enterprise], seen

    def window(self, enterprise: int, rule: int, low: int, high: int) -> int:
        """Give the days of a window, those too near to the last visit left out."""
        if rule in self.gaps and self._seen[enterprise] is not None:
            low = max(low, self._seen[enterprise] + self.gaps[rule])
        return ((1 << (high + 1)) - 1) & ~((1 << low) - 1) if 0 <= low <= high else 0

    def days(self, enterprise: int, rules: tuple[int, ...]) -> int:
        """Give the days on which one visit can serve rules."""
        key = (int(self._makeable.kind[enterprise]), self._closed[enterprise], rules)
        if key not in self._known:
            self._known[key] = self._days(enterprise, rules)
        return self._known[key]

    def _days(self, enterprise: int, rules: tuple[int, ...]) -> int:
        if len(rules) > 1 and any(self._alone[rule] for rule in rules):
            return 0
        code = self._duties.code(rules)
        days = self._open[self._closed[enterprise]]
        for rule in rules:
            days &= self._usable[rule]
        return days & self._makeable.days(self._duties.all[code], enterprise) if code >= 0 and days else 0


def _usable(line: RuleLine, calendar: Calendar) -> Mask:
    """Give the days that a rule allows; a pin with its day allows it whatever it is."""
    if isinstance(line.model, Pin) and line.model.day is not None:
        return np.ones_like(calendar.workday)
    return calendar.usable((line.model.days,), (line.within,) if line.within else ())


def _gap(model: Rule) -> int:
    """Give a rule's written gap in days, 0 where it has none; pins keep none."""
    return 0 if isinstance(model, Pin) else gap_days(model)


def _bits(mask: Mask) -> int:
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def _groups(obligations: pl.DataFrame) -> list[tuple[int, list[int]]]:
    """Give the obligations of each enterprise that several rules ask for."""
    return (
        obligations.select("rule", "enterprise")
        .with_row_index("at")
        .filter(pl.col("enterprise") >= 0)
        .filter(pl.col("rule").n_unique().over("enterprise") > 1)
        .group_by("enterprise", maintain_order=True)
        .agg("at")
        .rows()
    )


def _stands_alone(model: Rule) -> bool:
    """Whether a rule's visits never serve others: separate, a surprise, or by drawn officers."""
    return model.separate or model.surprise or (isinstance(model, SpotCheck) and model.random_officers)
