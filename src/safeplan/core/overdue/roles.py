"""Roles that a grid must have and nobody holds; whoever holds the role in the nearest grid above answers."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.overdue.answering import Answering
from safeplan.core.overdue.rows import Next, Section, rows
from safeplan.core.vacancies import vacancies
from safeplan.plan.plan import Plan


def vacancies_overdue(plan: Plan, answering: Answering, as_of: date) -> pl.DataFrame:
    """Give the vacancies of a day (OVERDUE); the day before they began is the last on which all was in order."""
    empty = vacancies(plan, as_of)
    asked = empty.with_columns(owner="role")
    ids = [plan.file.grids[code].id for code in empty["grid"]]
    return rows(
        Section.VACANCIES,
        empty.with_columns(
            pl.col("since").alias("from"),
            id="role", name="role", kind=pl.lit("role"), subject=pl.Series(ids, dtype=pl.String),
            due=pl.col("since").dt.offset_by("-1d"), overdue=pl.lit(True),
            officers=answering.holders(asked, as_of), next=pl.lit(Next.APPOINT.value),
            argument=pl.Series(ids, dtype=pl.String), figure="held", wanted="wanted",
        ),
        as_of,
    )  # fmt: skip
