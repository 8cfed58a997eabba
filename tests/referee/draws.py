"""What spot checks owe: the pool, the draw and its officers, recomputed from rules.md (Draws).

Readings taken where the documents leave room:

- A draw is never cut in proportion: k is owed where the period has a day left that the rule allows.
- The pool is taken with `where` and class of the first active day of the whole period, of those active in what the plan
  has of it; its grid is the lowest that holds all, of several trees the one with most of them.
- `visited_within` looks back from the period's first day, that day itself left out, the day so long ago included.
- A drawn crew is as many as the rule needs; one more for each skill where no such crew holds them.
- Of a pin with people alone its `officers` go, whatever the draw says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from dateutil.relativedelta import relativedelta

from .owed import Obligation, importance, units_in
from .plan import COUNTING, Enterprise, Frequency, Plan, SpotCheck
from .select import cap_of, chooses
from .spans import Span
from .who import binding_pins, crew_minutes, need_of, who_is_wrong

_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def lot(*texts: str) -> str:
    """The SHA-256 of the texts as JSON.stringify writes a list of them, in NFC."""
    quoted = []
    for text in texts:
        marks = (
            _SHORT.get(m) or (f"\\u{ord(m):04x}" if ord(m) < 32 else m) for m in unicodedata.normalize("NFC", text)
        )
        quoted.append('"' + "".join(marks) + '"')
    return hashlib.sha256(("[" + ",".join(quoted) + "]").encode("utf-8")).hexdigest()


def owed_draws(plan: Plan) -> list[Obligation]:
    """The visits of all spot checks: the drawn ones, and those of nobody yet."""
    return [
        o for check in plan.spot_checks for name, unit in _periods(plan, check) for o in _of(plan, check, name, unit)
    ]


def _periods(plan: Plan, check: SpotCheck) -> list[tuple[str, Span]]:
    rule = replace(check.rule, frequency=Frequency(1, 1, check.per))
    return [(name, spans[0]) for name, spans in units_in(plan, rule, plan.period)]


def _of(plan: Plan, check: SpotCheck, name: str, unit: Span) -> Iterator[Obligation]:
    part = unit.meet(plan.period)
    assert part is not None
    allowed = tuple(d for d in part.days() if plan.calendar.allows(check.rule.days, d))
    if not allowed:
        return
    pool = _pool(plan, check, unit, part)
    left = [e for e in pool if not _excluded(plan, check, e, unit)]
    above, below = check.share
    k = max(1, -(-above * len(pool) // below)) if pool else 0
    seed = _seed(plan, check, name)
    if seed is None and above != below:
        grid = _common(plan, [e.grid_on(max(unit.first, e.active.first)) for e in pool])
        for n in range(1, min(k, len(left)) + 1):
            yield Obligation(
                f"{check.rule.id}/-/{name}/{n}", replace(check.rule, cross=False), None, grid, name, n,
                unit.first, unit.last, allowed, allowed, importance(plan, check.rule),
            )  # fmt: skip
        return
    drawn = left
    if above != below and seed is not None:
        drawn = sorted(left, key=lambda e: lot(seed, check.rule.id, name, e.id))[:k]
    for e in drawn:
        days = tuple(d for d in allowed if d in e.active)
        open_ = tuple(d for d in days if not any(d in c for c in e.closed))
        o = Obligation(
            f"{check.rule.id}/{e.id}/{name}/1", check.rule, e.id, None, name, 1,
            unit.first, unit.last, open_, days, importance(plan, check.rule),
        )  # fmt: skip
        crew = _crew(plan, o, seed, name) if check.random_officers and seed is not None else None
        yield replace(o, crew=crew)


def _pool(plan: Plan, check: SpotCheck, unit: Span, part: Span) -> list[Enterprise]:
    return [
        e
        for e in plan.enterprises.values()
        if e.planned
        and e.active.meet(part) is not None
        and chooses(plan, check.rule.where, e, max(unit.first, e.active.first))
    ]


def _seed(plan: Plan, check: SpotCheck, name: str) -> str | None:
    whole = plan.period == Span(dt.date(plan.period.first.year, 1, 1), dt.date(plan.period.first.year, 12, 31))
    short = name.partition("-")[2]
    keys = [name, *([short, f"M{short}"] if whole else [])]
    return next((check.seeds[key] for key in keys if key in check.seeds), None)


def _excluded(plan: Plan, check: SpotCheck, e: Enterprise, unit: Span) -> bool:
    if check.within is not None and e.last_visit is not None:
        n, word = check.within.split()
        since = unit.first - relativedelta(**{f"{word.removesuffix('s')}s": int(n)})
        if since <= e.last_visit < unit.first:
            return True
    found = cap_of(plan, e, max(e.active.first, plan.period.first))
    if found is None or check.rule.family not in (COUNTING | found[0].also) - found[0].except_:
        return False
    families = (COUNTING | found[0].also) - found[0].except_
    others = [o for o in plan.others if o.enterprise == e.id and o.day.year == unit.first.year and o.family in families]
    return len(others) >= found[1]


def _common(plan: Plan, grids: list[str | None]) -> str | None:
    paths = [plan.above(g)[::-1] for g in grids if g is not None]
    if not paths:
        return None
    tops = Counter(path[0] for path in paths)
    order = list(plan.grids)
    top = min(tops, key=lambda g: (-tops[g], order.index(g)))
    mine = [path for path in paths if path[0] == top]
    return [level[0] for level in zip(*mine, strict=False) if len(set(level)) == 1][-1]


def _crew(plan: Plan, o: Obligation, seed: str, name: str) -> frozenset[str] | None:
    """The first crew in the order of the lot that can go on some day; None where none can, or a pin names all."""
    assert o.enterprise is not None
    if any(pin.officers is not None for pin in binding_pins(plan, [o])):
        return None
    order = sorted(plan.officers, key=lambda one: lot(seed, o.rule.id, name, o.enterprise or "", one))
    need = need_of(plan, [o])
    for size in range(max(need.people, 1), max(need.people, 1) + len(need.skills) + 1):
        for crew in combinations(order, size):
            for day in o.days:
                minutes, visits = crew_minutes(plan, crew, day)
                fits = minutes >= need.minutes + plan.travel and visits != 0
                if fits and not who_is_wrong(plan, [o], o.rule.family, crew, day):
                    return frozenset(crew)
    return None
