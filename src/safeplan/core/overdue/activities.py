"""Activities and letters that nobody ticked by their day."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.activities import dated_activities
from safeplan.core.calendar import Calendar
from safeplan.core.events.work import ActivityDone, Waived
from safeplan.core.history import History
from safeplan.core.overdue.rows import Next, Section, falls_due, rows
from safeplan.plan.plan import Plan


def activities_overdue(
    plan: Plan, history: History, calendar: Calendar, as_of: date, until: date | None = None, since: date | None = None
) -> pl.DataFrame:
    """Give the activities that are overdue on a day, or fall due up to a later one (OVERDUE).

    Those that were due before `since`, the ledger's first day, are not claimed to be undone.
    """
    settled = pl.concat([history.of(ActivityDone)["activity"], history.of(Waived)["what"]]).unique()
    late = dated_activities(plan, calendar).activities.filter(
        falls_due(as_of, until) & (pl.col("due") >= (since or date.min)) & ~pl.col("id").is_in(settled.implode())
    )
    ids = pl.Series([one.id for one in plan.file.officers], dtype=pl.String)
    register = plan.enterprises.select(enterprise=pl.int_range(pl.len(), dtype=pl.Int32), subject="id")
    grids = pl.Series([one.id for one in plan.file.grids], dtype=pl.String)
    owners = pl.Series([ids.gather(codes).to_list() for codes in late["owners"]], dtype=pl.List(pl.String))
    in_grid = late["grid"].to_list()
    return rows(
        Section.ACTIVITIES,
        late.join(register, on="enterprise", how="left", maintain_order="left").with_columns(
            subject=pl.coalesce(
                "subject", pl.Series([grids[one] if one >= 0 else None for one in in_grid], dtype=pl.String)
            ),
            officers=owners,
            role=pl.Series([_role(plan, code) for code in late["activity"]], dtype=pl.String),
            next=pl.lit(Next.ACTIVITY.value),
            argument="id",
        ),
        as_of,
    )


def _role(plan: Plan, activity: int) -> str | None:
    """Give the role that owns an activity; None: people do."""
    return next((one for one in plan.activities[activity].model.owner if one not in plan.officers), None)
