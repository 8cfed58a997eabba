"""Carriers, leaders and what a crew's day holds, by hand from rules.md (Who)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from .owed import owed
from .plan import Plan
from .plans import write_plan
from .read import read_plan
from .who import carrier, crew_minutes, leads_before, role_holders

DAY = dt.date(2026, 3, 2)  # a Monday


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    raw = {
        "period": "2026-03-01/2026-03-31",
        "teams": [{"id": "brigade"}],
        "grids": [
            {"id": "town", "roles": {"lead": "zhang"}},
            {"id": "bei", "parent": "town", "roles": {"lead": {"officer": "chen", "from": "2026-03-10"}}},
            {"id": "other"},
        ],
        "officers": [
            {"id": "zhang"},
            {"id": "chen", "grids": ["bei", "other"], "minutes_per_day": 300, "leave": ["monday am"]},
            {"id": "li", "grids": ["town"], "teams": ["brigade"], "leave": ["monday pm"], "visits_per_day": 5},
            {"id": "wang", "teams": ["brigade"], "certificate": "1"},
            {"id": "an", "teams": ["brigade"]},
        ],
        "classes": {"A": {"visits": "1 per month"}},
        "enterprises": [{"id": "E1", "class": "A", "grid": "bei"}, {"id": "E2", "class": "A", "grid": "other"}],
    }
    return read_plan(write_plan(tmp_path, raw))


@pytest.mark.parametrize(
    ("enterprise", "officers"),
    [("E1", {"li", "wang", "an"}), ("E2", {"chen"})],
    ids=["the team that covers the grid, its members without grids too", "nobody's team: who serves the grid"],
)
def test_without_by_the_covering_team_carries(plan: Plan, enterprise: str, officers: set[str]) -> None:
    (found,) = [o for o in owed(plan).values() if o.enterprise == enterprise]
    assert carrier(plan, found, DAY) == officers


@pytest.mark.parametrize(
    ("day", "holder"), [(9, "zhang"), (10, "chen")], ids=["nearest grid above", "its own, from that day"]
)
def test_a_role_is_that_of_the_nearest_grid_with_a_holder(plan: Plan, day: int, holder: str) -> None:
    assert role_holders(plan, "lead", "bei", dt.date(2026, 3, day)) == {holder}


@pytest.mark.parametrize(
    ("crew", "held"),
    [
        (["wang", "an"], (360, None)),
        (["li", "wang"], (180, 2)),
        (["chen", "wang"], (150, None)),
        (["li", "chen"], (0, 0)),
    ],
    ids=["the default", "half a day, visits rounded down", "the least member's half", "never there together"],
)
def test_a_crew_holds_what_its_least_member_does_in_common_halves(plan: Plan, crew: list[str], held: tuple) -> None:
    assert crew_minutes(plan, crew, DAY) == held


def test_a_certified_one_leads_before_a_smaller_id(plan: Plan) -> None:
    assert min(["an", "wang"], key=lambda m: leads_before(plan, m, DAY)) == "wang"
