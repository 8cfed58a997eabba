"""Random plans bite, already for the naive scheduler, and are the same for the same seed; examples keep their word."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from .checker import check
from .naive import naive_schedule
from .pipeline import schedule_json
from .plans import INGREDIENTS, random_plan, without, write_plan

PLANS = 40
EXAMPLES = Path(__file__).parents[2] / "examples" / "plans"


def roster(schedule: dict[str, Any]) -> list[tuple]:
    return sorted(
        (v["date"], v["enterprise"] or v["grid"], v["family"], v["minutes"], tuple(v["officers"]))
        for v in schedule["visits"]
    )


@pytest.fixture(scope="module")
def schedules(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("plans")
    return [naive_schedule(write_plan(folder / str(seed), random_plan(random.Random(seed)))) for seed in range(PLANS)]


def test_a_third_of_the_plans_has_something_unplaced(schedules: list[dict[str, Any]]) -> None:
    assert sum(bool(s["unplaced"]) for s in schedules) >= PLANS / 3


@pytest.mark.parametrize("ingredient", sorted(INGREDIENTS.keys() - {"quotas"}))  # the naive one fills no quotas
def test_each_ingredient_changes_a_twentieth_of_the_schedules(ingredient: str, schedules: list, tmp_path: Path) -> None:
    changed = 0
    for seed in range(PLANS):
        plan = random_plan(random.Random(seed))
        plain = without(plan, ingredient)
        if plain != plan:
            changed += roster(naive_schedule(write_plan(tmp_path / str(seed), plain))) != roster(schedules[seed])
    print(f"{ingredient}: changes {changed / PLANS:.0%} of {PLANS} plans")
    assert changed >= 0.05 * PLANS


def test_a_seed_gives_one_plan() -> None:
    assert random_plan(random.Random(5), 20) == random_plan(random.Random(5), 20)
    assert random_plan(random.Random(5), 20) != random_plan(random.Random(6), 20)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_keeps_every_guarantee(path: Path) -> None:
    assert check(path, schedule_json(path)) == []
