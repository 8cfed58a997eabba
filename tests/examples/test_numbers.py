"""The numbers that the texts P1 to P8 state (domain list B4), counted in what their example plans bring."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import safeplan
from safeplan.core.choice import Choice
from safeplan.output.json import render_json
from safeplan.plan.plan import Plan
from safeplan.plan.selection import selected
from safeplan.reading.plan import read_plan
from safeplan.terms.duration import Duration

PLANS = Path(__file__).parents[2] / "examples" / "plans"
STREET, FOUR_QUARTERS = "street.yaml", "town-annual-four-quarters.yaml"
CALENDAR, SECURITY = "company-calendar.yaml", "company-security-quarter.yaml"
GRIDS, LEVELS, FOOD = "food-safety-grid.yaml", "standardisation-three-years.yaml", "street-food-plan.yaml"
ANNOUNCED = {
    STREET: [],
    "town-food-rectification.yaml": [],
    FOUR_QUARTERS: ["placeholder", "provisional-year"],
    CALENDAR: [],
    SECURITY: [],
    GRIDS: ["provisional-year"],
    LEVELS: ["placeholder", "provisional-year", "provisional-year", "target-without-figure"],
    FOOD: [],
}
"""The warnings that each plan exists to show, and no others."""


@cache
def plan(name: str) -> Plan:
    found = read_plan(PLANS / name)
    assert found.plan is not None, [(one.code, dict(one.values)) for one in found.diagnostics]
    return found.plan


@cache
def roster(name: str) -> Mapping[str, Any]:
    made = safeplan.schedule(plan(name), today=plan(name).first)
    return json.loads(render_json(made, Choice(with_surprise=True)))  # type: ignore[no-any-return]


def rows(name: str) -> list[dict[str, str]]:
    """Read the register beside a plan, as a spreadsheet would."""
    table = PLANS / {STREET: "street-enterprises.csv"}.get(name, Path(name).with_suffix(".csv").name)
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def visits(name: str, rule: str) -> list[tuple[date, str]]:
    """Give day and subject of every visit that serves a rule whose id begins so."""
    return [
        (date.fromisoformat(one["date"]), one["enterprise"] or one["grid"])
        for one in roster(name)["visits"]
        if any(served["rule"].startswith(rule) for served in one["serves"])
    ]


def dues(name: str, rule: str) -> list[date]:
    """Give the due days of every activity whose rule's id begins so."""
    return [date.fromisoformat(one["due"]) for one in roster(name)["activities"] if one["rule"].startswith(rule)]


def quarter(day: date) -> int:
    return (day.month + 2) // 3


@pytest.mark.parametrize("name", ANNOUNCED)
def test_everything_is_placed_with_no_warning_but_those_the_plan_exists_to_show(name: str) -> None:
    made = roster(name)
    assert made["unplaced"] == []
    assert made["carried_over"] == []
    assert sorted(one["code"] for one in made["warnings"]) == ANNOUNCED[name]


@pytest.mark.parametrize(
    ("class_", "months"),
    [
        pytest.param("A", 1, id="A monthly"),
        pytest.param("B", 3, id="B quarterly"),
        pytest.param("C", 6, id="C half-yearly"),
    ],
)
def test_of_p1_a_class_is_visited_once_in_each_of_its_units(class_: str, months: int) -> None:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for day, subject in visits(STREET, f"class-{class_}"):
        found[subject].append((day.month - 1) // months)
    spelt = {"A": "A a类 甲", "B": "B b类 B类", "C": "C c C类"}[class_].split()
    ordinary = {
        row["企业编号"]: row["状态"] == "在营"
        for row in rows(STREET)
        if row["管理分类"] in spelt and "重大危险源" not in row["标签"]
    }
    assert len(ordinary) > 20
    for id_, is_open in ordinary.items():
        assert found.get(id_, []) == (list(range(12 // months)) if is_open else []), id_


@pytest.mark.parametrize("month", range(1, 13))
def test_of_p1_the_team_reaches_a_hundred_enterprises_in_each_month(month: int) -> None:
    team = {one.id for one in plan(STREET).file.officers if "xuncha" in one.teams}
    reached = {
        one["enterprise"]
        for one in roster(STREET)["visits"]
        if date.fromisoformat(one["date"]).month == month and one["enterprise"] and set(one["officers"]) <= team
    }
    assert len(reached) >= 100


def test_of_p1_two_units_of_key_hazard_are_worked_on_three_times() -> None:
    found = Counter(subject for _, subject in visits(STREET, "campaign-重点安全隐患单位整治"))
    assert sorted(found.values()) == [3, 3]


@pytest.mark.parametrize(
    ("name", "rule"), [(FOUR_QUARTERS, "activity-安全生产例会"), (FOOD, "activity-食品安全工作会议")], ids=["P3", "P8"]
)
def test_there_is_a_meeting_in_each_quarter(name: str, rule: str) -> None:
    assert [quarter(day) for day in dues(name, rule)] == [1, 2, 3, 4]


def test_of_p3_the_quarters_have_four_three_three_and_four_foci_each_within_its_quarter() -> None:
    foci: defaultdict[int, set[str]] = defaultdict(set)
    for one in roster(FOUR_QUARTERS)["visits"]:
        for served in one["serves"]:
            if served["kind"] == "priority":
                of, day = int(served["rule"].split("-Q")[1][0]), date.fromisoformat(one["date"])
                assert quarter(day) == of
                foci[of].add(served["name"])
    assert {of: len(names) for of, names in foci.items()} == {1: 4, 2: 3, 3: 3, 4: 4}


def test_of_p3_all_mines_and_only_they_are_to_be_standardised() -> None:
    found = plan(FOUR_QUARTERS)
    (target,) = [one for one in found.file.targets if one.name == "非煤矿山标准化达标"]
    assert (str(target.at_least), target.level, target.due) == ("100%", 3, date(2026, 12, 31))
    chosen = found.enterprises.filter(selected(found, target.where, found.first))["id"].to_list()
    mines = [row["企业编号"] for row in rows(FOUR_QUARTERS) if row["行业类别"] == "非煤矿山"]
    assert sorted(chosen) == sorted([*mines, "SM0101"])


@pytest.mark.parametrize(
    ("name", "months"),
    [(CALENDAR, range(4, 13)), (SECURITY, range(1, 4))],
    ids=["P4 April-December", "P5 January-March"],
)
def test_a_calendar_has_work_in_each_of_its_months(name: str, months: range) -> None:
    own = {date.fromisoformat(one["due"]).month for one in roster(name)["activities"] if "例会" not in one["name"]}
    served = [one for row in roster(name)["visits"] for one in row["serves"]]
    of_one_month = {int(one["from"][5:7]) for one in served if one["from"][:7] == one["to"][:7]}
    assert set(months) <= own | of_one_month


def test_of_p4_nothing_is_planned_outside_april_to_december() -> None:
    days = [date.fromisoformat(one["date"]) for one in roster(CALENDAR)["visits"]]
    assert (min(days) >= date(2026, 4, 1), max(days) <= date(2026, 12, 31)) == (True, True)


@pytest.mark.parametrize(
    ("rule", "expected"), [("保安班前例会", 248), ("保安周例会", 52), ("保安月例会", 12), ("保安季度例会", 4)],
    ids=["every working day of 2026", "every week", "every month", "every quarter"],
)  # fmt: skip
def test_of_p5_the_guards_meet(rule: str, expected: int) -> None:
    assert len(dues(SECURITY, f"activity-{rule}")) == expected


def test_of_p5_every_hazard_is_to_be_mended() -> None:
    (target,) = [one for one in plan(SECURITY).file.targets if one.measure == "rectification-rate"]
    assert str(target.at_least) == "100%"


@pytest.mark.parametrize(
    ("level", "roles"),
    [
        pytest.param("一级网格", {"lead": 1, "coordinator": 1}, id="1 + 1 in a village"),
        pytest.param(
            "二级网格", {"lead": 1, "manager": 1, "supervisor": 1, "publicist": 1}, id="3 roles and a publicist"
        ),
    ],
)
def test_of_p6_every_grid_of_a_level_has_its_people(level: str, roles: Mapping[str, int]) -> None:
    file = plan(GRIDS).file
    (line,) = [one for one in file.staffing if one.level == level]
    assert dict(line.roles) == roles
    grids = [one for one in file.grids if one.level == level]
    assert len(grids) == {"一级网格": 5, "二级网格": 1}[level]
    assert all(len(grid.roles[role]) >= n for grid in grids for role, n in roles.items())


@pytest.mark.parametrize(
    ("phase", "first", "last"),
    [
        ("组织实施", date(2026, 11, 1), date(2026, 11, 30)),
        ("完善提高", date(2026, 12, 1), date(2027, 1, 31)),
    ],
)
def test_of_p6_the_visits_of_a_phase_lie_in_its_days(phase: str, first: date, last: date) -> None:
    rule = f"campaign-食品安全网格化监管-{phase}"
    served = [one for row in roster(GRIDS)["visits"] for one in row["serves"] if one["rule"] == rule]
    assert {(one["from"], one["to"]) for one in served} == {(first.isoformat(), last.isoformat())}
    assert all(first <= day <= last for day, _ in visits(GRIDS, rule))
    pool = len(rows(GRIDS)) + 1
    assert len(served) == (pool if phase == "组织实施" else -(-pool * 30 // 100))


def test_of_p6_the_first_phase_is_a_meeting_from_25_to_31_october() -> None:
    (found,) = [one for one in roster(GRIDS)["activities"] if one["rule"] == "activity-食品安全网格化监管-宣传发动"]
    assert found["from"] == "2026-10-25"
    assert found["due"] == "2026-10-30"  # the last working day up to the 31st, a Saturday


def test_of_p7_the_programme_has_four_phases_in_three_years_and_the_last_three_reach_everybody_once() -> None:
    (campaign,) = plan(LEVELS).file.campaigns
    assert [phase.name for phase in campaign.phases] == ["宣传发动", "推广实施", "推进和巩固提高", "全面达标"]
    assert {day.year for phase in campaign.phases for day in (phase.from_, phase.to) if day} == {2026, 2027, 2028}
    everybody = Counter(row["企业编号"] for row in rows(LEVELS))
    for phase in campaign.phases[1:]:
        assert Counter(id_ for _, id_ in visits(LEVELS, f"campaign-标准化三年创建-{phase.name}")) == everybody


@pytest.mark.parametrize(
    ("name", "goal", "level", "year", "pool"),
    [
        ("企业开展创建活动", "100%", None, 2026, None),
        ("高危行业全部达到最低等级", "100%", 3, 2026, 9),
        ("高危行业一成达到二级", "10%", 2, 2026, 9),
        ("其他行业规模以上企业一成达标", "10%", 3, 2026, 12),
        ("规模以上企业全部达标（第二年）", "100%", 3, 2027, 13),
        ("两家达到二级", "2", 2, 2027, 2),
        ("规模以上企业全部达标（第三年）", "100%", 3, 2028, 13),
        ("两家达到一级", "2", 1, 2028, 2),
        ("四家达到二级", "None", 2, 2028, 4),
    ],
)
def test_of_p7_a_target_has_its_figure_level_year_and_enterprises(
    name: str, goal: str, level: int | None, year: int, pool: int | None
) -> None:
    found = plan(LEVELS)
    (target,) = [one for one in found.file.targets if one.name == name]
    assert (str(target.at_least), target.level, target.due) == (goal, level, date(year, 12, 31))
    if pool is not None:
        assert int(selected(found, target.where, found.first).sum()) == pool


def test_of_p8_something_is_checked_jointly_in_each_quarter() -> None:
    joint = [date.fromisoformat(one["date"]) for one in roster(FOOD)["visits"] if one["family"] == "joint"]
    assert {quarter(day) for day in joint} == {1, 2, 3, 4}


def test_of_p3_permits_are_told_of_sixty_days_before_they_end() -> None:
    assert plan(FOUR_QUARTERS).file.permit_reminder == Duration.parse("60 days")
