"""Spot checks: the drawn owe one visit each; a period without a seed owes k visits of nobody yet, as a reserve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.draw import Draw, draws, open_days, seeds, spot_checks
from safeplan.core.rules.importance import importance
from safeplan.core.rules.obligations import Expanded, rows, together
from safeplan.plan.plan import Plan
from safeplan.plan.rules.spot_checks import SpotCheck
from safeplan.terms.diagnostic import Diagnostic, warning


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand all spot checks, one draw after another; a draw is never cut in proportion."""
    frames: list[pl.DataFrame] = []
    diagnostics: list[Diagnostic] = []
    for code in spot_checks(plan):
        line = plan.rules[code]
        assert isinstance(line.model, SpotCheck)
        known = seeds(plan, line)
        allowed = calendar.allowed(line.model.days)
        for draw in draws(plan, code, calendar):
            first, last = _inside(draw, plan, calendar)
            unit = slice(calendar.index(draw.period.first), calendar.index(draw.period.last) + 1)
            if line.model.window is not None:
                unit = slice(first, last + 1)
            if not allowed[unit].any():
                diagnostics.append(warning("no-day-in-unit", line.place, rule=line.id, period=draw.period.name))
            elif allowed[first : last + 1].any():
                seed = known.get(draw.period.name)
                if seed or draw.certain:
                    frames.append(drawn_rows(plan, draw, draw.drawn(seed), calendar))
                else:
                    frames.append(_undrawn(plan, draw, calendar))
    return Expanded(together(frames), tuple(diagnostics))


def _inside(draw: Draw, plan: Plan, calendar: Calendar) -> tuple[int, int]:
    """Give what the plan's period, and the rule's window, leave of the draw's."""
    days = open_days(plan, plan.rules[draw.rule], draw.period)
    return calendar.index(days.first), calendar.index(days.last)


def drawn_rows(plan: Plan, draw: Draw, ids: Sequence[str], calendar: Calendar) -> pl.DataFrame:
    """Write one visit (OBLIGATIONS) for each of the drawn."""
    drawn = pl.DataFrame({"id": ids}, schema={"id": pl.String})
    first, last = _inside(draw, plan, calendar)
    epoch = pl.lit(calendar.first).cast(pl.Int32)
    who = (
        plan.enterprises.select("id", "active_first", "active_last", code=pl.int_range(pl.len()))
        .join(drawn, on="id", how="semi", maintain_order="left")
        .select(
            "code",
            first=pl.max_horizontal(pl.lit(first), pl.col("active_first").cast(pl.Int32) - epoch),
            last=pl.min_horizontal(pl.lit(last), pl.col("active_last").cast(pl.Int32) - epoch),
            goes_on=(pl.col("active_last") > plan.last).fill_null(True),
        )
    )
    return rows(
        rule=draw.rule,
        enterprise=who["code"].to_numpy().astype(np.int64),
        grid=np.full(len(who), -1),
        period=draw.period,
        open_first=who["first"].to_numpy().astype(np.int64),
        open_last=who["last"].to_numpy().astype(np.int64),
        importance=importance(plan.rules[draw.rule]),
        outlasts=who["goes_on"].to_numpy() & (draw.period.last > plan.last),
        calendar=calendar,
    )


def _undrawn(plan: Plan, draw: Draw, calendar: Calendar) -> pl.DataFrame:
    """Write k visits in the grid that holds the whole pool."""
    first, last = _inside(draw, plan, calendar)
    one = np.ones(draw.size, np.int64)
    return rows(
        rule=draw.rule,
        enterprise=-one,
        grid=one * draw.grid,
        period=draw.period,
        open_first=one * first,
        open_last=one * last,
        importance=importance(plan.rules[draw.rule]),
        outlasts=np.full(draw.size, draw.period.last > plan.last),
        calendar=calendar,
    )
