"""What a ledger said on a day: by when it was recorded, never by the day that something happened."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from tests.made.ledgers import records

from safeplan.core.events.findings import Penalty
from safeplan.core.history import history_of
from safeplan.work.as_of import recorded_by

RECORDED = (
    "2026-03-02T01:00:00.000000Z",
    "2026-03-02T15:59:59.999999Z",  # in China 23:59 of the 2nd
    "2026-03-02T16:00:00.000000Z",  # in China 00:00 of the 3rd
    "2026-03-02T15:00:00.000000Z",  # a clock that went back an hour: it was told after the one before all the same
    "2026-03-05T01:00:00.000000Z",
)
KEPT = records(*(Penalty(enterprise="E1", day=date(2026, 1, 1)) for _ in RECORDED)).with_columns(
    recorded=pl.Series(RECORDED)
)


@pytest.mark.parametrize(
    ("day", "timezone", "n"),
    [
        (date(2026, 3, 1), "Asia/Shanghai", 0),
        (date(2026, 3, 2), "UTC", 4),
        (date(2026, 3, 3), "Asia/Shanghai", 4),
        (date(2026, 3, 4), "Asia/Shanghai", 4),
        (date(2026, 3, 5), "Asia/Shanghai", 5),
    ],
)
def test_what_was_recorded_by_the_end_of_a_day_is_known(day: date, timezone: str, n: int) -> None:
    known = recorded_by(KEPT, day, timezone)
    assert known.equals(KEPT.head(n))
    assert history_of(known).head.events == n


def test_midnight_is_that_of_the_plans_clock() -> None:
    assert len(recorded_by(KEPT.head(3), date(2026, 3, 2), "Asia/Shanghai")) == 2
    assert len(recorded_by(KEPT.head(3), date(2026, 3, 2), "UTC")) == 3
