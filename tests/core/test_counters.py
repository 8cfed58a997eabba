"""Penalties over rolling time: 3 in 180 days, 4 in a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.made.ledgers import told

from safeplan.core.counters import penalties_counted
from safeplan.core.events.findings import Penalty

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("days_ago", "row"),
    [
        pytest.param([0], None, id="one is far from both"),
        pytest.param([0, 179], (2, 2, False), id="one below 3 in 180 days"),
        pytest.param([0, 180], None, id="the 180th day before is outside"),
        pytest.param([0, 90, 179], (3, 3, True), id="3 in 180 days"),
        pytest.param([0, 90, 180], (2, 3, False), id="one below both"),
        pytest.param([200, 250, 364], (0, 3, False), id="one below 4 in a year"),
        pytest.param([0, 200, 250, 364], (1, 4, True), id="4 in a year"),
        pytest.param([0, 200, 250, 365], (1, 3, False), id="the same day of last year is outside"),
    ],
)
def test_penalties_are_counted_up_to_the_day(days_ago: list[int], row: tuple[int, int, bool] | None) -> None:
    events = [Penalty(day=TODAY - timedelta(days=n), enterprise="E1") for n in days_ago]
    later = Penalty(day=TODAY + timedelta(days=1), enterprise="E1")
    rows = penalties_counted(told(*events, later), TODAY).select("half_year", "year", "reached").rows()
    assert rows == ([] if row is None else [row])


def test_those_who_have_reached_a_threshold_come_first() -> None:
    told_ = [("E1", 2), ("E2", 3), ("E3", 1)]
    events = [Penalty(day=TODAY, enterprise=one, text=str(n)) for one, times in told_ for n in range(times)]
    assert penalties_counted(told(*events), TODAY)["enterprise"].to_list() == ["E2", "E1"]
