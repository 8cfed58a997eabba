"""Permits (许可证) that end within the plan's period, each with the day from which it is to be reminded of."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from dateutil.relativedelta import relativedelta

from safeplan.core.calendar import Calendar
from safeplan.plan.plan import Plan
from safeplan.terms.duration import Duration, TimeUnit

PERMITS: dict[str, pl.DataType] = {
    "enterprise": pl.Int32(),
    "permit": pl.String(),
    "expires": pl.Date(),  # its last day
    "remind": pl.Date(),  # first day of the reminder, the last day itself where the plan has none
}


def permits_ending(plan: Plan, calendar: Calendar) -> pl.DataFrame:
    """Give the permits of open enterprises whose last day lies in the plan's period (PERMITS), the soonest first."""
    register = plan.enterprises
    if "permits" not in register.columns:
        return pl.DataFrame(schema=PERMITS)
    ending = (
        register.select(pl.int_range(pl.len(), dtype=pl.Int32).alias("enterprise"), "planned", "permits")
        .filter("planned", pl.col("permits").list.len() > 0)
        .explode("permits", empty_as_null=True, keep_nulls=False)
        .select(
            "enterprise",
            permit=pl.col("permits").struct.field("name"),
            expires=pl.col("permits").struct.field("expires"),
        )
        .filter(pl.col("expires").is_between(plan.first, plan.last))
        .sort("expires", "enterprise", maintain_order=True)
    )
    before = plan.file.permit_reminder
    remind = [one if before is None else days_before(one, before, calendar) for one in ending["expires"]]
    return ending.with_columns(remind=pl.Series(remind, dtype=pl.Date)).select(*PERMITS)


def days_before(day: date, length: Duration, calendar: Calendar) -> date:
    """Count a length of time backwards from a day, which is not counted; working days are statutory ones."""
    match length.unit:
        case TimeUnit.HOURS:
            return day - timedelta(days=-(-length.n // 24))
        case TimeUnit.DAYS:
            return day - timedelta(days=length.n)
        case TimeUnit.WEEKS:
            return day - timedelta(weeks=length.n)
        case TimeUnit.MONTHS:
            return day - relativedelta(months=length.n)
        case TimeUnit.YEARS:
            return day - relativedelta(years=length.n)
        case TimeUnit.WORKDAYS:
            worked = calendar.statutory[: calendar.index(day)].nonzero()[0]
            return calendar.day(int(worked[-length.n])) if 0 < length.n <= len(worked) else day
