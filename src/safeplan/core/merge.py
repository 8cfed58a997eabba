"""Merge (综合查一次): proposes visits that serve several obligations of one enterprise.

Every obligation is a proposal of its own; a merged one is added beside them, and its parts sleep until place finds that
the merged visit cannot be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar, Mask
from safeplan.core.carriers import Carriers
from safeplan.core.duties import Duty, duty, gap_days
from safeplan.core.makeable import Makeable
from safeplan.core.proposals import Ints, Proposals
from safeplan.core.seen import Seen
from safeplan.core.standing import Standing
from safeplan.core.together import Owed, Visit, fewest, spread
from safeplan.plan.plan import Plan, RuleLine
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.pins import Pin
from safeplan.plan.rules.spot_checks import SpotCheck

TURNS = 12
"""Of groupings with equally many visits an enterprise takes one of so many."""


def merge(plan: Plan, now: Standing, calendar: Calendar, carriers: Carriers) -> Proposals:
    """Propose visits: each obligation alone, and together where one visit could serve several.

    What an enterprise owes is gathered into the fewest visits for windows, families, carriers and written gaps. Of
    groupings with as many visits each enterprise takes one by its id, so that a quarter's visits do not all merge into
    its first month. Adopted visits stay as they are; what came since joins them where it can.
    """
    obligations = now.open_
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
    groups = _groups(obligations)
    sharing = _Sharing(plan, calendar, carriers, duties, Seen(plan, now)) if groups else None
    for served, code in (
        _gathered(plan, obligations, groups, first, last, sharing, _settled(plan, now.adopted)) if sharing else ()
    ):
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


def _settled(plan: Plan, settled: pl.DataFrame) -> dict[int, tuple[int, int, bool]]:
    """Give the adopted visit of each obligation that has one, its day, and whether it was issued."""
    epoch = pl.lit(plan.first).cast(pl.Int32)
    rows = settled.select("obligation", "visit", pl.col("day").cast(pl.Int32) - epoch, "state").iter_rows()
    return {obligation: (visit, day, state == "issued") for obligation, visit, day, state in rows}


def _gathered(
    plan: Plan,
    obligations: pl.DataFrame,
    groups: list[tuple[int, list[int]]],
    first: Ints,
    last: Ints,
    sharing: _Sharing,
    settled: dict[int, tuple[int, int, bool]],
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Give the obligations of each merged visit, the most important first, and its duty."""
    by_id = sorted(range(len(plan.rules)), key=lambda code: f"{plan.rules[code].id}/")
    rank = {code: at for at, code in enumerate(by_id)}
    rules, importance = obligations["rule"].to_list(), obligations["importance"].to_list()
    until, firsts, lasts = obligations["last"].to_list(), first.tolist(), last.tolist()

    def owed_by(at: int) -> tuple[int, int, int, int]:
        return rules[at], firsts[at], lasts[at], importance[at]

    known: dict[tuple[object, ...], list[Visit]] = {}
    turned: dict[tuple[object, ...], list[Visit]] = {}

    def served(visit: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(visit, key=lambda at: (-importance[at], until[at], rank[rules[at]], at)))

    for enterprise, every in groups:
        group = every
        if settled and not settled.keys().isdisjoint(every):
            fixed, group = _joined(enterprise, every, settled, owed_by, sharing)
            for one in fixed:
                if len(one) > 1:
                    yield served(one), sharing.code(tuple(rules[at] for at in served(one)))
        owed = [owed_by(at) for at in group]
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
                together = served(group[i] for i in visit.owed)
                yield together, sharing.code(tuple(rules[at] for at in together))


def _joined(
    enterprise: int,
    group: list[int],
    settled: dict[int, tuple[int, int, bool]],
    owed_by: Callable[[int], tuple[int, int, int, int]],
    sharing: _Sharing,
) -> tuple[list[list[int]], list[int]]:
    """Give an enterprise's adopted visits with what can join them, and what is left."""
    visits: dict[int, list[int]] = {}
    days: dict[int, int] = {}
    fixed: set[int] = set()
    for at in group:
        if at in settled:
            visit, day, issued = settled[at]
            visits.setdefault(visit, []).append(at)
            days[visit] = day
            fixed |= {visit} if issued else set()
    left = []
    for at in sorted((at for at in group if at not in settled), key=lambda at: (-owed_by(at)[3], at)):
        rule, low, high, _ = owed_by(at)
        window = sharing.window(enterprise, rule, low, high)
        for visit in sorted(visits, key=lambda one: days[one]):
            held = {owed_by(other)[0] for other in visits[visit]}
            day = 1 << days[visit] if days[visit] >= 0 else 0
            same = [days[one] for one in visits if any(owed_by(other)[0] == rule for other in visits[one])]
            near = any(abs(days[visit] - one) < sharing.gaps.get(rule, 0) for one in same)
            if rule in held or near or (visit in fixed and not sharing.asks_no_more(held, rule)):
                continue
            if window & day & sharing.days(enterprise, tuple(sorted({*held, rule}))):
                visits[visit].append(at)
                break
        else:
            left.append(at)
    return list(visits.values()), sorted(left)


class _Sharing:
    """Says on which days rules can share a visit to an enterprise, and what binds its visits."""

    def __init__(self, plan: Plan, calendar: Calendar, carriers: Carriers, duties: _Duties, seen: Seen) -> None:
        self._plan, self._duties, self._seen = plan, duties, seen
        self.code = duties.code
        self._makeable = Makeable(plan, calendar, carriers)
        start, days = carriers.start, carriers.days
        self._usable = [_bits(_usable(line, calendar)[start : start + days]) for line in plan.rules]
        self._open = [_bits(calendar.open(closed)[start : start + days]) for closed in plan.closed_sets]
        self._closed = plan.enterprises["closed"].to_list()
        self._alone = [_stands_alone(line.model) for line in plan.rules]
        self.gaps = {code: gap for code, line in enumerate(plan.rules) if (gap := _gap(line.model))}
        self._known: dict[tuple[int, int, tuple[int, ...]], int] = {}

    def kind(self, enterprise: int, rules: set[int]) -> tuple[object, ...]:
        """Give what is equal for enterprises of which all answers are."""
        seen = tuple(self._seen.enterprise(rule, enterprise) for rule in sorted(self.gaps.keys() & rules))
        return int(self._makeable.kind[enterprise]), self._closed[enterprise], seen

    def window(self, enterprise: int, rule: int, low: int, high: int) -> int:
        """Give the days of a window, those too near to the last visit left out."""
        seen = self._seen.enterprise(rule, enterprise) if rule in self.gaps else None
        if seen is not None:
            low = max(low, seen + self.gaps[rule])
        return ((1 << (high + 1)) - 1) & ~((1 << low) - 1) if 0 <= low <= high else 0

    def asks_no_more(self, held: set[int], rule: int) -> bool:
        """Whether the crew of a visit for some rules can serve one more as it is."""
        was, now = self.code(tuple(held)), self.code((*held, rule))
        if was < 0 or now < 0:
            return False
        one, other = (self._duties.all[code] for code in (was, now))
        asked = ("family", "people", "certified", "skills", "minutes", "bys")
        return all(getattr(one, name) == getattr(other, name) for name in asked)

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
