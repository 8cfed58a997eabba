"""综合查一次: merged visits against CP-SAT on 200 small instances, and what may share a visit."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import safeplan
from referee.checker import check
from referee.merges import fewest_visits, merge_instance
from referee.pipeline import schedule_json
from referee.plans import write_plan

from .plans import firm, plan_of

CHUNKS = 8
INSTANCES_A_CHUNK = 25


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_fewest_visits_leave_nothing_out_that_could_be_done(chunk: int, tmp_path: Path) -> None:
    """Where gaps leave no day for everything, at most one more in twenty-five is left out, or visits are two more."""
    beyond = []
    for i in range(INSTANCES_A_CHUNK):
        seed = INSTANCES_A_CHUNK * chunk + i
        path = write_plan(tmp_path / str(i), merge_instance(random.Random(seed)))
        schedule = schedule_json(path)
        assert check(path, schedule) == [], seed
        lost, visits = fewest_visits(path)
        left_out = dict(Counter(entry["priority"] for entry in schedule["unplaced"] + schedule["carried_over"]))
        if left_out != lost or len(schedule["visits"]) != visits:
            assert lost, f"instance {seed}: {len(schedule['visits'])} visits, {visits} would do"
            beyond.append((seed, left_out, len(schedule["visits"]), lost, visits))
    print(f"chunk {chunk}: {len(beyond)} of {INSTANCES_A_CHUNK} not exact {beyond}")
    assert len(beyond) <= 1
    for _, left_out, made, lost, visits in beyond:
        assert sum(left_out.values()) <= sum(lost.values()) + 1
        assert made <= visits + 2


def visits_of(rules: dict[str, Any], **more: Any) -> list[tuple[str, list[str]]]:
    """Give (family, rules served) of each visit of a plan of one enterprise in June 2026."""
    plan = plan_of({
        "period": "2026-06-01/2026-06-30",
        "defaults": {"family": "patrol"},
        "classes": {"A": {"visits": "1 per month", **rules.get("A", {})}},
        "grids": [{"id": "town", "name": "镇", "roles": {"lead": "sun"}}],
        "officers": [
            {"id": "wang", "name": "王强", "grids": ["town"], "certificate": "1"},
            {"id": "li", "name": "李芳", "grids": ["town"], "certificate": "2"},
            {"id": "sun", "name": "孙国良", "skills": ["hazmat"]},
        ],
        "priorities": {"Q2": [{"name": "排查", "visits": 1, "window": "2026-06-01/2026-06-30", **rules.get("P", {})}]},
        "enterprises": [firm(1, **more)],
    })  # fmt: skip
    schedule = safeplan.schedule(plan)
    kinds = [line.kind.value for line in plan.rules]
    served: dict[int, list[str]] = {}
    for visit, obligation in schedule.serves.rows():
        served.setdefault(visit, []).append(kinds[schedule.obligations["rule"][obligation]])
    return sorted((schedule.visits["family"][visit], sorted(names)) for visit, names in served.items())


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, [("patrol", ["class", "priority"])]),
        ({"A": {"family": "inspection"}}, [("inspection", ["class", "priority"])]),
        ({"A": {"family": "inspection"}, "P": {"family": "revisit"}},
         [("inspection", ["class"]), ("revisit", ["priority"])]),
        ({"P": {"separate": True}}, [("patrol", ["class"]), ("patrol", ["priority"])]),
        ({"P": {"surprise": True}}, [("patrol", ["class"]), ("patrol", ["priority"])]),
        ({"P": {"days": "weekends"}}, [("patrol", ["class"]), ("patrol", ["priority"])]),
        ({"P": {"by": "lead"}}, [("patrol", ["class"]), ("patrol", ["priority"])]),
        ({"P": {"by": "lead"}, "A": {"by": "lead"}}, [("patrol", ["class", "priority"])]),
    ],
    ids=[
        "one visit serves both", "the wider family serves the narrower", "no family serves both", "separate",
        "a surprise",
        "no day in common", "nobody is of both carriers", "one carrier",
    ],
)  # fmt: skip
def test_rules_share_a_visit_where_one_crew_can_serve_both(rules: dict[str, Any], expected: list[Any]) -> None:
    assert visits_of(rules) == expected


def test_a_quarters_visits_do_not_all_merge_into_its_first_month() -> None:
    plan = plan_of({
        "period": "2026-04-01/2026-06-30",
        "defaults": {"family": "patrol"},
        "grids": [{"id": "town", "name": "镇"}],
        "officers": [{"id": "wang", "name": "王强", "grids": ["town"]}],
        "classes": {"A": {"visits": "1 per month"}},
        "priorities": {"Q2": [{"name": "排查", "visits": 1}]},
        "enterprises": [firm(i) for i in range(60)],
    })  # fmt: skip
    schedule = safeplan.schedule(plan)
    assert len(schedule.visits) == 180
    both = schedule.serves.group_by("visit").len().filter(len=2)["visit"]
    months = Counter(day.month for day in schedule.visits["day"].gather(both))
    assert len(months) == 3
    assert min(months.values()) >= 10
