"""Quotas: distinct enterprises of a team a unit, filled up with the longest unvisited into free slots."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import safeplan
from safeplan.core.roster import unplaced, visits
from safeplan.core.tables import Schedule

from .plans import firm, plan_of

TOWN: dict[str, Any] = {
    "period": "2026-03-01/2026-03-31",
    "grids": [{"id": "town", "name": "镇"}],
    "teams": [{"id": "brigade", "name": "中队"}, {"id": "other", "name": "他队"}],
    "officers": [
        {"id": "wang", "name": "王", "grids": ["town"], "teams": ["brigade"]},
        {"id": "li", "name": "李", "grids": ["town"], "teams": ["brigade"]},
        {"id": "sun", "name": "孙", "teams": ["other"]},
    ],
    "classes": {
        "A": {"visits": "1 per month", "family": "patrol"},
        "B": {"visits": "1 per year", "partial": "none", "family": "patrol"},
    },
}


def made(quota: dict[str, Any], firms: list[dict[str, Any]], **more: Any) -> Schedule:
    lines = quota if isinstance(quota, list) else [quota]
    quotas = [{"name": "月检查量", "team": "brigade", "per": "month", **line} for line in lines]
    return safeplan.schedule(plan_of({**TOWN, "quotas": quotas, "enterprises": firms, **more}))


def filled(schedule: Schedule) -> list[str]:
    """Give whom the quota added, in the order of its numbers."""
    rows = visits(schedule).filter(pl.col("id").str.starts_with("quota"))
    return rows.sort("id")["enterprise"].to_list()


def test_missing_enterprises_are_added_the_longest_unvisited_first() -> None:
    firms = [
        firm(1),
        firm(2),
        firm(3, "B", last_visit="2025-06-01"),
        firm(4, "B", last_visit="2025-05-01"),
        firm(5, "B"),
        firm(6, "B", last_visit="2026-02-01"),
    ]
    schedule = made({"at_least": 5}, firms)
    assert set(filled(schedule)) == {"E5", "E4", "E3"}
    ids = visits(schedule)["id"].to_list()
    assert {f"quota-月检查量/-/2026-03/{n}" for n in (1, 2, 3)} <= set(ids)
    assert len(schedule.unplaced) == 0


def test_a_quota_that_is_reached_adds_nothing() -> None:
    assert filled(made({"at_least": 2}, [firm(1), firm(2), firm(3, "B")])) == []


def test_visits_of_another_team_do_not_count() -> None:
    patrols = {"A": {"visits": "1 per month", "family": "patrol", "by": "other"}, "B": TOWN["classes"]["B"]}
    schedule = made({"at_least": 1}, [firm(1), firm(2, "B")], classes=patrols)
    assert filled(schedule) == ["E2"]


def test_several_visits_of_one_enterprise_count_once() -> None:
    twice = {"A": {"visits": "2 per month", "family": "patrol"}, "B": TOWN["classes"]["B"]}
    assert len(filled(made({"at_least": 2}, [firm(1), firm(2, "B")], classes=twice))) == 1


def test_too_few_enterprises_are_a_shortage_of_the_pool_and_proved() -> None:
    schedule = made({"at_least": 4}, [firm(1), firm(2, "B")])
    assert filled(schedule) == ["E2"]
    assert unplaced(schedule)["code"].to_list() == ["pool", "pool"]
    assert unplaced(schedule)["obligation"].to_list() == [f"quota-月检查量/-/2026-03/{n}" for n in (2, 3)]
    assert schedule.figures.least_unplaced == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"closed": ["2026-03-01/2026-03-31"]}, "pool"),
        ({}, "capacity"),
    ],
    ids=["closed all month", "nobody has time"],
)
def test_what_finds_no_slot_says_why(more: dict[str, Any], code: str) -> None:
    busy = {"minutes_per_day": 60} if code == "capacity" else {}
    officers = [{**one, **busy} for one in TOWN["officers"]]
    patrols = [{"name": "巡查", "visits": "2 per day", "by": "brigade"}] if code == "capacity" else []
    schedule = made({"at_least": 1}, [firm(1, "B", **more)], officers=officers, patrols=patrols)
    assert unplaced(schedule)["code"].to_list() == [code]


def test_a_cut_month_owes_its_part() -> None:
    firms = [firm(number, "B") for number in range(1, 9)]
    assert len(filled(made({"at_least": 8}, firms, period="2026-03-16/2026-03-31"))) == 4


def test_a_quota_keeps_its_gap_and_its_own_choice() -> None:
    firms = [
        firm(1, "B", sector="fire", last_visit="2026-02-20"),
        firm(2, "B", sector="fire", last_visit="2026-01-01"),
        firm(3, "B"),
    ]
    quota = {"at_least": 2, "where": {"sector": "fire"}, "min_gap": "60 days"}
    schedule = made(quota, firms)
    assert filled(schedule) == ["E2"]
    assert unplaced(schedule)["code"].to_list() == ["pool"]


def test_an_inspection_quota_keeps_caps_and_limits() -> None:
    officers = [{**one, "certificate": one["id"]} for one in TOWN["officers"]]
    schedule = made(
        {"at_least": 2, "family": "inspection"},
        [firm(1, "B"), firm(2, "B")],
        officers=officers,
        caps=[{"name": "上限", "per_year": 1}],
        others_visits=[{"enterprise": "E1", "day": "2026-02-02", "family": "inspection"}],
    )
    assert filled(schedule) == ["E2"]
    assert [len(crew) for crew in visits(schedule)["officers"]] == [2]


def test_a_short_unit_is_filled_first_and_counts_for_the_long_one() -> None:
    quotas = [
        {"name": "季度量", "at_least": 3, "per": "quarter", "partial": "full"},
        {"name": "月量", "at_least": 2, "per": "month"},
    ]
    ids = visits(made(quotas, [firm(number, "B") for number in range(1, 6)]))["id"].to_list()
    assert sorted(ids) == ["quota-季度量/-/2026-Q1/1", "quota-月量/-/2026-03/1", "quota-月量/-/2026-03/2"]


def test_a_quota_is_filled_where_the_team_does_nothing_else() -> None:
    schedule = made({"at_least": 1, "team": "other"}, [firm(1, "B")])
    assert visits(schedule)["officers"].to_list() == [["sun"]]


def test_never_twice_on_a_day_and_load_is_spread() -> None:
    firms = [firm(number) for number in range(1, 4)] + [firm(number, "B") for number in range(4, 24)]
    schedule = made({"at_least": 20}, firms)
    days = visits(schedule)
    assert days.group_by("date", "enterprise").len()["len"].max() == 1
    assert days.group_by("date").len()["len"].max() == 1
