"""Campaigns (专项整治): what each phase owes, to all that it selects or to those whom a share or a pick takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.rules.obligations import Expanded, gathered
from safeplan.core.rules.pools import Pools, in_drawn_order, in_risk_order, per_grid
from safeplan.core.rules.windows import Window, owed_in_window, window_of
from safeplan.plan.plan import Plan, RuleLine
from safeplan.plan.rules.campaigns import Phase, Pick
from safeplan.terms.diagnostic import Diagnostic, warning
from safeplan.terms.period import Period
from safeplan.terms.span import Span


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand the phases of all campaigns into obligations."""
    pools = Pools(plan)
    return gathered(found for code in range(len(plan.rules)) for found in _phase(code, pools, plan, calendar))


def _phase(code: int, pools: Pools, plan: Plan, calendar: Calendar) -> Iterator[pl.DataFrame | Diagnostic]:
    line = plan.rules[code]
    phase = line.model
    if not isinstance(phase, Phase) or phase.visits is None:
        return
    window = window_of_phase(phase, plan)
    if window is None or window.period.first > plan.last or window.period.last < plan.first:
        return

    def selected(span: Span) -> pl.DataFrame:
        return pools.of(phase.where, span)

    if phase.pick is None and phase.share is None:
        yield from owed_in_window(code, phase.visits, window, selected, plan, calendar)
        return
    taken, said = _taken(line, phase, pools.of(phase.where, window.span), window, plan)
    yield from said
    yield from owed_in_window(code, phase.visits, window, lambda _: taken, plan, calendar)


def window_of_phase(phase: Phase, plan: Plan) -> Window | None:
    """Give a phase's days: to its last day, its event's day, the period's end while that is unknown, or without end.

    None when its event came before it.
    """
    first = phase.from_ or plan.first
    if phase.to is not None:
        return window_of(Span(first, phase.to)) if first <= phase.to else None
    if phase.until:
        days = [event.day for event in plan.file.events if event.name == phase.until]
        last = next((day for day in sorted(days) if day >= first), None if days else max(first, plan.last))
        return window_of(Span(first, last), f"{first}..{phase.until}") if last else None
    span = Span(first, max(first, plan.last))
    return Window(Period(span.first, span.last, f"{first}.."), (span,), endless=True)


def _taken(
    line: RuleLine, phase: Phase, pool: pl.DataFrame, window: Window, plan: Plan
) -> tuple[pl.DataFrame, list[Diagnostic]]:
    """Give whom a share or a pick takes of the pool, and a warning where a pick finds fewer than it wants."""
    pick, name = phase.pick or Pick(), window.period.name
    if phase.pick is not None and pick.order == "draw":
        ordered = in_drawn_order(pool, pick.seed, line.id, name)
    else:
        ordered = in_risk_order(pool, plan)
    if phase.share is not None:
        return ordered.head(phase.share.of(len(pool))), []
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
