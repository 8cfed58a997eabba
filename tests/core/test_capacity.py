"""The annual plan's arithmetic: what is there, what it goes to, what the visits need."""

from __future__ import annotations

from typing import Any

import pytest

import safeplan
from safeplan.core.calendar import calendar_of
from safeplan.core.capacity import Balance, balance, needs, share
from safeplan.terms.family import Family

from .plans import CREW, firm, plan_of

INSPECTED: dict[str, Any] = CREW | {
    "period": "2026",
    "classes": {"A": {"visits": "1 per quarter", "family": "inspection", "minutes": 90}},
    "travel": {"minutes": 30},
    "enterprises": [firm(1)],
}


def _balance(parts: dict[str, Any]) -> Balance:
    plan = plan_of(INSPECTED | parts)
    return balance(plan, calendar_of(plan))


@pytest.mark.parametrize(
    ("capacity", "total", "supervision"),
    [
        pytest.param({}, 496, 496, id="two certified officers, 248 days each"),
        pytest.param({"officers": 8}, 1984, 1984, id="as many as the plan says"),
        pytest.param({"officers": 0}, 0, 0, id="nobody"),
        pytest.param(
            {"other_enforcement": {"许可": 60, "事故": 40}, "non_enforcement": {"会议": 120}},
            496,
            276,
            id="less others",
        ),
        pytest.param({"non_enforcement": {"会议": 500}}, 496, -4, id="more than there are"),
    ],
)
def test_supervision_days_are_all_days_less_what_others_take(
    capacity: dict[str, Any], total: int, supervision: float
) -> None:
    found = _balance({"capacity": capacity})
    assert (found.total, found.supervision) == (total, supervision)


@pytest.mark.parametrize(
    ("year", "days"), [("2024", 251), ("2025", 248), ("2026", 248), ("2027", 248)], ids=["2024", "2025", "2026", "2027"]
)
def test_statutory_working_days_of_a_year(year: str, days: int) -> None:
    assert _balance({"period": year}).workdays == days


def test_the_plans_own_days_off_change_no_statutory_day() -> None:
    assert _balance({"calendar": {"days_off": ["2026-03-02/2026-03-06"]}}).workdays == 248


def test_a_certificate_that_ended_before_the_period_is_not_in_post() -> None:
    officers = [
        *CREW["officers"],
        {"id": "zhao", "name": "赵", "certificate": {"number": "3", "expires": "2025-12-31"}},
    ]
    assert _balance({"officers": officers}).in_post == 2


def test_a_visit_needs_its_minutes_and_travel_of_each_of_its_crew() -> None:
    (need,) = needs(safeplan.schedule(plan_of(INSPECTED)))
    assert (need.family, need.placed, need.unplaced) == (Family.INSPECTION, 4, 0)
    # Four visits of 120 minutes out of 360, two people.
    assert need.officer_days == pytest.approx(4 * 2 * 120 / 360)
    assert need.of_certified == need.officer_days


def test_what_is_unplaced_is_needed_too() -> None:
    closed = INSPECTED | {"enterprises": [firm(1, closed=["2026-01-01/2026-03-31"])]}
    (need,) = needs(safeplan.schedule(plan_of(closed)))
    assert (need.placed, need.unplaced) == (3, 1)
    assert need.officer_days == pytest.approx(4 * 2 * 120 / 360)


def test_inspections_of_spot_checks_alone_are_general() -> None:
    drawn = {"spot_checks": [{"name": "抽查", "share": "100%", "per": "year", "separate": True}]}
    parts = share(safeplan.schedule(plan_of(INSPECTED | drawn)))
    assert (parts.key, parts.general) == (4, 1)
