"""Findings that are not mended, not reinspected, or whose extension nobody answered: three sections of one table."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.events.work import Waived
from safeplan.core.history import History
from safeplan.core.ladder import climbed
from safeplan.core.overdue.answering import Answering, grid_on
from safeplan.core.overdue.rows import Next, Section, falls_due, rows
from safeplan.core.rectification import open_cases
from safeplan.plan.plan import Plan
from safeplan.terms.reason import Kind


def findings_overdue(
    plan: Plan, history: History, calendar: Calendar, answering: Answering, as_of: date, until: date | None = None
) -> pl.DataFrame:
    """Give what is overdue on a day of open findings, or falls due up to a later one (OVERDUE)."""
    held = open_cases(plan, history, calendar, as_of)
    held = held.select(
        "ordered", "due", "claimed", "asked", "reinspect_first", "reinspect_last", "officers",
        id=pl.format("F{}", "finding"),
        kind="severity",
        name="text",
        enterprise="code",
        subject="enterprise",
        argument=pl.format("F{}", "finding"),
        by=pl.lit(None, dtype=pl.String),
    )  # fmt: skip
    held = held.with_columns(grid=grid_on(plan, held, as_of))
    carriers = answering.carriers(held, as_of)
    held = held.with_columns(officers=pl.when(pl.col("officers").list.len() > 0).then("officers").otherwise(carriers))
    return pl.concat(
        [
            _rectification(plan, held, calendar, answering, as_of, until),
            _reinspection(held, history, as_of, until),
            _extensions(held, as_of),
        ]
    )


def _rectification(
    plan: Plan, held: pl.DataFrame, calendar: Calendar, answering: Answering, as_of: date, until: date | None
) -> pl.DataFrame:
    """Give the findings that nobody said are mended; whoever the ladder's step is for answers, else who found it."""
    late = held.filter(pl.col("claimed").is_null() & falls_due(as_of, until)).with_columns(
        pl.col("ordered").alias("from")
    )
    late = late.join(climbed(plan, calendar, late["due"], as_of), on="due", how="left", maintain_order="left")
    to = {at: step.to for at, step in enumerate(plan.file.rectification.overdue) if step.to is not None}
    late = late.with_columns(owner=pl.col("step").replace_strict(to, default=None, return_dtype=pl.String))
    holders = answering.holders(late, as_of)
    is_role = pl.col("owner").is_not_null() & ~pl.col("owner").is_in(list(plan.officers))
    is_late = pl.col("due") < as_of
    next_ = pl.when(is_late).then(pl.lit(Next.NOTICE.value)).otherwise(pl.lit(Next.RECTIFIED.value))
    return rows(
        Section.RECTIFICATION,
        late.with_columns(
            officers=pl.when(holders.list.len() > 0).then(holders).otherwise("officers"),
            role=pl.when(is_role).then("owner"),
            next=next_,
        ),
        as_of,
    )


def _reinspection(held: pl.DataFrame, history: History, as_of: date, until: date | None) -> pl.DataFrame:
    """Give the reinspections whose time is over, unless they were waived."""
    late = held.filter(falls_due(as_of, until, "reinspect_last")).with_columns(
        pl.col("reinspect_first").alias("from"),
        due="reinspect_last",
        task=pl.format(f"{Kind.REINSPECTION.value}/{{}}/{{}}..{{}}", "subject", "reinspect_first", "reinspect_last"),
    )
    given_up = history.of(Waived)["what"].str.replace(r"/[^/]*$", "").unique()
    late = late.filter(~pl.col("task").is_in(given_up.implode()))
    return rows(Section.REINSPECTION, late.with_columns(next=pl.lit(Next.REINSPECTION.value)), as_of)


def _extensions(held: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Give the extensions that wait for an answer, counted from the day on which they were asked for."""
    waiting = held.filter(pl.col("asked").is_not_null()).with_columns(
        pl.col("asked").alias("from"), due="asked", next=pl.lit(Next.EXTENSION.value)
    )
    return rows(Section.EXTENSIONS, waiting, as_of)
