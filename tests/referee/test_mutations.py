"""The checker accepts a good schedule and catches every planted bug."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .activity_mutations import ACTIVITY_MUTATIONS
from .checker import check
from .dated_mutations import DATED_MUTATIONS
from .mutations import ROSTER_MUTATIONS, Mutation
from .naive import naive_schedule
from .owed import owed
from .paper_mutations import PAPER_MUTATIONS
from .plans import random_plan, without, write_plan
from .read import read_plan
from .violation import Case

MUTATIONS = ROSTER_MUTATIONS + PAPER_MUTATIONS + ACTIVITY_MUTATIONS + DATED_MUTATIONS

TOWN: dict[str, Any] = {
    "safeplan": 1,
    "name": "引水镇2026年计划",
    "period": "2026-03-01/2026-05-31",
    "defaults": {"family": "inspection", "minutes": 60},
    "calendar": {"days_off": ["2026-03-18"]},
    "travel": {"minutes": 15},
    "teams": [{"id": "north", "name": "北队", "max_crews": 1}, {"id": "south", "name": "南队"}],
    "grids": [
        {"id": "town", "name": "引水镇", "level": "镇", "roles": {"lead": "zhang"}},
        {"id": "bei", "name": "北村", "level": "村", "parent": "town",
         "roles": {"lead": {"officer": "qian", "from": "2026-04-01"}}},
        {"id": "nan", "name": "南村", "level": "村", "parent": "town"},
    ],
    "officers": [
        {"id": "zhang", "name": "张"},
        {"id": "qian", "name": "钱"},
        {"id": "wang", "name": "王", "grids": ["bei"], "teams": ["north"], "certificate": "1", "skills": ["hazmat"],
         "senior": True, "leave": ["2026-03-10/2026-03-12", "monday am"]},
        {"id": "li", "name": "李", "grids": ["bei"], "teams": ["north"], "certificate": "2", "avoids": ["E03"]},
        {"id": "hu", "name": "胡", "grids": ["bei"], "teams": ["north"],
         "certificate": {"number": "3", "expires": "2026-03-20"}},
        {"id": "bai", "name": "白", "grids": ["bei"], "teams": ["north"], "certificate": "6"},
        {"id": "sun", "name": "孙", "grids": ["nan"], "teams": ["south"], "certificate": "4", "visits_per_day": 2},
        {"id": "zhou", "name": "周", "grids": ["nan"], "teams": ["south"], "certificate": "5", "minutes_per_day": 240},
        {"id": "wu", "name": "吴", "grids": ["nan"], "teams": ["south"]},
    ],
    "classes": {
        "A": {"label": "A类", "visits": "2 per month", "min_gap": "10 days"},
        "B": {"label": "B类", "visits": "1 per quarter", "skills": ["hazmat"], "minutes": 120},
        "C": {"label": "C类", "visits": "1 per month", "family": "patrol"},
        "D": {"label": "D类", "visits": "1 per month", "skills": ["diving"], "family": "patrol"},
    },
    "caps": [{"name": "重点", "where": {"tags": "high-risk"}, "per_year": 3, "except": ["complaint"]}],
    "limits": {"per_week": 1},
    "others_visits": [{"enterprise": "E01", "day": "2026-04-14", "body": "县局", "family": "inspection"}],
    "patrols": [{"name": "村巡查", "grids": {"level": "村"}, "visits": "2 per month", "min_gap": "7 days",
                 "by": "lead"}],
    "pins": [
        {"enterprise": "E04", "day": "2026-03-14", "officers": ["sun", "zhou"], "cause": "complaint"},
        {"enterprise": "E05", "window": "2026-04-13/2026-04-17", "officers": ["wu"], "family": "patrol"},
        {"enterprise": "E02", "except": ["bai"]},
        {"enterprise": "E07", "with": ["wu"]},
    ],
    "activities": [
        {"name": "例会", "kind": "meeting", "every": "month", "day": "2nd workday", "owner": "zhang"},
        {"name": "责任书", "kind": "letter", "each": {"grids": {"level": "村"}}, "due": "2026-04-30", "owner": "lead"},
        {"name": "培训", "kind": "training", "each": {"where": {"class": "A"}}, "times": "2 per quarter",
         "owner": "qian"},
        {"name": "值班", "kind": "duty", "days": "holidays", "people": 1, "owner": ["zhang", "qian"]},
    ],
    "enterprises": [
        {"id": "E01", "name": "甲", "class": "A", "grid": "bei"},
        {"id": "E02", "name": "乙", "class": "A", "grid": "bei", "closed": ["2026-03-02/2026-03-06", "friday"]},
        {"id": "E03", "name": "丙", "class": "B", "grid": "bei", "last_visit": "2026-02-20"},
        {"id": "E04", "name": "丁", "class": "A", "grid": "nan", "tags": ["high-risk"]},
        {"id": "E05", "name": "戊", "class": "C", "grid": "nan"},
        {"id": "E06", "name": "己", "class": "A", "grid": "nan", "last_visit": "2026-02-25"},
        {"id": "E07", "name": "庚", "class": "C", "grid": "nan", "active": {"from": "2026-03-16"}},
        {"id": "E08", "name": "辛", "grid": "bei",
         "class": [{"from": "2026-01-01", "class": "C"}, {"from": "2026-04-20", "class": "B"}]},
        {"id": "E09", "name": "壬", "class": "D", "grid": "nan"},
        {"id": "E10", "name": "癸", "class": "B", "grid": "bei"},
    ],
}  # fmt: skip

SPRING: dict[str, Any] = {
    "safeplan": 1,
    "name": "引水镇春夏重点",
    "period": "2026-04-01/2026-06-30",
    "defaults": {"family": "patrol", "minutes": 60},
    "seasons": {"wet": ["2026-04-06/2026-04-17", "2026-05-18/2026-05-29"]},
    "events": [{"name": "会", "day": "2026-05-20"}, {"kind": "banquet", "grid": "bei", "day": "2026-05-08"},
               {"kind": "registered", "enterprise": "E02", "day": "2026-04-10"}],
    "grids": [{"id": "town", "name": "引水镇", "level": "镇", "roles": {"lead": "zhang"}},
              {"id": "bei", "name": "北村", "level": "村", "parent": "town"},
              {"id": "nan", "name": "南村", "level": "村", "parent": "town"}],
    "officers": [{"id": "zhang", "name": "张", "grids": ["town"]},
                 *({"id": f"o{i}", "name": f"员{i}", "grids": ["town"], "certificate": str(i)} for i in range(4))],
    "classes": {"A": {"label": "A类", "visits": "1 per month"}, "B": {"label": "B类", "visits": "1 per quarter"}},
    "priorities": {
        "Q2": [{"name": "排查", "visits": 1, "window": "2026-04-13/2026-04-24", "where": {"sector": "fire"},
                "family": "inspection"},
               {"name": "防汛", "visits": 2, "window": "wet", "where": {"tags": "high-risk"}, "separate": True},
               {"name": "值守", "visits": 1, "days": "holidays", "family": "supervision", "by": "lead",
                "where": {"class": "B"}}],
        "M06": [{"name": "月度", "visits": "1 per 2 weeks", "where": {"class": "B"}}],
    },
    "campaigns": [
        {"name": "整治", "visits": 1, "pick": {"count": 1, "per": "村"},
         "phases": [{"name": "一", "from": "2026-04-13", "to": "2026-04-24"},
                    {"name": "二", "from": "2026-05-06", "until": "会", "family": "supervision", "by": "lead"},
                    {"name": "三", "from": "2026-06-29", "to": "2026-07-20", "skills": ["diving"]}]},
    ],
    "holidays": [
        {"name": "节前", "before": ["labour-day"], "within": "5 workdays", "visits": 1, "where": {"sector": "fire"}},
        {"name": "节中", "during": ["labour-day", "dragon-boat"], "days": "holidays", "visits": 1, "by": "lead",
         "family": "supervision", "where": {"tags": "high-risk"}},
    ],
    "triggers": [{"name": "宴席", "event": "banquet", "within": "2 workdays"},
                 {"name": "首查", "event": "registered", "within": "5 workdays", "family": "inspection"}],
    "enterprises": [
        {"id": "E01", "name": "甲", "class": "A", "grid": "bei", "sector": "fire", "tags": ["high-risk"], "risk": "9"},
        {"id": "E02", "name": "乙", "class": "B", "grid": "bei", "sector": "fire"},
        {"id": "E03", "name": "丙", "class": "A", "grid": "nan", "sector": "gas", "tags": ["high-risk"], "risk": "5"},
        {"id": "E04", "name": "丁", "class": "B", "grid": "nan", "sector": "fire", "last_visit": "2026-03-01"},
    ],
}  # fmt: skip

SHORT: dict[str, Any] = {
    "safeplan": 1,
    "name": "人手不足",
    "period": "2026-03-02/2026-03-08",
    "defaults": {"family": "patrol", "minutes": 60},
    "officers": [{"id": "wang", "name": "王", "visits_per_day": 2, "leave": ["2026-03-04"]}],
    "classes": {"A": {"label": "A类", "visits": "1 per week"}},
    "enterprises": [{"id": f"E{i:02}", "name": f"企业{i}", "class": "A"} for i in range(10)],
}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Case]]:
    """Good schedules in which every mutation finds something to break."""
    return [_case(tmp_path_factory.mktemp("plan"), plan, naive_schedule) for plan in (TOWN, SHORT, SPRING)]


def _case(folder: Path, raw: dict[str, Any], schedule: Callable[[Path], dict[str, Any]]) -> tuple[Path, Case]:
    path = write_plan(folder, raw)
    plan = read_plan(path)
    return path, Case(plan, owed(plan), schedule(path))


def test_the_checker_accepts_good_schedules(cases: list[tuple[Path, Case]]) -> None:
    for path, case in cases:
        assert check(path, case.schedule) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[m.name for m in MUTATIONS])
def test_every_planted_bug_is_caught_by_the_rule_it_breaks(mutation: Mutation, cases: list[tuple[Path, Case]]) -> None:
    caught = []
    for path, case in cases:
        good = json.dumps(case.schedule)
        broken = mutation.make(case)
        assert json.dumps(case.schedule) == good, "a mutation works on a copy"
        if broken is not None:
            assert broken != case.schedule
            caught.append({violation.rule for violation in check(path, broken)})
    assert caught, "no good schedule gives it anything to break"
    assert all(mutation.breaks & rules for rules in caught), caught


def test_mutations_have_distinct_names_and_are_many() -> None:
    assert len({m.name for m in MUTATIONS}) == len(MUTATIONS) >= 60


@pytest.mark.parametrize("chunk", range(4))
def test_naive_schedules_of_random_plans_are_accepted_and_their_mutations_caught(chunk: int, tmp_path: Path) -> None:
    rng = random.Random(chunk)
    for i in range(6):
        # The naive scheduler draws no officers and fills no quotas; `test_draws` has mutations of theirs.
        plain = without(without(random_plan(rng), "spot-checks"), "quotas")
        path, case = _case(tmp_path / str(i), plain, naive_schedule)
        assert check(path, case.schedule) == []
        if not case.visits:
            continue
        for mutation in MUTATIONS:
            broken = mutation.make(case)
            assert broken is None or check(path, broken), f"{mutation.name} of plan {i}"
