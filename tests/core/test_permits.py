"""Permits that end within the period are listed with the day from which to remind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.plans import plan_of
from safeplan.core.calendar import calendar_of
from safeplan.core.permits import permits_ending

FIRMS: list[dict[str, Any]] = [
    {"id": "E1", "name": "甲", "permits": [{"name": "经营许可证", "expires": "2026-10-09"},
                                          {"name": "排污许可证", "expires": "2027-01-01"}]},
    {"id": "E2", "name": "乙", "permits": [{"name": "经营许可证", "expires": "2026-02-24"}]},
    {"id": "E3", "name": "丙", "status": "注销", "permits": [{"name": "经营许可证", "expires": "2026-05-01"}]},
    {"id": "E4", "name": "丁", "permits": [{"name": "经营许可证"}]},
]  # fmt: skip


@pytest.mark.parametrize(
    ("reminder", "days"),
    [
        ({}, [date(2026, 2, 24), date(2026, 10, 9)]),
        ({"permit_reminder": "60 days"}, [date(2025, 12, 26), date(2026, 8, 10)]),
        ({"permit_reminder": "2 months"}, [date(2025, 12, 24), date(2026, 8, 9)]),
        ({"permit_reminder": "2 workdays"}, [date(2026, 2, 13), date(2026, 9, 30)]),
    ],
    ids=["none: the last day", "days", "months", "working days before Spring Festival and National Day"],
)
def test_permits_that_end_in_the_period(reminder: dict[str, Any], days: list[date]) -> None:
    plan = plan_of({"period": 2026, "enterprises": FIRMS, **reminder})
    found = permits_ending(plan, calendar_of(plan))
    assert found.select("enterprise", "permit", "expires").rows() == [
        (1, "经营许可证", date(2026, 2, 24)),
        (0, "经营许可证", date(2026, 10, 9)),
    ]
    assert found["remind"].to_list() == days


def test_a_plan_without_permits_lists_none() -> None:
    plan = plan_of({"period": 2026})
    assert permits_ending(plan, calendar_of(plan)).is_empty()
