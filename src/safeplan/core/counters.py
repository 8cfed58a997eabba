"""Counters of penalties (行政处罚): 3 in 180 days or 4 in a year call for closure (安全生产法 art. 113)."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from dateutil.relativedelta import relativedelta

from safeplan.core.events.findings import Penalty
from safeplan.core.history import History

HALF_YEAR, IN_HALF_YEAR = timedelta(days=180), 3
YEAR, IN_YEAR = relativedelta(years=1), 4

COUNTED: dict[str, pl.DataType] = {
    "enterprise": pl.String(),
    "half_year": pl.Int32(),  # penalties in the 180 days up to the day, the day itself among them
    "year": pl.Int32(),  # and in the year
    "last": pl.Date(),  # the last of them
    "reached": pl.Boolean(),  # a threshold; else one more reaches it
}
"""One row an enterprise that has reached a threshold or is one below, those who have first."""


def penalties_counted(history: History, as_of: date) -> pl.DataFrame:
    """Count the penalties of each enterprise over the rolling time up to a day (COUNTED)."""
    day = pl.col("day")
    half_year, year = (day > as_of - HALF_YEAR).sum(), (day > as_of - YEAR).sum()
    return (
        history.of(Penalty)
        .filter(day <= as_of)
        .group_by("enterprise")
        .agg(half_year=half_year, year=year, last=day.max())
        .filter((pl.col("half_year") >= IN_HALF_YEAR - 1) | (pl.col("year") >= IN_YEAR - 1))
        .with_columns(reached=(pl.col("half_year") >= IN_HALF_YEAR) | (pl.col("year") >= IN_YEAR))
        .sort("reached", "year", "half_year", "enterprise", descending=[True, True, True, False])
        .select(pl.col(name).cast(kind) for name, kind in COUNTED.items())
    )
