"""Patrols: every grid that the rule selects owes its visits over the whole period."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.rules.importance import importance
from safeplan.core.rules.obligations import Expanded, from_owed, together
from safeplan.core.rules.owed import Stays, owed_periods, rounded
from safeplan.plan.plan import Plan
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.reason import Kind


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand all patrols into obligations."""
    frames: list[pl.DataFrame] = []
    diagnostics: list[Diagnostic] = []
    for code, line in enumerate(plan.rules):
        if line.kind is not Kind.PATROL:
            continue
        count = len(line.grids)
        stays = Stays(
            np.array(line.grids, np.int64),
            np.full(count, calendar.index(plan.first)),
            np.full(count, calendar.index(plan.last)),
            np.ones(count, np.bool_),
            np.zeros(count, np.int64),
            np.zeros(count, np.int64),
            pl.Series([grid.id for grid in plan.file.grids], dtype=pl.String),
        )
        for owed in owed_periods(line, stays, plan, calendar):
            if isinstance(owed, Diagnostic):
                diagnostics.append(owed)
                continue
            frames.append(
                from_owed(
                    owed,
                    rounded(owed, line.model.partial),
                    stays,
                    rule=code,
                    importance=importance(line),
                    grids=True,
                    plan=plan,
                    calendar=calendar,
                )
            )
    return Expanded(together(frames), tuple(diagnostics))
