"""Priorities: which windows a quarter, a month, a span or a season has, and whom it is about."""

from __future__ import annotations

from typing import Any

import pytest

from ..plans import firm
from .expanded import ids, owed


def plan(key: str, period: str = "2026", **more: Any) -> dict[str, Any]:
    rule = {"name": "排查", "visits": 1} | {k: v for k, v in more.items() if k != "seasons"}
    return {
        "period": period,
        "seasons": more.get("seasons", {}),
        "priorities": {key: [rule]},
        "enterprises": [firm(1)],
        "classes": {"A": {"visits": "1 per year"}},
    }


@pytest.mark.parametrize(
    ("key", "period", "expected"),
    [
        ("Q1", "2026", [("priority-2026-Q1-排查/E1/2026-Q1/1", "2026-01-01", "2026-03-31")]),
        ("M06", "2026", [("priority-2026-06-排查/E1/2026-06/1", "2026-06-01", "2026-06-30")]),
        ("2026-Q1", "2025-07-01/2026-06-30", [("priority-2026-Q1-排查/E1/2026-Q1/1", "2026-01-01", "2026-03-31")]),
        ("2026-M06", "2026", [("priority-2026-06-排查/E1/2026-06/1", "2026-06-01", "2026-06-30")]),
        (
            "Q1",
            "2025-03-03/2026-01-09",
            [
                ("priority-2025-Q1-排查/E1/2025-Q1/1", "2025-03-03", "2025-03-31"),
                ("priority-2026-Q1-排查/E1/2026-Q1/1", "2026-01-01", "2026-01-09"),
            ],
        ),
        ("Q4", "2026-01-01/2026-06-30", []),
    ],
    ids=[
        "a quarter",
        "a month",
        "a quarter with its year",
        "a month with its year",
        "without a year each such unit that has a day in the period",
        "a unit outside the period owes nothing",
    ],
)
def test_a_key_is_the_window(key: str, period: str, expected: list[tuple[str, str, str]]) -> None:
    assert owed(plan(key, period)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"window": "2026-02-25/2026-03-13"}, ["priority-2026-Q1-排查/E1/2026-02-25..2026-03-13/1"]),
        ({"window": "2026-02-25/2026-03-13", "visits": 2}, [
            "priority-2026-Q1-排查/E1/2026-02-25..2026-03-13/1",
            "priority-2026-Q1-排查/E1/2026-02-25..2026-03-13/2",
        ]),
        ({"window": "flood", "seasons": {"flood": "2026-02-15/2026-09-30"}},
         ["priority-2026-Q1-排查/E1/flood@2026-02-15/1"]),
        ({"window": "term", "seasons": {"term": ["2026-03-02/2026-03-20", "2026-09-01/2027-01-20"]}},
         ["priority-2026-Q1-排查/E1/term@2026-03-02/1"]),
        ({"visits": "1 per month"}, [f"priority-2026-Q1-排查/E1/2026-0{m}/1" for m in (1, 2, 3)]),
        ({"visits": "1 per month", "window": "2026-01-26/2026-03-20"},
         [f"priority-2026-Q1-排查/E1/2026-0{m}/1" for m in (2, 3)]),
        ({"id": "spring", "visits": 1}, ["spring/E1/2026-Q1/1"]),
        ({"window": "2026-02-21/2026-02-22", "days": "weekends"},
         ["priority-2026-Q1-排查/E1/2026-02-21..2026-02-22/1"]),
        ({"window": "2025-12-01/2025-12-31"}, []),
    ],
    ids=[
        "a window of its own", "a number of visits in it", "a season by its name",
        "a season of several spans means so many in all", "so many a month, in the quarter's months",
        "a month that the window cuts owes its share of the days", "an id of its own",
        "a window without a day that the rule allows is owed", "a window before the period owes nothing",
    ],
)  # fmt: skip
def test_a_rule_may_have_a_window_and_units_of_its_own(more: dict[str, Any], expected: list[str]) -> None:
    assert ids(plan("Q1", **more)) == expected


def test_class_and_grid_are_those_of_the_first_day_of_the_window_on_which_the_enterprise_is_active() -> None:
    dated = [{"from": "2026-01-01", "class": "A"}, {"from": "2026-04-10", "class": "B"}]
    parts = {
        "period": "2026",
        "classes": {"A": {"visits": "1 per year"}, "B": {"visits": "1 per year"}},
        "enterprises": [firm(1, dated), firm(2, dated, active={"from": "2026-04-20"}), firm(3, "B")],
        "priorities": {"Q2": [{"name": "排查", "where": {"class": "B"}, "visits": 1}]},
    }
    assert ids(parts) == ["priority-2026-Q2-排查/E2/2026-Q2/1", "priority-2026-Q2-排查/E3/2026-Q2/1"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param({"share": "50%"}, ["E2", "E4"], id="a share takes the first in risk order"),
        pytest.param({"pick": {"count": 1}}, ["E4"], id="a pick takes so many"),
        pytest.param({"pick": {"at_least": 1, "per": "grid"}}, ["E2", "E4"], id="so many of each grid"),
        pytest.param(
            {"share": "50%", "visits": "1 per month"}, ["E2", "E2", "E2", "E4", "E4", "E4"], id="settled once"
        ),
    ],
)
def test_a_share_or_a_pick_takes_some_of_the_pool(words: dict[str, Any], expected: list[str]) -> None:
    grids = ["town", "east", "town", "east"]
    firms = [firm(n, risk=risk, grid=grid) for n, risk, grid in zip((1, 2, 3, 4), (1, 8, 2, 9), grids, strict=True)]
    firms[1]["grid"] = "town"
    parts = plan("Q1", **words) | {
        "enterprises": firms,
        "grids": [{"id": "town", "name": "镇"}, {"id": "east", "name": "东村", "parent": "town"}],
    }
    assert [id_.split("/")[1] for id_ in ids(parts)] == expected
