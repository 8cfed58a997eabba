"""Duties: how many people rules ask for."""

from __future__ import annotations

from typing import Any

import pytest

from safeplan.core.duties import duty
from safeplan.core.schedule import schedule

from .plans import CREW, firm, plan_of


@pytest.mark.parametrize(
    ("rule", "defaults", "people"),
    [
        pytest.param({"family": "patrol"}, {}, 1, id="as the family asks"),
        pytest.param({"family": "patrol"}, {"people": 2}, 2, id="as the plan's default asks"),
        pytest.param({"family": "patrol", "people": 1}, {"people": 2}, 1, id="its own number before the default"),
        pytest.param({"family": "patrol", "people": 2}, {}, 2, id="more than the family asks"),
        pytest.param({"family": "self-check", "people": 0}, {"people": 2}, 0, id="nobody goes, as it says itself"),
        pytest.param({"family": "self-check"}, {"people": 2}, 0, id="nobody goes to a self-check"),
    ],
)
def test_people(rule: dict[str, Any], defaults: dict[str, Any], people: int) -> None:
    plan = plan_of(
        CREW
        | {"period": "2026-03-01/2026-03-31", "defaults": defaults, "enterprises": [firm(1)]}
        | {"classes": {"A": {"visits": "1 per month", **rule}}}
    )
    found = duty(plan, [0])
    assert found is not None and found.people == people
    visit = schedule(plan).visits.row(0, named=True)
    assert (visit["crew"] == 0) == (people == 0)
