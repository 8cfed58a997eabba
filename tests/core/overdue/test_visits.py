"""Visits that are overdue: of today's plan, of adopted rosters, calls, quotas; and what never is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.core.overdue.made import TOWN, begun, found, ids, section, town, visit
from tests.core.plans import firm, plan_of
from tests.made.ledgers import adopted, made_as_planned, told

from safeplan.core import roster as spelt
from safeplan.core.events.changes import Moved, Requested
from safeplan.core.events.findings import Finding
from safeplan.core.events.rosters import Adopted, Issued
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import Classed, Waived
from safeplan.core.schedule import schedule
from safeplan.plan.plan import Plan

MARCH = date(2026, 3, 9)
APRIL = date(2026, 4, 1)
FEWER = {**TOWN["classes"], "A": {"visits": "1 per year", "family": "patrol"}}


def test_a_month_that_passed_without_the_visit_is_overdue_from_its_first_day_after() -> None:
    events = begun(visit("E1", date(2026, 1, 5)), visit("E2", date(2026, 1, 6)), visit("E2", date(2026, 2, 3)))
    assert ids(found(town(), date(2026, 2, 28), *events), "visits") == []
    late = found(town(), date(2026, 3, 1), *events)
    assert ids(late, "visits") == ["class-A/E1/2026-02/1"]
    row = section(late, "visits").row(0, named=True)
    assert (row["due"], row["days"], row["overdue"], row["subject"]) == (date(2026, 2, 28), 1, True, "E1")
    assert (row["next"], row["argument"]) == ("record-visit", "class-A/E1/2026-02/1")
    assert row["officers"] == ["wang", "li"]


def test_without_a_ledger_no_visit_is_claimed() -> None:
    assert ids(found(town(), APRIL), "visits") == []


def test_a_visit_that_is_done_late_is_overdue_until_it_is_done() -> None:
    late = visit("E1", date(2026, 3, 4), serves=["class-A/E1/2026-02/1"])
    events = begun(visit("E1", date(2026, 1, 5)), late)
    assert "class-A/E1/2026-02/1" in ids(found(town(), date(2026, 3, 3), *events), "visits")
    assert "class-A/E1/2026-02/1" not in ids(found(town(), date(2026, 3, 4), *events), "visits")


def test_what_was_waived_or_lies_before_the_ledger_is_not_overdue() -> None:
    waived = Waived(day=MARCH, what="class-A/E1/2026-02/1", reason="停产")
    events = (visit("E2", date(2026, 2, 2)), waived)
    assert ids(found(town(), MARCH, *events), "visits") == []
    assert ids(found(town(ledger={"since": "2026-01-01"}), MARCH, *events), "visits") == [
        "class-A/E1/2026-01/1",
        "class-A/E2/2026-01/1",
    ]


@pytest.mark.parametrize("first", [date(2026, 1, 2), date(2026, 1, 20), date(2026, 3, 2)])
def test_it_agrees_with_the_schedule_where_nothing_was_adopted(first: date) -> None:
    plan = town()
    events = (visit("E1", first), visit("E2", date(2026, 2, 10)))
    of = found(plan, date(2026, 4, 20), *events)
    made = schedule(plan, told(*events), date(2026, 4, 20))
    assert set(ids(of, "visits")) == set(spelt.obligation_ids(made).gather(made.overdue))


def _adopted(plan: Plan, day: date | None = None) -> Adopted:
    return adopted(schedule(plan), day)


def test_an_adopted_visit_names_its_crew_and_itself() -> None:
    plan = town()
    roster = _adopted(plan)
    of = found(plan, MARCH, roster, *begun())
    row = section(of, "visits").row(0, named=True)
    own = next(one for one in roster.visits if row["id"] in one.serves)
    assert (row["argument"], row["officers"]) == (own.id, list(own.officers))


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param({"classes": FEWER}, id="the rule"),
        pytest.param({"enterprises": [firm(2), firm(3, "B")]}, id="the enterprise"),
        pytest.param({"enterprises": [firm(1, "B"), firm(2), firm(3, "B")]}, id="its class in the register"),
    ],
)  # fmt: skip
def test_what_was_adopted_stays_overdue_when_it_is_edited_out_of_the_plan(edited: dict[str, Any]) -> None:
    plan = town()
    events = (_adopted(plan), *begun(*made_as_planned(schedule(plan), date(2026, 1, 1), date(2026, 1, 31))))
    assert "class-A/E1/2026-02/1" in ids(found(plan, MARCH, *events), "visits")
    after = found(town(**edited), MARCH, *events)
    row = section(after, "visits").row(ids(after, "visits").index("class-A/E1/2026-02/1"), named=True)
    assert (row["kind"], row["subject"], row["overdue"]) == ("", "E1", True)
    done = visit("E1", date(2026, 3, 5), visit="class-A/E1/2026-02/1")
    assert "class-A/E1/2026-02/1" not in ids(found(town(**edited), MARCH, *events, done), "visits")
    waived = Waived(day=MARCH, what="class-A/E1/2026-02/1", reason="停产")
    assert "class-A/E1/2026-02/1" not in ids(found(town(**edited), MARCH, *events, waived), "visits")


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(
            Classed.model_validate({"day": date(2026, 1, 20), "enterprise": "E1", "class": "B"}), id="another class"
        ),
        pytest.param(visit("E1", date(2026, 1, 20), outcome="ceased"), id="it has ceased"),
    ],
)
def test_what_the_ledger_itself_took_away_is_not_overdue(event: VisitMade | Classed) -> None:
    plan = town()
    events = (_adopted(plan), *begun(visit("E1", date(2026, 1, 6)), event))
    assert not any("/E1/2026-02" in one for one in ids(found(plan, MARCH, *events), "visits"))


@pytest.mark.parametrize(("severity", "owed"), [("general", True), ("major", False)])
def test_only_a_finding_that_changes_the_class_takes_class_visits_away(severity: str, owed: bool) -> None:
    rules = {"rectification": {"reclassify": {"major": "A"}}}
    finding = Finding.model_validate({"day": date(2026, 1, 20), "enterprise": "E1", "severity": severity})
    events = (_adopted(town(**rules)), *begun(visit("E1", date(2026, 1, 6)), finding))
    without = town(**rules, enterprises=[firm(2), firm(3, "B")])
    assert ("class-A/E1/2026-02/1" in ids(found(without, MARCH, *events), "visits")) is owed


def test_a_roster_that_is_adopted_again_replaces_what_had_not_passed() -> None:
    again = _adopted(town(classes=FEWER), date(2026, 2, 10))
    of = found(town(classes=FEWER), APRIL, _adopted(town()), *begun(), again)
    late = [one for one in ids(of, "visits") if one.startswith("class-A")]
    assert late == ["class-A/E1/2026-01/1", "class-A/E2/2026-01/1"]


def test_a_week_that_was_sent_out_stays_too_and_its_last_paper_holds() -> None:
    plan = town()
    week = {"id": "class-A/E1/2026-02/1", "day": "2026-02-03", "enterprise": "E1", "until": "2026-02-28"}
    week |= {"serves": ["class-A/E1/2026-02/1"], "officers": ["li"]}
    paper = {"day": "2026-01-30", "plan": plan.file.name, "first": "2026-02-02", "last": "2026-02-08", "sha256": "0"}
    first = Issued.model_validate({**paper, "serial": 1, "visits": [week]})
    again = Issued.model_validate({**paper, "serial": 2, "replaces": 1, "visits": []})
    other = town(enterprises=[firm(2), firm(3, "B")])
    row = section(found(other, MARCH, *begun(first)), "visits").filter(id="class-A/E1/2026-02/1").row(0, named=True)
    assert (row["kind"], row["officers"], row["due"]) == ("", ["li"], date(2026, 2, 28))
    assert "class-A/E1/2026-02/1" not in ids(found(other, MARCH, *begun(first, again)), "visits")


def test_a_request_whose_own_time_is_over_is_overdue_though_it_is_planned_again() -> None:
    asked = Requested.model_validate({"day": date(2026, 3, 2), "enterprise": "E3", "within": "3 days"})
    events = begun(asked)
    own = "request/E3/2026-03-02..2026-03-05/1"
    assert own not in ids(found(town(), date(2026, 3, 5), *events), "visits")
    of = found(town(), MARCH, *events)
    assert own in ids(of, "visits")
    assert section(of, "visits").filter(id=own)["days"].item() == 4
    assert own not in ids(found(town(), MARCH, *events, visit("E3", date(2026, 3, 6), serves=[own])), "visits")


def test_a_visit_that_was_moved_is_overdue_when_its_window_is_over_not_its_day() -> None:
    plan = town()
    moved = Moved(day=date(2026, 3, 2), visit="class-A/E1/2026-03/1", to=date(2026, 3, 5))
    events = (_adopted(plan), *begun(moved))
    assert "class-A/E1/2026-03/1" not in ids(found(plan, MARCH, *events), "visits")
    assert "class-A/E1/2026-03/1" in ids(found(plan, APRIL, *events), "visits")
    again = spelt.visits(schedule(plan, told(*events), MARCH)).filter(id="class-A/E1/2026-03/1")
    assert again["date"].item() >= MARCH, "and it is planned again until then"


def test_what_falls_due_soon_is_shown_and_not_overdue() -> None:
    events = begun(*(visit(one, date(2026, m, 5)) for one in ("E1", "E2") for m in (1, 2)))
    of = found(town(), date(2026, 3, 28), *events, until=date(2026, 3, 31))
    assert of.count == 0
    rows = section(of, "visits").select("id", "days", "overdue").rows()
    assert rows == [
        ("class-A/E1/2026-03/1", -3, False), ("class-A/E2/2026-03/1", -3, False), ("class-B/E3/2026-Q1/1", -3, False),
    ]  # fmt: skip


QUOTA: dict[str, Any] = {
    "period": 2026,
    "grids": [{"id": "town", "name": "镇"}],
    "teams": [{"id": "t", "name": "中队"}],
    "officers": [{"id": "wang", "name": "王强", "grids": ["town"], "teams": ["t"], "certificate": "1"}],
    "enterprises": [{"id": f"E{n}", "name": f"企业{n}", "grid": "town"} for n in range(1, 9)],
    "quotas": [{"name": "月检查量", "team": "t", "at_least": 3, "per": "month"}],
}


def test_a_quota_is_short_by_the_enterprises_that_its_team_did_not_reach() -> None:
    plan = plan_of(QUOTA)
    events = begun(
        visit("E1", date(2026, 1, 5), officers=["wang"]), visit("E1", date(2026, 1, 7), officers=["wang"]),
        visit("E2", date(2026, 1, 6), officers=["wang"]), visit("E3", date(2026, 1, 6)),
    )  # fmt: skip
    of = found(plan, date(2026, 2, 1), *events)
    assert ids(of, "visits") == ["quota-月检查量/-/2026-01/1"]
    assert section(of, "visits")["due"].to_list() == [date(2026, 1, 31)]


def test_a_quota_names_the_adopted_visits_that_were_not_made() -> None:
    plan = plan_of(QUOTA)
    made = schedule(plan)
    first = made_as_planned(made, date(2026, 1, 1), date(2026, 1, 31))[:1]
    of = found(plan, date(2026, 2, 1), _adopted(plan), *begun(*first))
    assert len(ids(of, "visits")) == 2
    assert {*ids(of, "visits"), first[0].visit} == {f"quota-月检查量/-/2026-01/{n}" for n in (1, 2, 3)}


@pytest.mark.parametrize("adopts", [True, False], ids=["adopted", "nothing adopted"])
def test_a_late_visit_makes_up_for_what_it_names_of_a_quota(adopts: bool) -> None:
    plan = plan_of(QUOTA)
    begin = begun(*([_adopted(plan)] if adopts else []), visit("E1", date(2026, 1, 5), officers=["wang"]))
    day = date(2026, 2, 4)
    before = ids(found(plan, day, *begin), "visits")
    assert len(before) == 2
    late = visit("E7", date(2026, 2, 3), officers=["wang"], visit=before[0])
    assert ids(found(plan, day, *begin, late), "visits") == before[1:]
    again = schedule(plan, told(*begin, late), day)
    left = spelt.obligation_ids(again).gather(again.overdue).to_list()
    assert left == before[1:] if adopts else len(left) == 1
    unnamed = visit("E7", date(2026, 2, 3), officers=["wang"])
    assert ids(found(plan, day, *begin, unnamed), "visits") == before


def test_surprise_visits_are_marked_to_be_hidden() -> None:
    plan = town(priorities={"M01": [{"name": "飞行检查", "visits": 1, "family": "patrol", "surprise": True}]})
    of = found(plan, date(2026, 2, 3), *begun())
    hidden = section(of, "visits").filter(hidden="surprise")["id"].to_list()
    assert hidden and all(one.startswith("priority-2026-01-飞行检查") for one in hidden)


def test_a_reinspection_is_a_section_of_its_own() -> None:
    parts = {"rectification": {"deadlines": {"general": "5 days"}, "reinspect": {"within": "3 workdays"}}}
    finding = Finding(day=date(2026, 1, 5), enterprise="E3")
    of = found(town(**parts), MARCH, *begun(finding))
    assert not any(one.startswith("reinspection") for one in ids(of, "visits"))
    assert ids(of, "reinspection") == ["F2"]
