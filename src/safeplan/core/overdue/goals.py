"""Targets that are behind: their figure does not meet the goal, or there is none. Overdue once the day has passed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from safeplan.core.overdue.rows import Next, Section, rows
from safeplan.core.targets import Measured, counted

_GOALS = {
    "id": pl.String, "kind": pl.String, "due": pl.Date, "figure": pl.Float64, "wanted": pl.Float64, "next": pl.String,
}  # fmt: skip


def targets_behind(every: Iterable[Measured], as_of: date) -> pl.DataFrame:
    """Give the targets that have a goal and do not meet it (OVERDUE)."""
    behind = [
        (one.target.name, one.target.measure, one.due, _figure(one), _wanted(one), _next(one).value)
        for one in every
        if one.is_behind
    ]
    frame = pl.DataFrame(behind, schema=_GOALS, orient="row")
    return rows(Section.TARGETS, frame.with_columns(name="id", argument="id"), as_of)


def _figure(one: Measured) -> float | None:
    """Give the figure in the terms of the goal."""
    if one.reached.figure is None or (one.goal and one.goal.share is not None):
        return one.reached.figure
    return counted(one.reached)


def _wanted(one: Measured) -> float | None:
    if one.goal is None:
        return None
    return float(one.goal.share.part) if one.goal.share is not None else float(one.goal.number or 0)


def _next(one: Measured) -> Next:
    return Next.FIGURE if one.target.measure == "reported" else Next.STATUS
