"""The example county: work safety and food safety in one plan, on two levels of grid, made by a script to the byte."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import safeplan
from safeplan.core.choice import Choice
from safeplan.output.json import render_json
from safeplan.plan.plan import Plan
from safeplan.reading.plan import read_plan

ROOT = Path(__file__).parents[2]
PLANS = ROOT / "examples" / "plans"
TABLES = ("county-enterprises.csv", "county-grids.csv", "county-people.csv")


@cache
def plan() -> Plan:
    found = read_plan(PLANS / "county.yaml")
    assert found.diagnostics == ()
    assert found.plan is not None
    return found.plan


@cache
def roster() -> Mapping[str, Any]:
    made = safeplan.schedule(plan(), today=plan().first)
    return json.loads(render_json(made, Choice(with_surprise=True)))  # type: ignore[no-any-return]


def test_the_script_makes_the_committed_tables_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "examples" / "generate_county.py", tmp_path], check=True)
    for name in TABLES:
        assert (tmp_path / name).read_bytes() == (PLANS / name).read_bytes(), name
    assert sum((PLANS / name).stat().st_size for name in TABLES) < 400_000


def test_the_county_has_towns_and_villages_and_more_than_two_thousand_enterprises_of_both_lines() -> None:
    grids = {one.id: one for one in plan().file.grids}
    towns = [one for one in grids.values() if one.level == "镇"]
    villages = [one for one in grids.values() if one.level == "村"]
    assert {one.parent for one in towns} == {"hechuan"}
    assert {one.parent for one in villages} == {one.id for one in towns}
    assert (len(towns), len(villages)) == (8, 96)
    assert len(plan().enterprises) >= 2000
    assert plan().enterprises["id"].n_unique() == plan().enterprises["name"].n_unique() == len(plan().enterprises)


@pytest.mark.parametrize(("line", "least"), [("class-安", 2800), ("class-食", 2600)])
def test_both_lines_are_visited_all_year(line: str, least: int) -> None:
    days = [
        one["date"] for one in roster()["visits"] if any(served["rule"].startswith(line) for served in one["serves"])
    ]
    assert len(days) >= least
    assert {day[:7] for day in days} == {f"2026-{month:02d}" for month in range(1, 13)}


def test_what_serves_both_lines_is_one_visit() -> None:
    families = ("class-食", "campaign-高危企业行政检查", "holiday-", "priority-")
    both = [one for one in roster()["visits"] if sum(_serves(one, rule) for rule in families) > 1]
    assert len(both) >= 300


def _serves(visit: Mapping[str, Any], rule: str) -> bool:
    return any(one["rule"].startswith(rule) for one in visit["serves"])


def test_only_what_a_town_short_of_people_cannot_do_is_unplaced_and_that_is_proved() -> None:
    unplaced = roster()["unplaced"]
    assert [one["obligation"] for one in unplaced] == [
        "class-安A/HC2348/2026-04/1",
        "class-安A/HC2348/2026-05/1",
    ]
    for one in unplaced:
        assert one["code"] == "officers"
        assert one["proof"]["possible"] == 0
        assert one["proof"]["owed"] == one["proof"]["least"] == 1
        assert set(one["proof"]["officers"]) == {"t8-a1", "t8-a2", "t8-a3"}
    assert roster()["warnings"] == []
