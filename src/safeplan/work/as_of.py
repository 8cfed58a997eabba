"""What a ledger said on a day: what was recorded by its end, whatever day the events are of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from safeplan.core.history import History, history_of
from safeplan.work.recording.desk import Before, Desk


def known_on(desk: Desk, before: Before, asked: str | None) -> tuple[date, History]:
    """Give a day, today when nobody says, and what the ledger said by its end; today all that it says.

    Raises
    ------
    WorkError
        `bad-day`, `future-day`.
    """
    day = desk.day(asked)
    if day == before.today:
        return day, before.history
    return day, history_of(recorded_by(before.records, day, desk.plan.file.timezone))


def recorded_by(records: pl.DataFrame, day: date, timezone: str) -> pl.DataFrame:
    """Give the records (RECORDS) up to the last that was told by the end of a day, by the clock of a time zone."""
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(timezone)).astimezone(UTC)
    told = (records["recorded"] < f"{end:%Y-%m-%dT%H:%M:%S}").arg_true()
    return records.head(int(told[-1]) + 1 if len(told) else 0)
