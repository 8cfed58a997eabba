"""What a ledger tells about one enterprise."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.core.plans import CREW, firm, plan_of
from tests.made.ledgers import records

from safeplan.core.calendar import calendar_of
from safeplan.core.dossier import Deed, deeds, with_deadlines
from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Moved, Pinned, Requested
from safeplan.core.events.findings import Extension, Finding, Penalty, Rectified, Reinspection
from safeplan.core.events.rosters import Adopted, Undone
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import ActivityDone, Classed, Happened, Waived

DAY = date(2026, 3, 2)


def event(kind: type[Event], **said: Any) -> Event:
    return kind.model_validate({"day": DAY, **said})


def told(*events: Event, enterprise: str = "E1") -> tuple[Deed, ...]:
    return deeds(records(*events), enterprise)


def numbers(*events: Event) -> list[int]:
    return [one.number for one in told(*events)]


def roster(*visits: tuple[str, str, str]) -> Event:
    rows = [
        {"id": f"class-A/{who}/{at}/1", "day": at, "enterprise": who, "officers": [officer], "until": at}
        for who, at, officer in visits
    ]
    return event(Adopted, plan="x", first="2026-01-01", last="2026-12-31", visits=rows)


def test_events_of_the_enterprise_are_found_and_no_others() -> None:
    assert numbers(
        event(VisitMade, enterprise="E1"),  # 1
        event(VisitMade, enterprise="E11"),
        event(VisitMade, grid="E1"),
        event(Finding, enterprise="E1", text="x"),  # 4
        event(Finding, enterprise="E2", text="E1"),
        event(Rectified, finding=4),  # 6
        event(Rectified, finding=5),
        event(Reinspection, finding=4, verdict="fail"),  # 8
        event(Extension, finding=4, until="2026-05-01"),  # 9
        event(Penalty, enterprise="E1"),  # 10
        event(Classed, **{"enterprise": "E1", "class": "B"}),  # 11
        event(Requested, enterprise="E1", within="3 days"),  # 12
        event(Pinned, enterprise="E1", on="2026-03-04"),  # 13
        event(Happened, event="banquet", enterprise="E1"),  # 14
        event(Moved, visit="class-A/E1/2026-03/1", to="2026-03-05"),  # 15
        event(Moved, visit="class-A/E11/2026-03/1", to="2026-03-05"),
        event(Waived, what="class-A/E1/2026-04/1", reason="停产"),  # 17
        event(ActivityDone, activity="activity-责任书/E1/2026/1"),  # 18
    ) == [1, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18]  # fmt: skip


def test_an_adopted_roster_holds_only_its_own_visits() -> None:
    found = told(roster(("E1", "2026-03-04", "wang"), ("E2", "2026-03-04", "li")), roster(("E2", "2026-03-04", "li")))
    assert len(found) == 1
    event = found[0].event
    assert isinstance(event, Adopted)
    assert [one.enterprise for one in event.visits] == ["E1"]


def test_leave_of_somebody_who_was_to_come_belongs_to_it() -> None:
    found = told(
        roster(("E1", "2026-03-04", "wang"), ("E2", "2026-03-05", "wang")),
        event(Leave, officer="li", days="2026-03-04"),
        event(Leave, officer="wang", days="2026-03-05"),
        event(Leave, officer="wang", days="2026-03-02/2026-03-06"),
    )
    assert [(one.number, one.missed) for one in found] == [(1, ()), (4, (date(2026, 3, 4),))]


def test_what_was_undone_stays_with_its_mark() -> None:
    found = told(
        event(VisitMade, enterprise="E1"),
        event(Undone, target=1),
        event(Undone, target=2),  # so 1 holds again
        event(Penalty, enterprise="E1"),
        event(Undone, target=4),
        event(VisitMade, enterprise="E2"),
        event(Undone, target=6),
    )
    assert [(one.number, one.undone_by) for one in found] == [(1, None), (2, 3), (4, 5), (5, None)]


def test_events_stand_in_order_of_their_days() -> None:
    late = Penalty(enterprise="E1", day=date(2026, 3, 1))
    assert numbers(event(VisitMade, enterprise="E1"), late) == [2, 1]


def test_orders_carry_the_deadline_that_they_set() -> None:
    plan = plan_of({
        **CREW, "period": "2026", "classes": {"A": {"visits": "1 per month", "family": "patrol"}},
        "enterprises": [firm(1)], "rectification": {"deadlines": {"general": "15 days"}},
    })  # fmt: skip
    kept = records(
        event(Finding, enterprise="E1"),
        event(Extension, finding=1, answer="granted", until="2026-05-06"),
        Reinspection.model_validate({"day": "2026-05-07", "finding": 1, "verdict": "fail"}),
        Reinspection.model_validate({"day": "2026-05-20", "finding": 1, "verdict": "pass"}),
    )
    found = with_deadlines(deeds(kept, "E1"), kept, plan, calendar_of(plan))
    assert [one.due for one in found] == [date(2026, 3, 17), None, date(2026, 5, 22), None]
