"""What differs between two schedules is named once, with why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.core.plans import CREW, firm, plan_of
from tests.made.ledgers import adopted, told

from safeplan.core.compare import Change, Diff, Why, compare
from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Moved, Requested
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import Classed, Waived
from safeplan.core.schedule import schedule

TODAY = date(2026, 3, 9)
PARTS: dict[str, Any] = {
    **CREW,
    "period": "2026",
    "classes": {
        "A": {"visits": "1 per quarter", "family": "inspection"},
        "B": {"visits": "1 per year", "family": "patrol"},
    },
    "enterprises": [firm(n) for n in range(1, 5)],
}


def after(*events: Event, **parts: Any) -> Diff:
    """Compare the adopted roster with what events make of it."""
    plan = plan_of(PARTS | parts)
    before = told(adopted(schedule(plan)))
    return compare(schedule(plan, before, TODAY), schedule(plan, told(adopted(schedule(plan)), *events), TODAY))


def rows(diff: Diff) -> list[tuple[str, str, str]]:
    return list(diff.changes.select("change", "why", "enterprise").iter_rows())


def test_the_same_twice_differs_in_nothing() -> None:
    diff = after()
    assert diff.changes.is_empty()
    assert diff.same == 16


def test_leave_moves_what_needs_both_and_says_who_is_away() -> None:
    away = Leave.model_validate({"day": TODAY, "officer": "wang", "days": "2026-04-01/2026-05-31"})
    diff = after(away)
    assert diff.count(Change.MOVED) >= 1
    assert set(diff.changes["why"]) == {Why.LEAVE.value}
    assert set(diff.changes["who"]) == {"wang"}
    assert all(day.month == 6 for day in diff.changes["day"])


@pytest.mark.parametrize(
    ("days", "changed", "why"),
    [
        pytest.param("workdays", "days_off", Why.DAY_OFF, id="a working day is off now"),
        pytest.param("weekends", "workdays", Why.WORKED, id="a weekend day is worked now"),
    ],
)
def test_a_day_that_became_another_is_why_its_visits_move(days: str, changed: str, why: Why) -> None:
    parts = PARTS | {"classes": {"A": {"visits": "1 per quarter", "family": "inspection", "days": days}}}
    plan = plan_of(parts)
    fixed = told(adopted(schedule(plan)))
    before = schedule(plan, fixed, TODAY)
    day = max(before.visits["day"])
    diff = compare(before, schedule(plan_of(parts | {"calendar": {changed: [str(day)]}}), fixed, TODAY))
    moved = diff.changes.filter(was=day)
    assert len(moved) == before.visits["day"].to_list().count(day)
    assert set(moved["why"]) == {why.value}


def test_what_has_no_day_left_is_dropped_with_its_code() -> None:
    diff = after(Leave.model_validate({"day": TODAY, "officer": "wang", "days": "2026-04-01/2026-06-30"}))
    assert {(one, why) for one, why, _ in rows(diff)} == {(Change.DROPPED.value, Why.UNPLACED.value)}
    assert set(diff.changes["code"]) == {"officers"}


def test_a_moved_visit_was_asked_for() -> None:
    moved = Moved.model_validate({"day": TODAY, "visit": "class-A/E1/2026-Q2/1", "to": "2026-06-29"})
    assert rows(after(moved)) == [(Change.MOVED.value, Why.ASKED.value, "E1")]


def test_what_is_owed_now_is_added() -> None:
    asked = Requested.model_validate({"day": TODAY, "enterprise": "E2", "within": "2 workdays"})
    diff = after(asked)
    assert (Change.ADDED.value, Why.OWED.value, "E2") in rows(diff)


@pytest.mark.parametrize(
    "event",
    [
        Waived.model_validate({"day": TODAY, "what": "class-A/E3/2026-Q4/1", "reason": "停产"}),
        Classed.model_validate({"day": "2026-10-01", "enterprise": "E3", "class": "B"}),
    ],
)
def test_what_is_no_longer_to_be_done_is_dropped(event: Event) -> None:
    dropped = after(event).changes.filter(change=Change.DROPPED.value)
    assert dropped["visit"].to_list() == ["class-A/E3/2026-Q4/1"]


def test_what_was_done_is_no_change() -> None:
    done = VisitMade.model_validate({"day": TODAY, "enterprise": "E4", "visit": "class-A/E4/2026-Q1/1"})
    diff = after(done)
    assert (Change.MOVED.value, "E4") not in {(one, who) for one, _, who in rows(diff)}
