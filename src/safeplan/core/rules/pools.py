"""Pools: which enterprises a rule is about in a window, and which of them a share or a pick takes (rules.md, Picks).

`where`, class and grid are taken on the first day of the window on which the enterprise is active.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from hashlib import sha256

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.lots import digest
from safeplan.core.rules.owed import Stays
from safeplan.plan.plan import Plan
from safeplan.plan.selection import Names, expression, grids_below, on_days
from safeplan.plan.selector import EVERYTHING, Where
from safeplan.terms.span import Span


class Pools:
    """Gives pools, and remembers what no day changes."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._register: pl.DataFrame | None = None

    @cached_property
    def _names(self) -> Names:
        return Names(self._plan.classes, grids_below(self._plan.grids, self._plan.grid_parent))

    @cached_property
    def _undated(self) -> bool:
        """Whether every enterprise has one class and one grid, all the time."""
        return all(
            spans["first"].null_count() == spans["last"].null_count() == len(spans)
            and spans["enterprise"].n_unique() == len(spans)
            for spans in (self._plan.class_spans, self._plan.grid_spans)
        )

    def of(self, where: Where, window: Span) -> pl.DataFrame:
        """Give the enterprises that a selector chooses in a window, among those active on some day of it.

        Returns
        -------
        The register's columns with `enterprise`, `class` and `grid` (codes), in order of codes.
        """
        frame = self._on_first_day(window)
        active = (
            pl.col("planned")
            & (pl.col("active_first") <= window.last).fill_null(True)
            & (pl.col("active_last") >= window.first).fill_null(True)
        )
        chosen = active if where == EVERYTHING else active & expression(where, frame.schema, self._names)
        return frame.with_columns(enterprise=pl.int_range(pl.len(), dtype=pl.Int32)).filter(chosen)

    def _on_first_day(self, window: Span) -> pl.DataFrame:
        plan = self._plan
        if not self._undated:
            first = pl.max_horizontal("active_first", pl.lit(window.first))
            return on_days(plan.enterprises, plan.class_spans, plan.grid_spans, first)
        if self._register is None:
            self._register = on_days(plan.enterprises, plan.class_spans, plan.grid_spans, window.first)
        return self._register


def stays_in(pool: pl.DataFrame, window: Span, plan: Plan, calendar: Calendar) -> Stays:
    """Give the days of a window, inside the plan's period, on which each enterprise of a pool is active."""
    first, last = max(window.first, plan.first), min(window.last, plan.last)
    rows = (
        pool.select(
            "enterprise",
            "closed",
            start=pl.max_horizontal("active_first", pl.lit(first)),
            end=pl.min_horizontal("active_last", pl.lit(last)),
            goes_on=(pl.col("active_last") > plan.last).fill_null(True),
            seen=pl.col("last_visit").dt.year().fill_null(0),
        )
        .filter(pl.col("start") <= pl.col("end"))
        .sort("enterprise")
    )
    zero = pl.lit(calendar.first).cast(pl.Int32)
    days = rows.select(pl.col("start").cast(pl.Int32) - zero, pl.col("end").cast(pl.Int32) - zero)
    return Stays(
        rows["enterprise"].to_numpy().astype(np.int64),
        days["start"].to_numpy().astype(np.int64),
        days["end"].to_numpy().astype(np.int64),
        rows["goes_on"].to_numpy(),
        rows["seen"].to_numpy().astype(np.int64),
        rows["closed"].to_numpy().astype(np.int64),
        plan.enterprises["id"],
    )


def in_risk_order(pool: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Sort a pool by risk, the worst first; what a key does not know comes last in it.

    `risk` falling; class visits a year, more first; standard level none, then from the worst to 1; longest unvisited,
    never first; SHA-256 of the id. Findings come with the ledger.
    """
    rules = list(plan.file.classes.values())
    a_year = {code: float(rule.visits.a_year) for code, rule in enumerate(rules) if rule.visits is not None}
    return pool.sort(
        pl.col("risk").fill_nan(None),
        pl.col("class").replace_strict(a_year, default=None, return_dtype=pl.Float64),
        pl.col("standard_level").fill_null(1 << 30),
        pl.col("last_visit").fill_null(date.min),
        pl.Series([sha256(one.encode()).hexdigest() for one in pool["id"]], dtype=pl.String),
        descending=[True, True, True, False, False],
        nulls_last=True,
    )


def in_drawn_order(pool: pl.DataFrame, seed: str, rule: str, period: str) -> pl.DataFrame:
    """Sort a pool as a draw does: by SHA-256 of [seed, rule id, period, enterprise id] (rules.md, Draws)."""
    order = pl.Series([digest((seed, rule, period, one)) for one in pool["id"]], dtype=pl.String)
    return pool.sort(order)


def per_grid(pool: pl.DataFrame, per: str, plan: Plan) -> list[tuple[int, pl.DataFrame]]:
    """Part a pool: by `grid` (those directly in it), by a level's name (each of its grids with all below), or not.

    Returns
    -------
    Pairs of a grid's code (-1 for the whole pool) and its part, empty parts left out, in the order of the plan's grids.
    """
    if not per:
        return [(-1, pool)]
    if per == "grid":
        grids: Iterable[int] = range(len(plan.file.grids))
        below = {code: [code] for code in grids}
    else:
        of_level = [code for code, grid in enumerate(plan.file.grids) if grid.level == per]
        under = grids_below({grid.id: code for code, grid in enumerate(plan.file.grids)}, plan.grid_parent)
        below = {code: under[plan.file.grids[code].id] for code in of_level}
    parts = ((code, pool.filter(pl.col("grid").is_in(codes))) for code, codes in below.items())
    return [(code, part) for code, part in parts if len(part)]
