"""What is known of the places of a roster on the day it is made, and what falls due for one officer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from made.ledgers import told
from made.schedules import made_plan, made_schedule
from safeplan.core.choice import Choice, choose
from safeplan.core.events.findings import Finding, Rectified, Reinspection
from safeplan.core.events.visits import VisitMade
from safeplan.core.history import History
from safeplan.core.pocket import due_for, known_of


def visit(day: str, **facts: Any) -> VisitMade:
    return VisitMade.model_validate({"day": day, "officers": ["wang"], **facts})


def finding(day: str, enterprise: str, due: str, *officers: str) -> Finding:
    facts = {"day": day, "enterprise": enterprise, "text": "x", "due": due, "officers": officers}
    return Finding.model_validate(facts)


def last(history: History | None) -> dict[tuple[str | None, str | None], tuple[date, str | None]]:
    rows = known_of(made_schedule(), history).last.iter_rows()
    return {(enterprise, grid): (day, outcome) for enterprise, grid, day, outcome in rows}


def test_the_last_visit_is_the_ledgers_else_the_registers() -> None:
    register = {("E0001", None): (date(2025, 11, 18), None)}
    assert last(None) == register
    history = told(
        visit("2026-02-10", enterprise="E0001", outcome="closed"),
        visit("2026-01-20", enterprise="E0002"),
        visit("2026-02-20", enterprise="E0002", outcome="part"),
        visit("2026-02-21", grid="dongjie"),
    )
    assert last(history) == {
        ("E0001", None): (date(2026, 2, 10), "closed"),
        ("E0002", None): (date(2026, 2, 20), "part"),
        (None, "dongjie"): (date(2026, 2, 21), "done"),
    }


def test_the_registers_day_stays_where_it_is_the_later() -> None:
    assert last(told(visit("2025-03-01", enterprise="E0001")))["E0001", None] == (date(2025, 11, 18), None)


def test_of_a_day_the_last_that_was_told_counts() -> None:
    history = told(visit("2026-02-10", enterprise="E0002", outcome="closed"), visit("2026-02-10", enterprise="E0002"))
    assert last(history)["E0002", None] == (date(2026, 2, 10), "done")


def test_what_lies_after_the_day_of_the_schedule_is_not_known() -> None:
    later = told(visit("2026-03-05", enterprise="E0002"), finding("2026-03-05", "E0002", "2026-03-06"))
    known = known_of(made_schedule(), later)
    assert ("E0002", None) not in last(later)
    assert known.cases.is_empty() and known.due.is_empty()


@pytest.mark.parametrize(
    ("found", "falls_due"),
    [
        pytest.param(finding("2026-02-20", "E0001", "2026-03-04"), True, id="where the officer goes"),
        pytest.param(finding("2026-02-20", "E0001", "2026-03-09"), False, id="after these days"),
        pytest.param(finding("2026-02-20", "E0001", "2026-02-25"), False, id="before these days"),
        pytest.param(finding("2026-02-20", "E0004", "2026-03-04", "wang"), True, id="for which the officer answers"),
        pytest.param(finding("2026-02-20", "E0004", "2026-03-04", "li"), False, id="for which another answers"),
        pytest.param(finding("2026-02-20", "gone", "2026-03-04", "li"), False, id="at one that has left the plan"),
    ],
)
def test_what_falls_due_is_the_officers(found: Finding, falls_due: bool) -> None:
    made = made_schedule()
    week = choose(made, Choice(date(2026, 3, 2), date(2026, 3, 8), officer=0))
    due = due_for(known_of(made, told(found)), week)
    assert due["id"].to_list() == (["F1"] if falls_due else [])


def test_a_reinspection_falls_due_too_and_what_is_closed_does_not() -> None:
    made = made_schedule(made_plan(rectification={"reinspect": {"within": "7 days"}}))
    week = choose(made, Choice(date(2026, 3, 2), date(2026, 3, 8), officer=0))
    claimed = Rectified.model_validate({"day": "2026-02-25", "finding": 1})
    passed = Reinspection.model_validate({"day": "2026-02-26", "finding": 1, "verdict": "pass"})
    found = finding("2026-02-20", "E0001", "2026-02-27")
    assert due_for(known_of(made, told(found, claimed)), week)["section"].to_list() == ["reinspection"]
    assert due_for(known_of(made, told(found, claimed, passed)), week).is_empty()
