"""Roles that a grid must have and nobody holds, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.core.plans import plan_of

from safeplan.core.vacancies import vacancies

TODAY = date(2026, 6, 1)


def found(holders: list[dict[str, Any]], wanted: object = 1, as_of: date = TODAY) -> list[tuple[Any, ...]]:
    plan = plan_of(
        {
            "period": 2026,
            "grids": [{"id": "dong", "name": "东街村", "level": "村", "roles": {"lead": holders}}],
            "staffing": [{"level": "村", "roles": {"lead": wanted}}, {"level": "镇", "roles": {"lead": 1}}],
            "officers": [{"id": "wang", "name": "王强"}, {"id": "li", "name": "李芳"}],
        }
    )
    return vacancies(plan, as_of).select("role", "wanted", "held", "since").rows()


@pytest.mark.parametrize(
    ("holders", "wanted", "row"),
    [
        pytest.param([], 1, ("lead", 1, 0, date(2026, 1, 1)), id="never held: from the plan's first day"),
        pytest.param([{"officer": "wang"}], 1, None, id="held"),
        pytest.param([{"officer": "wang", "to": "2026-06-01"}], 1, None, id="held on its last day"),
        pytest.param([{"officer": "wang", "to": "2026-05-31"}], 1, ("lead", 1, 0, TODAY), id="from the day after"),
        pytest.param([{"officer": "wang", "to": "2025-12-31"}], 1, ("lead", 1, 0, date(2026, 1, 1)), id="not before"),
        pytest.param([{"officer": "wang", "from": "2026-07-01"}], 1, ("lead", 1, 0, date(2026, 1, 1)), id="ahead"),
        pytest.param(
            [{"officer": "wang", "to": "2026-02-28"}, {"officer": "li", "from": "2026-03-05", "to": "2026-04-30"}],
            1, ("lead", 1, 0, date(2026, 5, 1)), id="the vacancy that goes on, not an earlier one",
        ),
        pytest.param([{"officer": "wang"}], 2, ("lead", 2, 1, date(2026, 1, 1)), id="one of two"),
    ],
)  # fmt: skip
def test_a_role_with_too_few_holders_is_vacant(
    holders: list[dict[str, Any]], wanted: int, row: tuple[Any, ...] | None
) -> None:
    assert found(holders, wanted) == ([] if row is None else [row])


def test_before_the_plan_begins_nothing_is_vacant() -> None:
    assert found([], as_of=date(2025, 12, 31)) == []
