"""The exact models agree with each other, and naive schedules lie between what they prove and what is possible."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from .checker import case_of, check
from .exact import exact_unplaced_mixed, exact_unplaced_unit
from .instances import mixed_instance, unit_instance
from .naive import naive_schedule
from .plans import write_plan
from .proofs import proved_least


@pytest.mark.parametrize("seed", range(6))
def test_both_models_agree_on_unit_visits(seed: int, tmp_path: Path) -> None:
    path = write_plan(tmp_path, unit_instance(random.Random(seed)))
    assert exact_unplaced_unit(path) == exact_unplaced_mixed(path)


@pytest.mark.parametrize("make", [unit_instance, mixed_instance])
@pytest.mark.parametrize("chunk", range(2))
def test_naive_schedules_lie_between_bound_and_optimum(make, chunk: int, tmp_path: Path) -> None:
    short = 0
    for i in range(20):
        path = write_plan(tmp_path / str(i), make(random.Random(100 * chunk + i)))
        schedule, optimum = naive_schedule(path), exact_unplaced_mixed(path)
        assert check(path, schedule) == []
        printed = Counter(e["priority"] for e in schedule["unplaced"] + schedule["carried_over"])
        levels = sorted(optimum.keys() | printed.keys(), reverse=True)
        assert [optimum.get(n, 0) for n in levels] <= [printed[n] for n in levels]
        assert proved_least(case_of(path, schedule)) <= sum(optimum.values())
        short += bool(optimum)
    assert short >= 7, "the instances bite"


def test_a_plan_with_two_visit_lengths_is_no_unit_instance(tmp_path: Path) -> None:
    raw = unit_instance(random.Random(1))
    raw["classes"]["A"]["minutes"] = 30
    with pytest.raises(ValueError, match="not an instance"):
        exact_unplaced_unit(write_plan(tmp_path, raw))
