"""Expand: every rule of the plan into obligations."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.numbers import numbered
from safeplan.core.rules.kinds import KINDS
from safeplan.core.rules.obligations import Expanded, together
from safeplan.plan.plan import Plan


def expand(plan: Plan, calendar: Calendar, today: date | None = None) -> Expanded:
    """Expand all rules as of a day, the plan's first when left out.

    Returns
    -------
    Expanded
        OBLIGATIONS sorted by rule, subject, first day and n, and warnings (a unit in which a rule allows no day).
    """
    parts = [kind(plan, calendar, today or plan.first) for kind in KINDS]
    obligations = together([part.obligations for part in parts]).sort(
        pl.col("rule"), pl.col("enterprise"), pl.col("grid"), pl.col("open_first"), pl.col("open_last"), pl.col("n")
    )
    return Expanded(numbered(obligations), tuple(d for part in parts for d in part.diagnostics))
