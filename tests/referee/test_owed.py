"""The referee's own arithmetic against examples worked out by hand from rules.md."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from .calendar import Calendar
from .owed import owed
from .plans import write_plan
from .read import read_plan
from .spans import read_span


def ids(tmp_path: Path, enterprise: dict[str, Any], classes: dict[str, Any], **plan: Any) -> list[str]:
    raw = {
        "name": "计划",
        "period": "2026",
        "classes": classes,
        "enterprises": [{"id": "E1", "name": "甲", **enterprise}],
        **plan,
    }
    return list(owed(read_plan(write_plan(tmp_path, raw))))


@pytest.mark.parametrize(
    ("visits", "period", "first", "count"),
    [
        ("1 per month", "2026", "class-A/E1/2026-01/1", 12),
        ("2 per quarter", "2026", "class-A/E1/2026-Q1/1", 8),
        ("1 per half-year", "2026", "class-A/E1/2026-H1/1", 2),
        ("1 per year", "2026", "class-A/E1/2026/1", 1),
        ("1 per 2 months", "2026", "class-A/E1/2026-01..2026-02/1", 6),
        ("1 per 2 weeks", "2026-03-02/2026-03-29", "class-A/E1/2026-W09..2026-W10/1", 3),
        ("1 per day", "2026-02-09/2026-02-28", "class-A/E1/2026-02-09/1", 11),
        ("1 per week", "2026-02-09/2026-03-01", "class-A/E1/2026-W07/1", 2),
        ("3", "2026-03-01/2026-03-31", "class-A/E1/2026-03-01..2026-03-31/1", 3),
        ("2 per term", "2026", "class-A/E1/term@2026-03-02/1", 4),
    ],
    ids=[
        "months", "quarters", "half-years", "the year", "blocks of months from January 2000",
        "blocks of weeks from 3 January 2000, halves rounded up",
        "only working days, make-up days too", "no visit in the week of Spring Festival",
        "a number in the period", "each span of a season",
    ],
)  # fmt: skip
def test_units_owe_and_are_spelt_as_rules_say(visits: str, period: str, first: str, count: int, tmp_path: Path) -> None:
    seasons = {"term": ["2026-03-02/2026-07-05", "2026-09-01/2026-12-20"]}
    found = ids(tmp_path, {"class": "A"}, {"A": {"visits": visits}}, period=period, seasons=seasons)
    assert found[0] == first
    assert len(found) == count


@pytest.mark.parametrize(
    ("enterprise", "visits", "partial", "march"),
    [
        ({"active": {"from": "2026-03-17"}}, "1 per month", "proportion", 1),
        ({"active": {"from": "2026-03-18"}}, "1 per month", "proportion", 0),
        ({"active": {"from": "2026-03-30"}}, "1 per month", "full", 1),
        ({"active": {"from": "2026-03-03"}}, "1 per month", "none", 0),
        ({"active": {"from": "2026-03-01"}}, "1 per month", "none", 1),
        ({"status": "停业"}, "1 per month", "proportion", 0),
    ],
    ids=[
        "half is rounded up",
        "less than half is nothing",
        "full",
        "none",
        "losing a Sunday cuts nothing",
        "closed for good",
    ],
)
def test_a_cut_unit_owes_its_share(enterprise: dict, visits: str, partial: str, march: int, tmp_path: Path) -> None:
    """March 2026 has 22 working days, 11 of them from the 17th."""
    found = ids(tmp_path, {"class": "A", **enterprise}, {"A": {"visits": visits, "partial": partial}})
    assert sum("/2026-03/" in o for o in found) == march


def test_parts_that_touch_at_a_change_of_class_are_added(tmp_path: Path) -> None:
    """10/22 of a month is nothing, with 12/22 of the other class's month it makes one, owed by the later class."""
    dated = [{"from": "2026-01-01", "class": "A"}, {"from": "2026-03-16", "class": "B"}]
    rules = {"A": {"visits": "1 per month"}, "B": {"visits": "1 per month", "family": "patrol"}}
    found = ids(tmp_path, {"class": dated}, rules, period="2026-03-01/2026-03-31")
    assert found == ["class-B/E1/2026-03/1"]


def test_a_unit_closed_throughout_is_owed_without_days(tmp_path: Path) -> None:
    raw: dict[str, Any] = {"period": "2026-03-01/2026-03-31", "classes": {"A": {"visits": "1 per month"}}}
    raw["enterprises"] = [{"id": "E1", "class": "A", "closed": ["2026-03-01/2026-03-31"]}]
    (found,) = owed(read_plan(write_plan(tmp_path, raw))).values()
    assert found.days == ()
    assert len(found.rule_days) == 22


def test_pins_owe_one_visit_and_people_alone_none(tmp_path: Path) -> None:
    people: dict[str, Any] = {"enterprise": "E1", "except": ["li"]}
    pins = [{"enterprise": "E1", "day": "2026-03-01"}, {"enterprise": "E1", "window": "2026-06-01/2026-06-12"}, people]
    found = ids(tmp_path, {}, {}, pins=pins)
    assert found == [
        "pin-E1-2026-03-01/E1/2026-03-01/1",
        "pin-E1-2026-06-01..2026-06-12/E1/2026-06-01..2026-06-12/1",
    ]


def test_patrols_are_owed_by_the_grids_they_name(tmp_path: Path) -> None:
    grids = [
        {"id": "town", "level": "镇"},
        {"id": "bei", "level": "村", "parent": "town"},
        {"id": "nan", "level": "村", "parent": "town"},
    ]
    patrols = [
        {"name": "村 巡查", "grids": {"level": "村"}, "visits": "1 per year"},
        {"name": "值班", "grids": {"level": "镇"}, "visits": "1 per day", "days": "holidays"},
    ]
    found = ids(tmp_path, {}, {}, grids=grids, patrols=patrols)
    assert found[:2] == ["patrol-村-巡查/bei/2026/1", "patrol-村-巡查/nan/2026/1"]
    assert len(found) == 2 + 33, "33 days of holidays in 2026"


def test_importance_follows_visits_a_year_and_the_plans_own_word(tmp_path: Path) -> None:
    rules = {
        "A": {"visits": "1 per month"},
        "B": {"visits": "1 per week"},
        "C": {"visits": "1 per year", "priority": 77},
    }
    enterprises = [{"id": f"E{c}", "class": c} for c in "ABC"]
    found = owed(read_plan(write_plan(tmp_path, {"period": "2026", "classes": rules, "enterprises": enterprises})))
    assert {o.rule.id: max(o.priorities) for o in found.values()} == {"class-A": 42, "class-B": 48, "class-C": 77}


@pytest.mark.parametrize(
    ("day", "works"),
    [("2026-02-14", True), ("2026-02-16", False), ("2026-02-24", False), ("2026-03-07", True), ("2026-03-08", False)],
    ids=["make-up Saturday", "Spring Festival", "the plan's day off", "the plan's working Saturday", "a Sunday"],
)
def test_working_days_are_the_states_and_the_plans(day: str, works: bool) -> None:
    calendar = Calendar(frozenset({dt.date(2026, 2, 24)}), frozenset({dt.date(2026, 3, 7)}))
    assert calendar.works(dt.date.fromisoformat(day)) is works


def test_2026_has_248_working_days() -> None:
    assert sum(Calendar().works(d) for d in read_span("2026").days()) == 248
