"""What the schedule says in figures."""

from __future__ import annotations

from safeplan.core import roster
from safeplan.core.schedule import schedule

from .plans import CREW, firm, plan_of


def test_the_reason_of_a_cap_counts_all_visits_that_would_come_together() -> None:
    plan = plan_of(
        CREW
        | {
            "period": "2026",
            "classes": {"A": {"visits": "1 per month", "family": "inspection"}},
            "caps": [{"per_year": 4}],
            "enterprises": [firm(1)],
        }
    )
    lost = roster.unplaced(schedule(plan))
    assert lost.select("code", "found", "allowed").unique().rows() == [("cap", 12, 4)]
    assert len(lost) == 8


def test_a_visit_that_serves_two_rules_has_the_id_of_the_more_important() -> None:
    pin = {"enterprise": "E1", "day": "2026-03-11", "cause": "complaint"}
    plan = plan_of(
        CREW
        | {
            "period": "2026-03-01/2026-03-31",
            "classes": {"A": {"visits": "1 per month", "family": "inspection"}},
            "enterprises": [firm(1)],
            "pins": [pin],
        }
    )
    visits = roster.visits(schedule(plan))
    assert visits["id"].to_list() == ["pin-E1-2026-03-11/E1/2026-03-11/1"]
    assert visits["officers"].to_list() == [["li", "wang"]]
