"""Ladder (rectification: overdue): which step applies to what is so many days late, and when the next one does.

A step applies when the days overdue exceed its `after` (rules.md, Rectification): after 10 days, from the 11th on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import polars as pl

from safeplan.core.calendar import Calendar, deadline
from safeplan.plan.plan import Plan

CLIMBED: dict[str, pl.DataType] = {
    "due": pl.Date(),
    "step": pl.Int32(),  # place in rectification.overdue of the step that applies, -1: none
    "next_step": pl.Int32(),  # and of the one after it, -1: none
    "next_day": pl.Date(),  # the first day on which that applies
}
"""One row a distinct deadline."""


def climbed(plan: Plan, calendar: Calendar, dues: Iterable[date], as_of: date) -> pl.DataFrame:
    """Give the step that applies on a day to what was due on each of some days, and the next one (CLIMBED)."""
    rows = []
    for due in sorted(set(dues)):
        begins = steps_of(plan, calendar, due)
        reached = [at for day, at in begins if day <= as_of]
        ahead = [(at, day) for day, at in begins if day > as_of]
        rows.append((due, reached[-1] if reached else -1, *(ahead[0] if ahead else (-1, None))))
    return pl.DataFrame(rows, schema=CLIMBED, orient="row")


def steps_of(plan: Plan, calendar: Calendar, due: date) -> list[tuple[date, int]]:
    """Give the first day of each step for what was due on a day, and the step's place in the plan, in order of days."""
    steps = plan.file.rectification.overdue
    return sorted((deadline(calendar, due, one.after)[0] + timedelta(days=1), at) for at, one in enumerate(steps))
