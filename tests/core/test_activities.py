"""Activities are due when the plan says, for whom it says, by whom it says - each way of saying when, in one table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.plans import plan_of
from safeplan.core.activities import dated_activities
from safeplan.core.activity_days import is_worked
from safeplan.core.calendar import calendar_of
from safeplan.core.tables import ACTIVITIES

TOWN: dict[str, Any] = {
    "period": 2026,
    "seasons": {"term": ["2026-03-02/2026-07-05", "2026-09-01/2027-01-20"], "flood": "2026-05-15/2026-09-30"},
    "events": [{"name": "两会闭幕", "day": "2026-03-11"}],
    "grids": [
        {"id": "town", "name": "镇", "level": "镇", "roles": {"lead": ["zhang", "liu"], "manager": "liu"}},
        {"id": "dong", "name": "东村", "level": "村", "parent": "town",
         "roles": {"lead": [{"officer": "chen", "to": "2026-06-30"}, {"officer": "sun", "from": "2026-09-01"}]}},
        {"id": "xi", "name": "西村", "level": "村", "parent": "town"},
    ],
    "officers": [{"id": id_, "name": name} for id_, name in
                 (("zhang", "张"), ("liu", "刘"), ("chen", "陈"), ("sun", "孙"))],
    "enterprises": [
        {"id": "E1", "name": "甲", "grid": "dong", "tags": ["school"]},
        {"id": "E2", "name": "乙", "grid": [{"grid": "dong"}, {"from": "2026-07-01", "grid": "xi"}], "tags": ["school"],
         "active": {"from": "2026-05-01"}},
        {"id": "E3", "name": "丙", "grid": "xi", "status": "停业", "tags": ["school"]},
        {"id": "E4", "name": "丁", "grid": "xi"},
    ],
}  # fmt: skip


def rows(activity: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    plan = plan_of({**TOWN, **more, "activities": [{"name": "会", **activity}]})
    found = dated_activities(plan, calendar_of(plan)).activities
    assert dict(found.schema) == ACTIVITIES
    return found.to_dicts()


def due(activity: dict[str, Any], **more: Any) -> list[str]:
    return [f"{row['id'].removeprefix('activity-会/-/')} {row['due']:%m-%d}" for row in rows(activity, **more)]


WAYS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "the end of a quarter, rolled back over a weekend": (
        {"every": "quarter"},
        ["2026-Q1/1 03-31", "2026-Q2/1 06-30", "2026-Q3/1 09-30", "2026-Q4/1 12-31"],
    ),
    "the second working day, after New Year's make-up Sunday": (
        {"every": "quarter", "day": "2nd workday"},
        ["2026-Q1/1 01-05", "2026-Q2/1 04-02", "2026-Q3/1 07-02", "2026-Q4/1 10-09"],
    ),
    "the last working day of February is a make-up Saturday": (
        {"month": 2, "day": "last workday"}, ["2026-02/1 02-28"],
    ),
    "months without a day end on their last working day": (
        {"month": [5, 10]}, ["2026-05/1 05-29", "2026-10/1 10-30"],
    ),
    "a day of the month that February does not have": (
        {"month": [2, 3], "day": 30}, ["2026-02/1 02-28", "2026-03/1 03-30"],
    ),
    "the first Friday of each half-year's first month": (
        {"month": [1, 7], "day": "1st friday"}, ["2026-01/1 01-02", "2026-07/1 07-03"],
    ),
    "a last Friday that Labour Day takes, moved forward": (
        {"month": 5, "day": "1st friday", "shift": "next-workday"}, ["2026-05/1 05-06"],
    ),
    "a day off in Spring Festival, moved back to the make-up day before it": (
        {"month": 2, "day": 17, "shift": "previous-workday"}, ["2026-02/1 02-14"],
    ),
    "a day off that is not moved": ({"month": 2, "day": 17}, ["2026-02/1 02-17"]),
    "half-years": ({"every": "half-year"}, ["2026-H1/1 06-30", "2026-H2/1 12-31"]),
    "blocks of four months counted from January 2000": (
        {"every": "4 months"}, ["2026-01..2026-04/1 04-30", "2026-05..2026-08/1 08-31", "2026-09..2026-12/1 12-31"],
    ),
    "a year": ({"every": "year", "day": "last day"}, ["2026/1 12-31"]),
    "a season of two spans, the second due after the period": (
        {"every": "term"}, ["term@2026-03-02/1 07-03", "term@2026-09-01/1 01-20"],
    ),
    "twice a term: on days 63 and 126, 71 and 142": (
        {"times": "2 per term"},
        ["term@2026-03-02/1 04-30", "term@2026-03-02/2 07-03", "term@2026-09-01/1 11-10", "term@2026-09-01/2 01-20"],
    ),
    "three times in the flood season": (
        {"times": 3, "window": "flood"},
        ["flood@2026-05-15/1 06-30", "flood@2026-05-15/2 08-14", "flood@2026-05-15/3 09-30"],
    ),
    "three times in the plan's period": (
        {"times": 3},
        ["2026-01-01..2026-12-31/1 04-30", "2026-01-01..2026-12-31/2 09-01", "2026-01-01..2026-12-31/3 12-31"],
    ),
    "once in a window that ends in Spring Festival": (
        {"window": "2026-02-09/2026-02-20"}, ["2026-02-09..2026-02-20/1 02-14"],
    ),
    "once in a window whose first days are off": (
        {"window": "2026-02-16/2026-03-01", "times": 2},
        ["2026-02-16..2026-03-01/1 02-24", "2026-02-16..2026-03-01/2 02-28"],
    ),
    "a rule of RFC 5545, moved back over weekends": (
        {"rrule": "FREQ=MONTHLY;BYMONTHDAY=25;BYMONTH=1,4,5", "shift": "previous-workday"},
        ["2026-01-25/1 01-23", "2026-04-25/1 04-24", "2026-05-25/1 05-25"],
    ),
    "every second week counted from a day before the period": (
        {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20260201", "from": "2025-12-29"},
        ["2026-01-12/1 01-12", "2026-01-26/1 01-26"],
    ),
    "a count that began last year": (
        {"rrule": "FREQ=MONTHLY;BYMONTHDAY=1;COUNT=4", "from": "2025-11-01"},
        ["2026-01-01/1 01-01", "2026-02-01/1 02-01"],
    ),
    "New Year's Day of next year, moved into the period": (
        {"rrule": "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", "shift": "previous-workday"}, ["2027-01-01/1 12-31"],
    ),
    "once by a day": ({"due": "2026-01-30"}, ["2026-01-30/1 01-30"]),
    "once between two days": ({"from": "2026-03-01", "due": "2026-06-30"}, ["2026-03-01..2026-06-30/1 06-30"]),
    "due after the period": ({"due": "2027-01-15"}, ["2027-01-15/1 01-15"]),
    "each day of the Dragon Boat holiday": (
        {"days": "holidays", "window": "2026-06-01/2026-06-30"},
        ["2026-06-19/1 06-19", "2026-06-20/1 06-20", "2026-06-21/1 06-21"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WAYS, ids=str)
def test_due_days_of(case: str) -> None:
    activity, expected = WAYS[case]
    assert due(activity) == expected


def test_what_was_due_before_the_period_is_not_listed_and_the_rest_of_its_season_is() -> None:
    assert due({"times": "2 per term"}, period="2027-01-01/2027-12-31") == ["term@2026-09-01/2 01-20"]


def test_a_daily_meeting_is_held_on_working_days_make_up_days_among_them() -> None:
    days = due({"every": "day"}, period="2026-02-09/2026-02-28")
    assert [day.split()[1] for day in days] == [
        "02-09", "02-10", "02-11", "02-12", "02-13", "02-14", "02-24", "02-25", "02-26", "02-27", "02-28",
    ]  # fmt: skip


def test_a_week_without_a_working_day_owes_nothing_and_says_so() -> None:
    plan = plan_of({**TOWN, "activities": [{"name": "例会", "every": "week", "owner": "liu"}]})
    found = dated_activities(plan, calendar_of(plan))
    assert "activity-例会/-/2026-W08/1" not in found.activities["id"]
    said = [one for one in plan.diagnostics if one.code == "no-day-in-unit"]
    assert [one.values["period"] for one in said] == ["2026-W08"]
    assert found.activities["due"].is_sorted()


def test_a_village_asks_its_own_holder_on_the_due_day_else_the_town() -> None:
    found = rows({"every": "quarter", "each": {"grids": {"level": "村"}}, "owner": "lead"})
    owners = {(row["id"].split("/")[1], f"{row['due']:%m}"): row["owners"] for row in found}
    assert owners == {
        ("dong", "03"): [2], ("dong", "06"): [2], ("dong", "09"): [3], ("dong", "12"): [3],
        ("xi", "03"): [0, 1], ("xi", "06"): [0, 1], ("xi", "09"): [0, 1], ("xi", "12"): [0, 1],
    }  # fmt: skip


def test_enterprises_are_those_that_are_open_in_the_part_each_in_its_grid_of_the_day() -> None:
    found = rows({"every": "quarter", "each": {"where": {"tags": "school"}}, "owner": "lead"})
    assert [(row["id"].removeprefix("activity-会/"), row["grid"], row["enterprise"]) for row in found] == [
        ("E1/2026-Q1/1", 1, 0), ("E1/2026-Q2/1", 1, 0), ("E2/2026-Q2/1", 1, 1), ("E1/2026-Q3/1", 1, 0),
        ("E2/2026-Q3/1", 2, 1), ("E1/2026-Q4/1", 1, 0), ("E2/2026-Q4/1", 2, 1),
    ]  # fmt: skip


def test_venues_are_subjects_by_their_slug() -> None:
    found = rows({"due": "2026-06-30", "each": {"venues": ["学校", "小区 广场"]}, "owner": ["manager", "zhang"]})
    assert [(row["id"], row["venue"], row["owners"]) for row in found] == [
        ("activity-会/学校/2026-06-30/1", "学校", [1, 0]),
        ("activity-会/小区-广场/2026-06-30/1", "小区 广场", [1, 0]),
    ]


def test_duty_goes_to_whoever_had_the_fewest_turns_and_is_not_away() -> None:
    officers = [
        {**one, "leave": ["2026-10-02/2026-10-03"]} if one["id"] == "zhang" else one for one in TOWN["officers"]
    ]
    found = rows(
        {"days": "holidays", "window": "2026-10-01/2026-10-07", "people": 1, "owner": "lead"}, officers=officers
    )
    assert [row["owners"][0] for row in found] == [1, 1, 1, 0, 0, 0, 1]


def test_a_role_that_nobody_holds_is_told_with_the_number_of_days() -> None:
    plan = plan_of({**TOWN, "staffing": [], "activities": [
        {"name": "会", "every": "quarter", "owner": "cook"}], "grids": [
        {"id": "town", "name": "镇", "roles": {"lead": "zhang", "cook": {"officer": "liu", "from": "2026-07-01"}}},
        {"id": "dong", "name": "东村"}, {"id": "xi", "name": "西村"}]})  # fmt: skip
    (said,) = [one for one in plan.diagnostics if one.code == "activity-without-owner"]
    assert dated_activities(plan, calendar_of(plan)).diagnostics == (), "the reading said it"
    assert dated_activities(replace(plan, diagnostics=()), calendar_of(plan)).diagnostics == (said,)
    assert (said.code, said.values["n"]) == ("activity-without-owner", 2)


PHASES: dict[str, tuple[dict[str, Any], str, date]] = {
    "over its days": ({"from": "2026-10-25", "to": "2026-10-31"}, "2026-10-25..2026-10-31", date(2026, 10, 30)),
    "to an event": ({"from": "2026-01-05", "until": "两会闭幕"}, "2026-01-05..两会闭幕", date(2026, 3, 11)),
    "without end": ({"from": "2026-11-01"}, "2026-11-01..", date(2026, 12, 31)),
    "beyond the period": ({"from": "2026-12-01", "to": "2027-01-31"}, "2026-12-01..2027-01-31", date(2027, 1, 29)),
}


@pytest.mark.parametrize("case", PHASES, ids=str)
def test_a_phase_has_its_work_once(case: str) -> None:
    days, period, last = PHASES[case]
    phase = {"name": "发动", **days, "activity": "动员大会", "owner": "zhang"}
    plan = plan_of({**TOWN, "campaigns": [{"name": "整治", "phases": [phase]}]})
    (row,) = dated_activities(plan, calendar_of(plan)).activities.to_dicts()
    assert row["id"] == f"activity-整治-发动/-/{period}/1"
    assert (row["due"], row["owners"], row["name"]) == (last, [0], "动员大会")


def test_a_placeholder_brings_nothing_and_is_no_error() -> None:
    plan = plan_of({**TOWN, "activities": [{"name": "通报", "every": "定期"}, {"name": "方案", "due": "20xx年x月x日"}]})
    assert dated_activities(plan, calendar_of(plan)).activities.is_empty()
    assert [one.values["found"] for one in plan.diagnostics if one.code == "placeholder"] == ["定期", "20xx年x月x日"]


_DAYS = st.dates(date(2025, 12, 20), date(2026, 12, 31))


@settings(max_examples=60, deadline=None)
@given(first=_DAYS, length=st.integers(0, 200), times=st.integers(1, 12))
def test_part_i_of_n_is_due_on_the_last_working_day_up_to_its_calendar_day(
    first: date, length: int, times: int
) -> None:
    last = first + timedelta(days=length)
    activity = {"name": "会", "window": f"{first}/{last}", "times": times}
    plan = plan_of({"period": "2025-12-20/2027-12-31", "activities": [activity]})
    calendar = calendar_of(plan)
    found = dated_activities(plan, calendar).activities
    days = [first + timedelta(days=i) for i in range(length + 1)]
    worked = [day for day in days if is_worked(calendar, day)]
    assert len(found) == (times if worked else 0)
    for n, row in enumerate(found.sort(pl.col("id").str.split("/").list.last().cast(pl.Int32)).to_dicts(), 1):
        end = days[-(-n * len(days) // times) - 1]
        before = [day for day in worked if day <= end]
        assert row["due"] == (before[-1] if before else worked[0])
        assert days[0] <= row["from"] <= row["due"]
        assert row["id"] == f"activity-会/-/{first}..{last}/{n}"
