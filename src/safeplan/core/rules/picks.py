"""Picks and shares: whom of a pool a priority or a phase takes, settled once for its window (rules.md, Picks).

Whom they have taken already stays taken, whatever the risk order has become.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.rules.pools import Pools, in_drawn_order, in_risk_order, per_grid
from safeplan.core.rules.windows import Window, owed_in_window
from safeplan.plan.plan import Plan, RuleLine
from safeplan.plan.rules.campaigns import Phase
from safeplan.plan.rules.picks import Pick
from safeplan.plan.rules.priorities import Priority
from safeplan.terms.diagnostic import Diagnostic, warning
from safeplan.terms.span import Span


def owed_by_taken(
    code: int, rule: Phase | Priority, window: Window, pools: Pools, plan: Plan, calendar: Calendar
) -> Iterator[pl.DataFrame | Diagnostic]:
    """Give what a rule owes in a window to all whom it selects, or to those whom its share or pick takes.

    Yields
    ------
    Tables of obligations, and warnings: of units without a day, and of picks that find fewer than they want.
    """
    if rule.visits is None:
        return

    def selected(span: Span) -> pl.DataFrame:
        return pools.of(rule.where, span)

    if rule.pick is None and rule.share is None:
        yield from owed_in_window(code, rule.visits, window, selected, plan, calendar)
        return
    taken, said = _taken(plan.rules[code], rule, selected(window.span), window, plan)
    yield from said
    yield from owed_in_window(code, rule.visits, window, lambda _: taken, plan, calendar)


def _taken(
    line: RuleLine, rule: Phase | Priority, pool: pl.DataFrame, window: Window, plan: Plan
) -> tuple[pl.DataFrame, list[Diagnostic]]:
    """Give whom a share or a pick takes of the pool, and a warning where a pick finds fewer than it wants."""
    pick, name = rule.pick or Pick(), window.period.name
    if rule.pick is not None and pick.order == "draw":
        ordered = in_drawn_order(pool, pick.seed, line.id, name)
    else:
        ordered = in_risk_order(pool, plan)
    if line.taken:
        settled = [enterprise for period, enterprise in line.taken if period == name]
        ordered = ordered.sort(~pl.col("enterprise").is_in(settled), maintain_order=True)
    if rule.share is not None:
        return ordered.head(rule.share.of(len(pool))), []
    want = pick.count or pick.at_least or 0
    parts = per_grid(ordered, pick.per, plan)
    short = [
        warning("too-few-to-pick", line.place, rule=line.name, found=len(part), expected=pick.at_least)
        if grid < 0
        else warning(
            "too-few-in-grid",
            line.place,
            rule=line.name,
            found=len(part),
            expected=pick.at_least,
            grid=plan.file.grids[grid].name,
        )
        for grid, part in parts
        if pick.at_least is not None and len(part) < pick.at_least
    ]
    taken = pl.concat([part.head(want) for _, part in parts]) if parts else pool.clear()
    # A grid below another of the same level's name would be taken for both.
    return taken.unique("enterprise", keep="first", maintain_order=True), short
