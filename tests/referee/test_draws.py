"""Spot checks and quotas before the referee: every guarantee on random plans, and every planted bug caught."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from .checker import case_of, check
from .draw_mutations import DRAW_MUTATIONS
from .pipeline import schedule_json
from .plans import random_draw_plan, write_plan
from .violation import Case

CHUNKS = 8
PLANS_A_CHUNK = 15
CASES = 24


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_draws_and_quotas_keep_every_guarantee(chunk: int, tmp_path: Path) -> None:
    for i in range(PLANS_A_CHUNK):
        rng = random.Random(1000 * chunk + i)
        path = write_plan(tmp_path / str(i), random_draw_plan(rng, 30 if i % 5 == 0 else 12))
        assert check(path, schedule_json(path)) == [], f"chunk {chunk}, plan {i}"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Case]]:
    """Good schedules in which every mutation finds something to break."""
    found = []
    for seed in range(CASES):
        path = write_plan(tmp_path_factory.mktemp("plan"), random_draw_plan(random.Random(seed), 20))
        found.append((path, case_of(path, schedule_json(path))))
    return found


@pytest.mark.parametrize("mutation", DRAW_MUTATIONS, ids=[m.name for m in DRAW_MUTATIONS])
def test_every_planted_bug_is_caught_by_the_rule_it_breaks(mutation, cases: list[tuple[Path, Case]]) -> None:
    caught = []
    for path, case in cases:
        good = json.dumps(case.schedule)
        broken = mutation.make(case)
        assert json.dumps(case.schedule) == good, "a mutation works on a copy"
        if broken is not None:
            caught.append({violation.rule for violation in check(path, broken)})
    assert caught, "no good schedule gives it anything to break"
    assert all(mutation.breaks & rules for rules in caught), caught


def test_the_plans_bite(cases: list[tuple[Path, Case]]) -> None:
    served = [s["kind"] for _, case in cases for v in case.schedule["visits"] for s in v["serves"]]
    missing = [e["kind"] for _, case in cases for e in case.schedule["unplaced"]]
    assert served.count("spot-check") >= CASES
    assert served.count("quota") >= CASES
    assert {"spot-check", "quota"} <= set(missing)
