"""The real scheduler before the referee: every guarantee on random plans, what binds, and how far from the optimum.

Run with `pytest tests/referee/test_against_core.py -n auto -s` to see the printed shares and differences.
"""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings

from safeplan.reading.errors import PlanError

from .checker import case_of, check
from .exact import Levels, exact_unplaced_mixed, exact_unplaced_unit
from .instances import mixed_instance, unit_instance
from .pipeline import schedule_json, schedule_json_by_command
from .plans import INGREDIENTS, Raw, plans, random_plan, without, write_plan
from .proofs import proved_least

CHUNKS = 8
PLANS_A_CHUNK = 15
BINDING_PLANS = 60
INSTANCES_A_CHUNK = 25


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_plans_keep_every_guarantee(chunk: int, tmp_path: Path) -> None:
    for i in range(PLANS_A_CHUNK):
        path = write_plan(tmp_path / str(i), random_plan(random.Random(1000 * chunk + i), 30 if i % 5 == 0 else 12))
        assert check(path, schedule_json(path)) == [], f"chunk {chunk}, plan {i}"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(raw=plans(8))
def test_any_plan_keeps_every_guarantee(raw: Raw) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_plan(Path(folder), raw)
        try:
            schedule = schedule_json(path)
        except PlanError as refused:
            # The generator now and then makes a visit longer than anybody's day, which is rightly an error.
            assert {one.code for one in refused.diagnostics if one.severity == "error"} == {"too-long"}
            reject()
        assert check(path, schedule) == []


def test_the_command_line_prints_what_the_api_gives(tmp_path: Path) -> None:
    path = write_plan(tmp_path, random_plan(random.Random(7)))
    printed, given_back = schedule_json_by_command(path), schedule_json(path)
    assert check(path, printed) == []
    assert printed["visits"] == given_back["visits"]
    assert dt.date.fromisoformat(printed["generated_for"])


@cache
def _binding_schedule(seed: int, left_out: str | None) -> dict[str, Any] | None:
    """The schedule of a seed's plan without an ingredient; None when it has none of it."""
    plan = random_plan(random.Random(seed))
    if left_out is not None:
        plain = without(plan, left_out)
        if plain == plan:
            return None
        plan = plain
    with tempfile.TemporaryDirectory() as folder:
        return schedule_json(write_plan(Path(folder), plan))


def _roster(schedule: dict[str, Any]) -> list[tuple]:
    return sorted(
        (v["date"], v["enterprise"] or v["grid"], v["family"], v["minutes"], tuple(v["officers"]))
        for v in schedule["visits"]
    )


@pytest.mark.parametrize("ingredient", INGREDIENTS)
def test_each_hard_rule_binds_in_a_twentieth_of_the_plans(ingredient: str) -> None:
    changed = 0
    for seed in range(BINDING_PLANS):
        plain = _binding_schedule(seed, ingredient)
        changed += plain is not None and _roster(plain) != _roster(_binding_schedule(seed, None) or {})
    share = changed / BINDING_PLANS
    print(f"{ingredient}: changes {share:.0%} of {BINDING_PLANS} plans")
    assert share >= 0.05


def test_a_third_of_the_plans_has_something_unplaced() -> None:
    schedules = [_binding_schedule(seed, None) or {} for seed in range(BINDING_PLANS)]
    share = sum(bool(s["unplaced"]) for s in schedules) / BINDING_PLANS
    print(f"something unplaced in {share:.0%} of {BINDING_PLANS} plans")
    assert share >= 1 / 3


def _unplaced(schedule: dict[str, Any]) -> Levels:
    return dict(Counter(e["priority"] for e in schedule["unplaced"] + schedule["carried_over"]))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_unit_visits_are_placed_as_well_as_can_be(chunk: int, tmp_path: Path) -> None:
    for i in range(INSTANCES_A_CHUNK):
        path = write_plan(tmp_path / str(i), unit_instance(random.Random(1000 * chunk + i)))
        schedule = schedule_json(path)
        assert check(path, schedule) == [], f"chunk {chunk}, instance {i}"
        assert _unplaced(schedule) == exact_unplaced_unit(path), f"chunk {chunk}, instance {i}"


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_mixed_visits_lie_between_bound_and_optimum(chunk: int, tmp_path: Path) -> None:
    beyond, optima, bounds = 0, 0, 0
    for i in range(INSTANCES_A_CHUNK):
        path = write_plan(tmp_path / str(i), mixed_instance(random.Random(1000 * chunk + i)))
        schedule, where = schedule_json(path), f"chunk {chunk}, instance {i}"
        assert check(path, schedule) == [], where
        optimum, printed = exact_unplaced_mixed(path), _unplaced(schedule)
        levels = sorted(optimum.keys() | printed.keys(), reverse=True)
        assert [optimum.get(n, 0) for n in levels] <= [printed.get(n, 0) for n in levels], where
        bound = proved_least(case_of(path, schedule))
        assert bound <= sum(optimum.values()), where
        beyond += sum(printed.values()) - sum(optimum.values())
        optima += sum(optimum.values())
        bounds += bound
    n = INSTANCES_A_CHUNK
    print(f"mean of {n}: bound {bounds / n:.2f}, optimum {optima / n:.2f}, printed {beyond / n:+.2f} beyond it")
