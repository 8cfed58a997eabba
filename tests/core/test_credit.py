"""What a visit that was made meets, and what it does not; most of it was found by the simulated year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.core.overdue.made import begun, found, ids, town, visit
from tests.made.ledgers import told

from safeplan.core import roster
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding, Reinspection
from safeplan.core.events.rosters import Adopted
from safeplan.core.schedule import schedule
from safeplan.plan.plan import Plan

MARCH = date(2026, 3, 9)
APRIL = date(2026, 4, 1)
FEBRUARY = "class-A/E1/2026-02/1"
CHECK = "priority-2026-02-抽查/E1/2026-02/1"
EARLY = (visit("E1", date(2026, 1, 5)), visit("E2", date(2026, 1, 6)), visit("E2", date(2026, 2, 3)))
RETRY: dict[str, Any] = {"retry": {"closed": "5 workdays"}}


def late(plan: Plan, as_of: date, *events: Event) -> set[str]:
    """Say which visits are overdue; the schedule of the day must agree."""
    events = begun(*events)
    made = schedule(plan, told(*events), as_of)
    said = set(ids(found(plan, as_of, *events), "visits"))
    assert set(roster.obligation_ids(made).gather(made.overdue)) == said
    return said


@pytest.mark.parametrize(
    ("serves", "undone"),
    [
        pytest.param([], set(), id="it does not say what it served: all that was adopted"),
        pytest.param([FEBRUARY, CHECK], set(), id="it served both"),
        pytest.param([CHECK], {FEBRUARY}, id="it served one: the other had got a visit of its own since"),
    ],
)
def test_a_visit_meets_what_it_says_that_it_served(serves: list[str], undone: set[str]) -> None:
    plan = town(priorities={"M02": [{"name": "抽查", "where": {"class": "A"}, "visits": 1, "family": "patrol"}]})
    both = {
        "id": CHECK, "day": "2026-02-10", "enterprise": "E1", "family": "patrol", "serves": [FEBRUARY, CHECK],
        "until": "2026-02-28",
    }  # fmt: skip
    facts = {"plan": plan.file.name, "first": plan.first, "last": plan.last, "visits": [both]}
    adopted = Adopted.model_validate({"day": plan.first, **facts})
    of_e1 = visit("E1", date(2026, 2, 10), visit=CHECK, serves=serves)
    said = late(plan, MARCH, *EARLY, adopted, of_e1, visit("E2", date(2026, 2, 5), visit=CHECK.replace("E1", "E2")))
    assert said == undone


@pytest.mark.parametrize(
    "others", [(), (Finding(day=date(2026, 2, 25), enterprise="E3"),)], ids=["none", "another open"]
)
def test_a_planned_reinspection_is_no_visit_of_a_class_whether_or_not_a_finding_is_open(
    others: tuple[Event, ...],
) -> None:
    plan = town(rectification={"deadlines": {"general": "15 days"}, "reinspect": {"within": "10 workdays"}})
    number = len(begun(*EARLY)) + 1
    day = date(2026, 2, 10)
    went = visit("E1", day, family="revisit", visit="reinspection/E1/2026-02-02..2026-02-14/1")
    passed = Reinspection.model_validate({"day": day, "finding": number, "verdict": "pass"})
    events = (*EARLY, Finding(day=date(2026, 1, 15), enterprise="E1"), went, passed, *others)
    assert late(plan, MARCH, *events) == {FEBRUARY}


def test_a_retry_of_a_retry_does_what_the_first_closed_door_was_for() -> None:
    plan = town(**RETRY)
    first = "retry/E1/2026-02-27..2026-03-04/1"
    closed = (
        visit("E1", date(2026, 2, 26), visit=FEBRUARY, outcome="closed"),
        visit("E1", date(2026, 3, 3), visit=first, outcome="closed"),
    )
    second = visit("E1", date(2026, 3, 6), visit="retry/E1/2026-03-04..2026-03-10/1")
    assert set(ids(found(plan, MARCH, *begun(*EARLY, *closed)), "visits")) == {FEBRUARY, first}
    assert late(plan, MARCH, *EARLY, *closed, second) == set()


def test_a_closed_door_that_names_its_own_retry_goes_in_no_circle() -> None:
    own = "retry/E1/2026-02-27..2026-03-04/1"
    closed = visit("E1", date(2026, 2, 26), visit=own, outcome="closed", serves=[FEBRUARY])
    assert late(town(**RETRY), MARCH, *EARLY, closed, visit("E1", date(2026, 3, 3), visit=own)) == set()


@pytest.mark.parametrize("outcome", ["ceased", "moved"])
def test_what_was_still_to_come_when_an_enterprise_was_found_gone_is_not_missed(outcome: str) -> None:
    plan = town()
    quarter = "class-B/E3/2026-Q1/1"
    assert quarter in late(plan, APRIL, *EARLY)
    assert quarter not in late(plan, APRIL, *EARLY, visit("E3", date(2026, 3, 20), visit=quarter, outcome=outcome))
    assert quarter in late(plan, date(2026, 4, 20), *EARLY, visit("E3", date(2026, 4, 2), outcome=outcome))
