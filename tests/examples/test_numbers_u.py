"""The numbers that the texts U1 to U4 state, counted in what their example plans bring."""

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

PLANS = Path(__file__).parents[2] / "examples" / "plans"
ANNOUNCED = {
    "changshan-school-food.yaml": ["placeholder", "provisional-year"],
    "longsheng-food.yaml": ["provisional-year"],
    "town-food-thirteen-items.yaml": [],
    "yueqing-food.yaml": ["provisional-year"],
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


def visits(name: str, rule: str) -> list[tuple[date, str, Mapping[str, Any]]]:
    """Give day, subject and visit of all that serves the rules whose id begins so."""
    return [
        (date.fromisoformat(one["date"]), one["enterprise"] or one["grid"], one)
        for one in roster(name)["visits"]
        if any(served["rule"].startswith(rule) for served in one["serves"])
    ]


def activities(name: str, rule: str) -> list[Mapping[str, Any]]:
    return [one for one in roster(name)["activities"] if one["rule"].startswith(rule)]


@pytest.mark.parametrize("name", ANNOUNCED)
def test_everything_is_placed_with_no_warning_but_those_the_plan_exists_to_show(name: str) -> None:
    assert roster(name)["unplaced"] == []
    assert sorted(one["code"] for one in roster(name)["warnings"]) == ANNOUNCED[name]
    assert sorted(one.code for one in read_plan(PLANS / name).diagnostics) == ANNOUNCED[name]


def test_each_village_is_patrolled_twice_a_month_or_more_and_a_week_apart() -> None:
    days: dict[str, list[date]] = defaultdict(list)
    for day, village, _ in visits("yueqing-food.yaml", "patrol-无证无照经营户和小作坊巡查"):
        days[village].append(day)
    assert len(days) == 8
    for found in days.values():
        assert min(Counter(day.month for day in found).values()) >= 2
        assert {day.month for day in found} == set(range(1, 13))
        assert all((b - a).days >= 7 for a, b in zip(sorted(found), sorted(found)[1:], strict=False))


def test_a_joint_inspection_of_four_bodies_is_made_in_every_quarter() -> None:
    found = visits("yueqing-food.yaml", "patrol-季度联合检查")
    assert {(day.month + 2) // 3 for day, _, _ in found} == {1, 2, 3, 4}
    assert all(one["family"] == "joint" and len(one["officers"]) >= 4 for _, _, one in found)


@pytest.mark.parametrize(
    ("holiday", "first"),
    [
        ("spring-festival-2026", date(2026, 2, 15)),
        ("qingming-2026", date(2026, 4, 4)),
        ("labour-day-2026", date(2026, 5, 1)),
        ("dragon-boat-2026", date(2026, 6, 19)),
        ("mid-autumn-2026", date(2026, 9, 25)),
        ("national-day-2026", date(2026, 10, 1)),
        ("new-year-2027", date(2027, 1, 1)),
    ],
)
def test_before_every_major_holiday_the_shops_of_the_season_are_looked_at(holiday: str, first: date) -> None:
    found = [
        day
        for day, _, one in visits("yueqing-food.yaml", "holiday-节前食品安全检查")
        if any(f"/{holiday}/" in served["obligation"] for served in one["serves"])
    ]
    assert len(found) == 9
    assert all(0 < (first - day).days <= 20 for day in found)


def test_somebody_is_on_duty_on_each_of_the_33_days_of_holidays() -> None:
    found = activities("yueqing-food.yaml", "activity-假日值班")
    assert len(found) == 33
    turns = Counter(owner for one in found for owner in one["owners"])
    assert len(turns) == 4
    assert max(turns.values()) - min(turns.values()) <= 1


@pytest.mark.parametrize("holiday", ["spring-festival-2026", "labour-day-2026", "national-day-2026", "new-year-2027"])
def test_the_markets_are_looked_at_before_each_of_the_four_holidays(holiday: str) -> None:
    found = [
        subject
        for _, subject, one in visits("longsheng-food.yaml", "holiday-主要节假日市场检查")
        if any(f"/{holiday}/" in served["obligation"] for served in one["serves"])
    ]
    assert len(found) == len(set(found)) == 6


def test_eight_departments_go_out_together_before_holidays_and_the_towns_own_festival() -> None:
    departments = {"农业", "卫生", "质监", "工商", "贸易", "畜牧", "公安", "食药监"}
    skills = {one.id: set(one.skills) for one in plan("longsheng-food.yaml").file.officers}
    found = visits("longsheng-food.yaml", "holiday-联合执法大检查")
    for _, _, one in found:
        assert one["family"] == "joint"
        assert set.union(*(skills[officer] for officer in one["officers"])) >= departments
    windows = {served["obligation"].split("/")[2] for _, _, one in found for served in one["serves"]}
    assert {"spring-festival-2026", "labour-day-2026", "national-day-2026"} < windows
    assert any("桂花节" in window for window in windows)


@pytest.mark.parametrize("rule", ["activity-食品安全健康教育活动", "activity-食品安全教育活动信息上报"])
def test_each_school_has_two_activities_and_two_reports_in_each_term(rule: str) -> None:
    found = activities("changshan-school-food.yaml", rule)
    schools = {one.id for one in plan("changshan-school-food.yaml").file.grids if one.level == "学校"}
    in_term = Counter((one["grid"], one["id"].split("/")[2]) for one in found)
    assert {school for school, _ in in_term} == schools
    assert len(in_term) == 2 * len(schools) == 100
    assert set(in_term.values()) == {2}


def test_three_shops_26_schools_and_half_of_them_are_to_be_reached_by_the_end_of_the_year() -> None:
    targets = {one.name: one for one in plan("changshan-school-food.yaml").file.targets}
    goals = [str(targets[name].at_least) for name in ("校内连锁超市", "学校放心店", "放心店覆盖面")]
    assert goals == ["3", "26", "50%"]
    assert {one.due for one in targets.values()} == {date(2026, 12, 31)}


def test_every_school_has_a_principal_and_a_named_keeper() -> None:
    file = plan("changshan-school-food.yaml").file
    assert {"principal": 1, "keeper": 1} in [dict(one.roles) for one in file.staffing if one.level == "学校"]
    schools = [one for one in file.grids if one.level == "学校"]
    assert len(schools) == 50
    assert all(len(one.roles["principal"]) == len(one.roles["keeper"]) == 1 for one in schools)


def test_each_tableware_firm_is_sampled_in_every_quarter() -> None:
    found = visits("town-food-thirteen-items.yaml", "spot-check-餐饮具集中消毒抽检")
    quarters = Counter((subject, (day.month + 2) // 3) for day, subject, _ in found)
    assert len({subject for subject, _ in quarters}) == 2
    assert set(quarters.values()) == {1}
    assert len(quarters) == 8


@pytest.mark.parametrize(
    ("target", "goal"),
    [
        ("餐饮单位量化等级公示率", "90%"),
        ("阳光厨房建设率", "45%"),
        ("公办学校食堂AB等级覆盖率", "90%"),
        ("不合格食用农产品处置率", "100%"),
        ("30亩以上主体纳入渔业系统", "100%"),
        ("初级水产品质量追溯点", "3"),
    ],
)
def test_the_figures_of_the_year_are_targets(target: str, goal: str) -> None:
    targets = {one.name: one for one in plan("town-food-thirteen-items.yaml").file.targets}
    assert str(targets[target].at_least) == goal


def test_fish_farms_of_thirty_mu_and_more_are_in_the_target_and_a_smaller_one_is_not() -> None:
    found = plan("town-food-thirteen-items.yaml")
    (target,) = [one for one in found.file.targets if one.name == "30亩以上主体纳入渔业系统"]
    chosen = found.enterprises.filter(selected(found, target.where, found.first))
    assert sorted(float(one) for one in chosen["亩数"]) == [30, 42, 86]


def test_an_enterprise_of_a_risky_product_is_visited_twice_as_often_as_others_of_its_class() -> None:
    times = Counter(subject for _, subject, _ in visits("town-food-thirteen-items.yaml", "class-"))
    with (PLANS / "town-food-thirteen-items-enterprises.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    risky = {"乳制品", "食用油", "酒类", "熟肉制品"}
    found = {(row["量化等级"] == "C", row["品种"] in risky, times[row["编号"]]) for row in rows}
    assert found == {(False, False, 2), (False, True, 4), (True, False, 4), (True, True, 8)}
