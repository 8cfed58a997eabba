"""Holiday checks: the days before, during and after a run of days off or an event, and the year that names it."""

from __future__ import annotations

from typing import Any

import pytest

from ..plans import firm
from .expanded import owed


def plan(period: str = "2026", **rule: Any) -> dict[str, Any]:
    return {
        "period": period,
        "classes": {"A": {"visits": "1 per year"}},
        "enterprises": [firm(1)],
        "calendar": {"days_off": ["2026-02-24"]},
        "holidays": [{"name": "检查", "visits": 1, **rule}],
    }


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"before": ["labour-day"], "within": "10 workdays"}, ("labour-day-2026", "2026-04-17", "2026-04-30")),
        ({"before": ["labour-day"], "within": "5 days"}, ("labour-day-2026", "2026-04-26", "2026-04-30")),
        ({"during": ["national-day"], "days": "holidays"}, ("national-day-2026", "2026-10-01", "2026-10-07")),
        ({"after": ["spring-festival"], "within": "2 workdays"}, ("spring-festival-2026", "2026-02-25", "2026-02-26")),
        ({"before": ["new-year"], "within": "3 workdays"}, ("new-year-2027", "2026-12-29", "2026-12-31")),
        ({"after": ["new-year"], "within": "1 workday"}, ("new-year-2026", "2026-01-04", "2026-01-04")),
        ({"during": ["mid-autumn"], "days": "holidays"}, ("mid-autumn-2026", "2026-09-25", "2026-09-27")),
        ({"before": ["两会"], "within": "2 workdays"}, ("两会-2026", "2026-03-04", "2026-03-05")),
        ({"during": ["两会"], "days": "all"}, ("两会-2026", "2026-03-06", "2026-03-11")),
        ({"after": ["两会"], "within": "1 week"}, ("两会-2026", "2026-03-12", "2026-03-18")),
        ({"during": ["labour-day"]}, ("labour-day-2026", "2026-05-01", "2026-05-05")),
    ],
    ids=[
        "working days before the run", "calendar days before it", "the run itself",
        "the plan's working days after it", "next new year belongs to this plan", "after this new year too",
        "mid-autumn", "before an event", "an event of several days", "after an event",
        "no working day in a run is owed all the same",
    ],
)  # fmt: skip
def test_the_window_of_a_holiday(rule: dict[str, Any], expected: tuple[str, str, str]) -> None:
    parts = plan(**rule) | {"events": [{"name": "两会", "day": "2026-03-06", "until": "2026-03-11"}]}
    period, first, last = expected
    assert owed(parts) == [(f"holiday-检查/E1/{period}/1", first, last)]


def test_both_sides_of_a_holiday_are_numbered_in_order_of_date() -> None:
    sides = {"before": ["spring-festival"], "after": ["spring-festival"], "within": "1 workday"}
    assert owed(plan(**sides)) == [
        ("holiday-检查/E1/spring-festival-2026/1", "2026-02-14", "2026-02-14"),
        ("holiday-检查/E1/spring-festival-2026/2", "2026-02-25", "2026-02-25"),
    ]


def test_a_holiday_counts_when_a_day_of_its_window_lies_in_the_period() -> None:
    before = {"before": ["labour-day"], "within": "10 workdays"}
    assert owed(plan("2026-01-01/2026-04-20", **before)) == [
        ("holiday-检查/E1/labour-day-2026/1", "2026-04-17", "2026-04-20")
    ]
    assert owed(plan("2026-01-01/2026-04-16", **before)) == []
