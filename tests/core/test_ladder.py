"""Which step of the ladder applies, and when the next one does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.core.plans import CREW, plan_of

from safeplan.core.calendar import calendar_of
from safeplan.core.ladder import climbed

DUE = date(2026, 3, 17)
PLAN = plan_of(
    {
        **CREW,
        "period": 2026,
        "rectification": {
            "overdue": [
                {"after": "0 days", "step": "督促"},
                {"after": "10 days", "step": "挂牌督办"},
                {"after": "30 days", "step": "提请关闭取缔"},
            ]
        },
    }
)


@pytest.mark.parametrize(
    ("late", "step", "next_step", "next_late"),
    [
        pytest.param(0, -1, 0, 1, id="not overdue on its last day"),
        pytest.param(1, 0, 1, 11, id="more than 0 days"),
        pytest.param(10, 0, 1, 11, id="10 days do not exceed 10"),
        pytest.param(11, 1, 2, 31, id="11 days do"),
        pytest.param(30, 1, 2, 31, id="the last day before the third"),
        pytest.param(31, 2, -1, None, id="the last step"),
        pytest.param(400, 2, -1, None, id="and so it stays"),
    ],
)
def test_a_step_applies_when_days_overdue_exceed_its_after(
    late: int, step: int, next_step: int, next_late: int | None
) -> None:
    row = climbed(PLAN, calendar_of(PLAN), [DUE, DUE], DUE + timedelta(days=late)).row(0, named=True)
    next_day = None if next_late is None else DUE + timedelta(days=next_late)
    assert row == {"due": DUE, "step": step, "next_step": next_step, "next_day": next_day}


def test_steps_stand_in_order_of_days_whatever_their_units() -> None:
    steps = [{"after": "1 month", "step": "c"}, {"after": "3 workdays", "step": "b"}, {"after": "1 day", "step": "a"}]
    plan = plan_of({**CREW, "period": 2026, "rectification": {"overdue": steps}})
    rows = climbed(plan, calendar_of(plan), [DUE], date(2026, 3, 21)).row(0, named=True)
    assert (rows["step"], rows["next_step"], rows["next_day"]) == (1, 0, date(2026, 4, 18))


def test_a_plan_without_a_ladder_has_no_step() -> None:
    plan = plan_of({**CREW, "period": 2026})
    assert climbed(plan, calendar_of(plan), [DUE], date(2026, 12, 1))["step"].to_list() == [-1]
