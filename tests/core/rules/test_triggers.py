"""Triggers: which events bring a visit, to whom, and in how long."""

from __future__ import annotations

from typing import Any

import pytest

from ..plans import firm
from .expanded import owed

GRIDS = [{"id": "town", "name": "镇"}, {"id": "bei", "name": "北村", "parent": "town"}]


def plan(*events: dict[str, Any], period: str = "2026", **rule: Any) -> dict[str, Any]:
    return {
        "period": period,
        "grids": GRIDS,
        "classes": {"A": {"visits": "1 per year"}},
        "enterprises": [firm(1, sector="food"), firm(2, active={"to": "2026-03-31"})],
        "events": list(events),
        "triggers": [{"name": "首查", "event": "registered", "within": "1 workday", **rule}],
    }


FRIDAY = {"kind": "registered", "day": "2026-05-15"}


@pytest.mark.parametrize(
    ("event", "rule", "expected"),
    [
        (FRIDAY | {"enterprise": "E1"}, {}, ["trigger-首查/E1/2026-05-15..2026-05-18/1"]),
        (FRIDAY | {"enterprise": "E1"}, {"within": "1 month"}, ["trigger-首查/E1/2026-05-15..2026-06-15/1"]),
        (FRIDAY | {"enterprise": "E1"}, {"within": "2 days", "visits": 2}, [
            "trigger-首查/E1/2026-05-15..2026-05-17/1", "trigger-首查/E1/2026-05-15..2026-05-17/2",
        ]),
        (FRIDAY | {"grid": "bei"}, {}, ["trigger-首查/bei/2026-05-15..2026-05-18/1"]),
        (FRIDAY | {"grid": "bei"}, {"where": {"grid": "town"}}, ["trigger-首查/bei/2026-05-15..2026-05-18/1"]),
        (FRIDAY | {"grid": "town"}, {"where": {"grid": "bei"}}, []),
        (FRIDAY | {"grid": "bei"}, {"where": {"sector": "food"}}, []),
        (FRIDAY | {"enterprise": "E1"}, {"where": {"sector": "food"}}, ["trigger-首查/E1/2026-05-15..2026-05-18/1"]),
        (FRIDAY | {"enterprise": "E1"}, {"where": {"sector": "gas"}}, []),
        (FRIDAY | {"enterprise": "E2"}, {}, []),
        ({"kind": "banquet", "day": "2026-05-15", "grid": "bei"}, {}, []),
        (FRIDAY, {}, []),
    ],
    ids=[
        "an enterprise, to the next working day", "calendar time does not roll", "several visits", "a grid",
        "a grid below the one that is asked for", "not a grid above it", "no grid has a sector", "a selector",
        "not whom the selector leaves out", "not who has closed", "not an event of another kind",
        "not an event of nobody",
    ],
)  # fmt: skip
def test_an_event_brings_a_visit(event: dict[str, Any], rule: dict[str, Any], expected: list[str]) -> None:
    assert [id_ for id_, _, _ in owed(plan(event, **rule))] == expected


def test_two_events_of_one_day_are_two_visits() -> None:
    event = {"kind": "registered", "grid": "bei", "day": "2026-05-15"}
    assert [id_[-1] for id_, _, _ in owed(plan(event, event))] == ["1", "2"]


def test_an_event_before_the_period_may_reach_into_it() -> None:
    event = {"kind": "registered", "enterprise": "E1", "day": "2025-12-20"}
    assert owed(plan(event, within="1 month")) == [
        ("trigger-首查/E1/2025-12-20..2026-01-20/1", "2026-01-01", "2026-01-20")
    ]
