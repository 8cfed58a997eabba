"""Modifiers: the referee's arithmetic by hand, and every way of getting them wrong that it must catch."""

from __future__ import annotations

import copy
import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .checker import case_of, check
from .naive import naive_schedule
from .owed import owed
from .pipeline import schedule_json
from .plans import Raw, random_plan, write_plan
from .read import read_plan

TOWN: Raw = {
    "safeplan": 1,
    "name": "加密频次",
    "period": "2026-03-01/2026-06-30",
    "defaults": {"family": "patrol", "minutes": 60},
    "officers": [{"id": "wang", "name": "王"}, {"id": "li", "name": "李"}],
    "classes": {"A": {"label": "A类", "visits": "1 per month"}},
    "modifiers": [{"name": "未整改", "where": {"open_findings": ">= 1"}, "times": 2}],
    "events": [
        {"kind": "finding", "enterprise": "E1", "severity": "major", "day": "2026-03-12", "until": "2026-04-10"},
        {"kind": "finding", "enterprise": "E2", "severity": "general", "day": "2026-04-02"},
    ],
    "enterprises": [{"id": f"E{i}", "name": f"企业{i}", "class": "A"} for i in (1, 2, 3)],
}


def by_month(folder: Path, raw: Raw, enterprise: str, today: str | None = None) -> list[int]:
    """The visits that an enterprise owes in March, April, May and June."""
    plan = read_plan(write_plan(folder, raw))
    found = owed(plan, dt.date.fromisoformat(today) if today else None).values()
    return [sum(o.enterprise == enterprise and o.period == f"2026-{month:02}" for o in found) for month in (3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("enterprise", "today", "expected"),
    [
        ("E3", None, [1, 1, 1, 1]),
        ("E1", None, [2, 1, 1, 1]),
        ("E2", "2026-03-01", [1, 2, 2, 1]),
        ("E2", "2026-05-20", [1, 2, 2, 2]),
    ],
    ids=[
        "nothing found",
        "13 of 22 days twice, then 6 of 21",
        "open: to the end of the unit in which it begins and of the next",
        "open: to the end of today's unit and of the next",
    ],
)
def test_days_with_a_finding_weigh_twice(
    enterprise: str, today: str | None, expected: list[int], tmp_path: Path
) -> None:
    assert by_month(tmp_path, TOWN, enterprise, today) == expected


def test_each_part_of_a_unit_has_its_own_days(tmp_path: Path) -> None:
    plan = read_plan(write_plan(tmp_path, TOWN))
    march = [o for o in owed(plan).values() if o.enterprise == "E1" and o.period == "2026-03"]
    assert [(o.n, o.days[0].day, o.days[-1].day) for o in march] == [(1, 13, 31), (2, 13, 31)]


def _events(plan: Raw) -> None:
    plan["events"] = []


def _times(plan: Raw) -> None:
    plan["modifiers"][0]["times"] = 3


def _longer(plan: Raw) -> None:
    plan["events"][0]["until"] = "2026-05-31"


def _somebody_else(plan: Raw) -> None:
    plan["events"][0]["enterprise"] = "E3"


def _before_it_was_found(plan: Raw) -> None:
    plan["events"][0]["day"] = "2026-03-01"
    plan["events"][0]["until"] = "2026-03-12"


def _smallest_instead_of_largest(plan: Raw) -> None:
    plan["modifiers"][0]["times"] = 1


def _all_majors(plan: Raw) -> None:
    plan["modifiers"][0]["where"] = {"major_findings": ">= 1"}


@pytest.mark.parametrize(
    "wrong",
    [
        _events,
        _times,
        _longer,
        _somebody_else,
        _before_it_was_found,
        _smallest_instead_of_largest,
        _all_majors,
    ],
)
def test_a_schedule_that_reads_a_modifier_wrongly_is_caught(wrong: Callable[[Raw], None], tmp_path: Path) -> None:
    mistaken = copy.deepcopy(TOWN)
    wrong(mistaken)
    schedule = naive_schedule(write_plan(tmp_path / "wrong", mistaken))
    right = write_plan(tmp_path / "right", TOWN)
    assert {violation.rule for violation in check(right, schedule)} & {"lost", "invented", "day"}


def test_a_schedule_of_another_day_is_caught(tmp_path: Path) -> None:
    path = write_plan(tmp_path, TOWN)
    schedule = naive_schedule(path, dt.date(2026, 3, 1))
    assert check(path, schedule) == []
    assert {v.rule for v in check(path, schedule | {"generated_for": "2026-05-20"})} & {"lost"}


def test_a_visit_of_the_doubled_days_may_not_come_before_them(tmp_path: Path) -> None:
    path = write_plan(tmp_path, TOWN)
    schedule: dict[str, Any] = copy.deepcopy(naive_schedule(path))
    case = case_of(path, schedule)
    moved = next(v for v in schedule["visits"] if v["id"] == "class-A/E1/2026-03/1")
    assert moved["date"] >= "2026-03-13" and case.plan.modifiers
    moved["date"] = "2026-03-05"
    assert "day" in {violation.rule for violation in check(path, schedule)}


@pytest.mark.parametrize("chunk", range(4))
def test_the_core_keeps_modifiers_of_random_plans(chunk: int, tmp_path: Path) -> None:
    judged = 0
    for seed in range(100 * chunk, 100 * chunk + 30):
        raw = random_plan(random.Random(seed))
        if "modifiers" in raw:
            path = write_plan(tmp_path / str(seed), raw)
            today = read_plan(path).period.first + dt.timedelta(days=seed % 40)
            assert check(path, schedule_json(path, today), today=today) == [], seed
            judged += 1
    assert judged > 5
