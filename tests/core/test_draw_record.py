"""The record of a draw: it follows from itself, and what does not is named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import safeplan
from safeplan.core.calendar import calendar_of
from safeplan.core.draw import draws
from safeplan.core.draw_record import Record, Replaced, commitment, differences, problems, revealed
from safeplan.core.roster import visits

from .plans import CREW, firm, plan_of

CHECK: dict[str, Any] = {"name": "抽查", "share": "40%", "per": "quarter", "random_officers": True}


def plan_with(check: dict[str, Any]) -> Any:
    crew = {**CREW, "officers": [*CREW["officers"], {"id": "sun", "name": "孙", "grids": ["town"], "certificate": "3"}]}
    return plan_of(
        {
            **crew,
            "period": 2026,
            "classes": {"A": {"visits": "1 per year"}},
            "spot_checks": [check],
            "enterprises": [firm(number) for number in range(1, 11)],
        }
    )


def record_of(seed: str | None = "417", replaced: tuple[Replaced, ...] = ()) -> Record:
    plan = plan_with(CHECK)
    calendar = calendar_of(plan)
    draw = next(iter(draws(plan, len(plan.rules) - 1, calendar)))
    fixed = commitment(plan, draw, "福彩3D", date(2026, 1, 1))
    return fixed if seed is None else revealed(plan, draw, fixed, seed, replaced, calendar)


@pytest.mark.parametrize("seed", [None, "417", '"引号"'], ids=["a commitment", "a seed", "a seed with quotes"])
def test_a_record_follows_from_itself_and_survives_json(seed: str | None) -> None:
    record = record_of(seed)
    assert problems(record) == []
    assert Record.model_validate_json(record.model_dump_json()) == record
    assert len(record.drawn) == (4 if seed else 0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pool": ("E2", "E1")}, "pool"),
        ({"pool_sha256": "0" * 64}, "pool-hash"),
        ({"k": 3}, "number"),
        ({"share": (1, 10)}, "number"),
        ({"drawn": ("E1",)}, "list"),
        ({"seed": "418"}, "list"),
        ({"excluded": ({"enterprise": "E99", "why": "visited"},)}, "excluded"),
        ({"crews": {"E1": ("sun", "li", "wang")}, "officers": ("li", "sun")}, "crews"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_what_does_not_follow_is_named(change: dict[str, Any], code: str) -> None:
    forged = Record.model_validate({**record_of().model_dump(), **change})
    assert code in problems(forged)


def test_a_replacement_takes_the_next_in_order_with_its_reason() -> None:
    before = record_of()
    after = record_of(replaced=(Replaced(enterprise=before.drawn[1], why="关门"),))
    assert after.drawn[:3] == (before.drawn[0], *before.drawn[2:])
    assert len(after.drawn) == 4
    assert set(after.crews) == set(after.drawn)
    assert problems(after) == []


def test_the_schedule_sends_whom_the_record_says() -> None:
    record = record_of()
    made = visits(safeplan.schedule(plan_with({**CHECK, "seed": {"Q1": "417"}})))
    crews = {
        row["enterprise"]: set(row["officers"])
        for row in made.iter_rows(named=True)
        if row["id"].startswith("spot-check") and row["id"].endswith("2026-Q1/1")
    }
    assert crews == {enterprise: set(crew) for enterprise, crew in record.crews.items()}


def test_what_the_plan_says_otherwise_now_is_named() -> None:
    record = record_of()
    other = record.model_copy(update={"pool": ("E1",), "k": 1})
    assert differences(record, other) == ["pool-changed", "number-changed"]
