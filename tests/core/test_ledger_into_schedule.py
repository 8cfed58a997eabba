"""What a ledger tells enters the schedule: what was done counts, planning begins today, the rest stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.core.plans import CREW, firm, plan_of
from tests.made.ledgers import adopted, made_as_planned, told

from safeplan.core import roster
from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Moved, Pinned, Requested
from safeplan.core.events.findings import Finding, Rectified, Reinspection
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import Classed, Happened, Waived
from safeplan.core.reclassify import class_spans
from safeplan.core.schedule import schedule
from safeplan.core.tables import Schedule

MARCH = date(2026, 3, 9)
PARTS: dict[str, Any] = {
    **CREW,
    "period": "2026",
    "classes": {
        "A": {"visits": "1 per month", "family": "patrol"},
        "B": {"visits": "1 per quarter", "family": "patrol"},
    },
    "enterprises": [firm(n, "A" if n < 3 else "B") for n in range(1, 6)],
    "rectification": {
        "deadlines": {"general": "15 days", "major": "30 days"},
        "reinspect": {"within": "10 workdays"},
        "reclassify": {"major": "A", "until": "2 clean visits"},
    },
    "retry": {"closed": "5 workdays"},
}


def visit(enterprise: str, day: date, **more: object) -> VisitMade:
    return VisitMade.model_validate({"enterprise": enterprise, "day": day, "family": "patrol", **more})


def ids(made: Schedule, *states: str) -> set[str]:
    rows = roster.visits(made)
    return set(rows.filter(pl.col("state").is_in(states))["id"] if states else rows["id"])


def owed_of(made: Schedule, enterprise: str) -> list[tuple[str, date]]:
    rows = roster.visits(made).filter(pl.col("enterprise") == enterprise)
    return list(rows.select("id", "date").iter_rows())


def test_a_ledger_without_the_period_is_no_ledger() -> None:
    plan = plan_of(PARTS)
    before = told(visit("E1", date(2025, 11, 3)))
    made = schedule(plan, before, MARCH)
    assert roster.visits(made)["date"].min() < MARCH
    assert made.overdue.is_empty()


def test_planning_is_from_today_on_and_what_passed_is_overdue() -> None:
    plan = plan_of(PARTS)
    made = schedule(plan, told(visit("E1", date(2026, 1, 5)), visit("E1", date(2026, 2, 4))), MARCH)
    rows = roster.visits(made)
    assert rows.filter(pl.col("state") != "done")["date"].min() >= MARCH
    assert ids(made, "done") == {"class-A/E1/2026-01/1", "class-A/E1/2026-02/1"}
    late = roster.obligation_ids(made).gather(made.overdue).to_list()
    assert late == ["class-A/E2/2026-01/1", "class-A/E2/2026-02/1"]
    assert made.figures.unplaced == 0


def test_before_since_the_roster_stays_as_planned_and_is_never_missed() -> None:
    plan = plan_of(PARTS)
    alone = schedule(plan)
    made = schedule(plan, told(visit("E1", date(2026, 3, 4))), MARCH)
    early = roster.visits(alone).filter(pl.col("date") < date(2026, 3, 4)).select("id", "date")
    assert early.join(roster.visits(made), on=["id", "date"], how="anti").is_empty()
    assert made.overdue.is_empty()


def test_an_unplanned_visit_meets_the_rule_whose_window_holds_it_once() -> None:
    plan = plan_of(PARTS)
    history = told(visit("E3", date(2026, 3, 2), officers=["wang"]), visit("E3", date(2026, 3, 3), officers=["li"]))
    made = schedule(plan, history, MARCH)
    assert [one for one in owed_of(made, "E3") if one[1] < date(2026, 4, 1)] == [
        ("class-B/E3/2026-Q1/1", date(2026, 3, 2))
    ]


def test_a_planned_visit_meets_what_it_was_planned_for_alone() -> None:
    parts = PARTS | {
        "campaigns": [
            {"name": "整治", "phases": [{"name": "检查", "from": "2026-02-02", "to": "2026-03-31", "visits": 1,
                                        "family": "patrol", "separate": True}]}
        ]
    }  # fmt: skip
    made = schedule(plan_of(parts), told(visit("E3", date(2026, 3, 2), visit="class-B/E3/2026-Q1/1")), MARCH)
    assert "campaign-整治-检查/E3/2026-02-02..2026-03-31/1" in ids(made, "drafted")


@pytest.mark.parametrize("outcome", ["part", "closed", "refused"])
def test_only_a_done_visit_meets_what_is_owed(outcome: str) -> None:
    made = schedule(plan_of(PARTS), told(visit("E3", date(2026, 3, 2), outcome=outcome)), MARCH)
    assert "class-B/E3/2026-Q1/1" not in ids(made, "done")


def test_a_closed_door_is_tried_again_in_time() -> None:
    history = told(visit("E3", date(2026, 3, 6), outcome="closed", visit="class-B/E3/2026-Q1/1"))
    made = schedule(plan_of(PARTS), history, MARCH)
    served = roster.served(made).filter(pl.col("kind") == "retry")
    assert served.select("obligation", "from", "to").rows() == [
        ("retry/E3/2026-03-07..2026-03-13/1", date(2026, 3, 7), date(2026, 3, 13))
    ]


def test_gaps_are_kept_from_what_was_done() -> None:
    parts = PARTS | {"classes": {"A": {"visits": "2 per month", "family": "patrol", "min_gap": "7 days"},
                                 "B": {"visits": "1 per year", "family": "patrol"}}}  # fmt: skip
    made = schedule(plan_of(parts), told(visit("E1", date(2026, 3, 6))), MARCH)
    days = [day for id_, day in owed_of(made, "E1") if "2026-03" in id_]
    assert len(days) == 2
    assert (days[1] - days[0]).days >= 7


def test_caps_and_limits_count_what_was_done() -> None:
    parts = PARTS | {
        "classes": {"A": {"visits": "1 per month", "family": "inspection"}, "B": {"visits": "1 per year"}},
        "caps": [{"name": "上限", "per_year": 4}],
    }
    done = [visit("E1", date(2026, 2, day), family="inspection") for day in (3, 4, 5)]
    made = schedule(plan_of(parts), told(*done), date(2026, 2, 9))
    left = [day for _, day in owed_of(made, "E1") if day >= date(2026, 2, 9)]
    assert len(left) == 1
    assert "cap" in roster.unplaced(made).filter(pl.col("enterprise") == "E1")["code"].to_list()


def test_a_class_told_from_a_day_is_followed() -> None:
    history = told(Classed.model_validate({"day": MARCH, "enterprise": "E3", "class": "A"}))
    made = schedule(plan_of(PARTS), history, MARCH)
    assert "class-A/E3/2026-04/1" in ids(made)
    assert "class-B/E3/2026-Q2/1" not in ids(made)


def test_a_major_finding_brings_its_class_until_two_clean_visits() -> None:
    found = Finding.model_validate({"day": "2026-02-10", "enterprise": "E3", "severity": "major"})
    made = schedule(plan_of(PARTS), told(found), date(2026, 2, 11))
    assert "class-A/E3/2026-05/1" in ids(made)
    clean = [visit("E3", date(2026, 3, 5)), visit("E3", date(2026, 4, 8))]
    made = schedule(plan_of(PARTS), told(found, *clean), date(2026, 4, 9))
    assert "class-B/E3/2026-Q3/1" in ids(made)
    assert "class-A/E3/2026-05/1" not in ids(made)


def test_a_mended_finding_owes_its_reinspection_until_it_passes() -> None:
    found = Finding.model_validate({"day": "2026-03-02", "enterprise": "E3"})
    mended = Rectified.model_validate({"day": "2026-03-06", "finding": 1})
    made = schedule(plan_of(PARTS), told(found, mended), MARCH)
    owed = roster.served(made).filter(pl.col("kind") == "reinspection")
    assert owed["obligation"].to_list() == ["reinspection/E3/2026-03-06..2026-03-20/1"]
    family = roster.visits(made)["family"].gather(owed["visit"])
    assert family.to_list() == ["revisit"]
    passed = Reinspection.model_validate({"day": "2026-03-09", "finding": 1, "verdict": "pass"})
    made = schedule(plan_of(PARTS), told(found, mended, passed), date(2026, 3, 10))
    assert roster.served(made).filter(pl.col("kind") == "reinspection").is_empty()


def test_a_late_reinspection_is_planned_soon() -> None:
    found = Finding.model_validate({"day": "2026-03-02", "enterprise": "E3"})
    mended = Rectified.model_validate({"day": "2026-03-06", "finding": 1})
    today = date(2026, 4, 20)
    made = schedule(plan_of(PARTS), told(found, mended), today)
    row = roster.served(made).filter(pl.col("kind") == "reinspection")["visit"]
    days = roster.visits(made)["date"].gather(row).to_list()
    assert len(days) == 1
    assert today <= days[0] <= date(2026, 5, 8)


def test_requests_and_complaints_are_owed_in_their_time() -> None:
    history = told(
        Requested.model_validate({"day": MARCH, "enterprise": "E4", "within": "3 workdays", "cause": "complaint"}),
        Requested.model_validate({"day": MARCH, "enterprise": "E5", "within": "2 days"}),
    )
    made = schedule(plan_of(PARTS), history, MARCH)
    owed = roster.served(made).filter(pl.col("kind").is_in(["complaint", "request"]))
    assert set(owed["obligation"]) == {"complaint/E4/2026-03-09..2026-03-12/1", "request/E5/2026-03-09..2026-03-11/1"}


def test_an_event_starts_its_trigger() -> None:
    parts = PARTS | {"triggers": [{"name": "宴席备案", "event": "banquet", "within": "1 workday", "family": "patrol"}]}
    made = schedule(
        plan_of(parts), told(Happened.model_validate({"day": MARCH, "event": "banquet", "grid": "town"})), MARCH
    )
    assert roster.served(made).filter(pl.col("kind") == "trigger")["from"].to_list() == [MARCH]


def test_a_pin_that_was_told_is_a_pin() -> None:
    history = told(
        Pinned.model_validate({"day": MARCH, "enterprise": "E5", "on": "2026-03-14", "officers": ["li", "wang"]})
    )
    made = schedule(plan_of(PARTS), history, MARCH)
    assert ("pin-E5-2026-03-14/E5/2026-03-14/1", date(2026, 3, 14)) in owed_of(made, "E5")


def test_what_is_waived_is_neither_planned_nor_overdue() -> None:
    history = told(
        visit("E1", date(2026, 1, 5)),
        *(Waived.model_validate({"day": MARCH, "what": one, "reason": "停产"})
          for one in ("class-A/E2/2026-01/1", "class-A/E2/2026-04/1")),
    )  # fmt: skip
    made = schedule(plan_of(PARTS), history, MARCH)
    late = roster.obligation_ids(made).gather(made.overdue).to_list()
    assert "class-A/E2/2026-01/1" not in late
    assert "class-A/E2/2026-04/1" not in ids(made)


def test_who_has_ceased_is_planned_no_more() -> None:
    made = schedule(plan_of(PARTS), told(visit("E1", MARCH, outcome="ceased")), date(2026, 3, 10))
    assert not [day for _, day in owed_of(made, "E1") if day > MARCH]


def test_a_moved_visit_goes_to_its_day_and_keeps_its_id() -> None:
    plan = plan_of(PARTS)
    alone = schedule(plan)
    id_, day = next(one for one in owed_of(alone, "E3") if "Q2" in one[0])
    to = date(2026, 6, 23) if day != date(2026, 6, 23) else date(2026, 6, 24)
    made = schedule(plan, told(adopted(alone), Moved.model_validate({"day": MARCH, "visit": id_, "to": to})), MARCH)
    assert (id_, to) in owed_of(made, "E3")
    others = [one for one in owed_of(alone, "E4") if one[1] >= MARCH]
    assert others == [one for one in owed_of(made, "E4") if one[1] >= MARCH]


def test_an_adopted_roster_comes_back_as_it_was() -> None:
    plan = plan_of(PARTS)
    alone = schedule(plan)
    made = schedule(plan, told(adopted(alone), *made_as_planned(alone, date(2026, 1, 1), date(2026, 3, 8))), MARCH)
    same = ["id", "date", "officers", "family"]
    assert roster.visits(made).select(same).sort("id").equals(roster.visits(alone).select(same).sort("id"))
    assert ids(made, "drafted") == set()


def test_leave_sends_somebody_else_or_moves_what_needs_both() -> None:
    parts = PARTS | {
        "officers": [*CREW["officers"], {"id": "zhao", "name": "赵明", "grids": ["town"], "certificate": "3"}]
    }
    plan = plan_of(parts)
    alone = schedule(plan)
    away = Leave.model_validate({"day": MARCH, "officer": "wang", "days": "2026-03-16/2026-03-20"})
    made = schedule(plan, told(adopted(alone), away), MARCH)
    week = roster.visits(made).filter(pl.col("date").is_between(date(2026, 3, 16), date(2026, 3, 20)))
    assert not week["officers"].list.contains("wang").any()
    assert made.figures.unplaced == 0


def test_the_same_history_gives_the_same_schedule_with_any_executor() -> None:
    from concurrent.futures import ThreadPoolExecutor

    plan = plan_of(PARTS)
    history = told(visit("E1", date(2026, 1, 5)), visit("E4", date(2026, 2, 4), outcome="closed"))
    with ThreadPoolExecutor(2) as executor:
        one, other = schedule(plan, history, MARCH), schedule(plan, history, MARCH, executor)
    assert one.visits.equals(other.visits)
    assert one.crews.equals(other.crews)


def test_a_retry_serves_what_it_repeats() -> None:
    plan = plan_of(PARTS)
    early = visit("E1", date(2026, 1, 5))
    closed = visit("E3", date(2026, 3, 6), outcome="closed", visit="class-B/E3/2026-Q1/1")
    retry = "retry/E3/2026-03-07..2026-03-13/1"
    for roster_before in ((), (adopted(schedule(plan)),)):
        made = schedule(plan, told(*roster_before, early, closed), MARCH)
        both = roster.served(made).filter(pl.col("obligation").is_in(["class-B/E3/2026-Q1/1", retry]))
        assert len(both) == 2
        assert both["visit"].n_unique() == 1
        again = visit("E3", date(2026, 3, 10), visit=retry)
        made = schedule(plan, told(*roster_before, early, closed, again), date(2026, 3, 11))
        done = roster.served(made).filter(pl.col("obligation").is_in(["class-B/E3/2026-Q1/1", retry]))["visit"]
        assert roster.visits(made)["state"].gather(done).to_list() == ["done", "done"]


def test_whom_a_pick_has_taken_stays_taken() -> None:
    phases = [{"name": "整治", "from": "2026-03-01", "to": "2026-11-30", "visits": 2, "family": "patrol"}]
    firms = [firm(n, "B", risk=10 * n) for n in range(1, 6)]
    parts = PARTS | {"campaigns": [{"name": "重点", "pick": {"count": 2}, "phases": phases}], "enterprises": firms}
    alone = schedule(plan_of(parts))

    def picked(made: Schedule) -> set[str]:
        served = roster.served(made).filter(pl.col("kind") == "campaign")
        return set(served["obligation"].str.split("/").list.get(1))

    assert picked(alone) == {"E4", "E5"}
    worse = plan_of(parts | {"enterprises": [one | {"risk": 100 - one["risk"]} for one in firms]})
    assert picked(schedule(worse)) == {"E1", "E2"}
    assert picked(schedule(worse, told(adopted(alone)), date(2026, 1, 1))) == {"E4", "E5"}
    done = visit("E5", date(2026, 3, 4), serves=["campaign-重点-整治/E5/2026-03-01..2026-11-30/1"])
    assert picked(schedule(worse, told(done), MARCH)) == {"E1", "E5"}


def held(*events: Event, parts: dict[str, Any] | None = None) -> list[tuple[date | None, date | None, str]]:
    """Give the classes of E3, which the plan has in class B."""
    plan = plan_of(PARTS | (parts or {}))
    names = list(plan.classes)
    spans = class_spans(plan, told(*events), date(2026, 12, 1)).filter(pl.col("enterprise") == 2)
    return [(first, last, names[code]) for _, first, last, code in spans.iter_rows()]


def test_the_strictest_of_the_classes_that_findings_bring_holds() -> None:
    both = {
        "classes": PARTS["classes"] | {"C": {"visits": "1 per year", "family": "patrol"}},
        "enterprises": [firm(n, "C") for n in range(1, 6)],
        "rectification": {"reclassify": {"general": "B", "major": "A", "until": "2 clean visits"}},
    }
    major = Finding.model_validate({"day": date(2026, 3, 2), "enterprise": "E3", "severity": "major"})
    same_day = Finding(day=date(2026, 3, 2), enterprise="E3")
    later = Finding(day=date(2026, 3, 20), enterprise="E3")
    clean = [visit("E3", day) for day in (date(2026, 3, 10), date(2026, 3, 25), date(2026, 4, 8))]
    begun = [(None, date(2026, 3, 2), "C")]
    assert held(major, same_day, parts=both) == [*begun, (date(2026, 3, 3), None, "A")]
    assert held(major, later, *clean, parts=both) == [
        *begun,
        (date(2026, 3, 3), date(2026, 3, 25), "A"),
        (date(2026, 3, 26), date(2026, 4, 8), "B"),
        (date(2026, 4, 9), None, "C"),
    ]


def test_a_finding_never_softens_a_class() -> None:
    softer = {"rectification": {"reclassify": {"general": "B"}}, "enterprises": [firm(n, "A") for n in range(1, 6)]}
    assert held(Finding(day=date(2026, 3, 2), enterprise="E3"), parts=softer) == [(None, None, "A")]


def test_when_a_finding_is_over_the_class_is_the_one_that_was_told_last() -> None:
    major = Finding.model_validate({"day": date(2026, 3, 2), "enterprise": "E3", "severity": "major"})
    told_a = Classed.model_validate({"day": date(2026, 3, 5), "enterprise": "E3", "class": "A"})
    clean = [visit("E3", day) for day in (date(2026, 3, 10), date(2026, 3, 25))]
    assert held(major, told_a, *clean) == [(None, date(2026, 3, 2), "B"), (date(2026, 3, 3), None, "A")]


def test_a_class_that_is_told_ends_what_findings_brought() -> None:
    major = Finding.model_validate({"day": date(2026, 3, 2), "enterprise": "E3", "severity": "major"})
    told_b = Classed.model_validate({"day": date(2026, 3, 10), "enterprise": "E3", "class": "B"})
    assert held(major, told_b) == [
        (None, date(2026, 3, 2), "B"), (date(2026, 3, 3), date(2026, 3, 9), "A"), (date(2026, 3, 10), None, "B"),
    ]  # fmt: skip


def test_what_was_made_today_takes_of_todays_time() -> None:
    """Two visits a day are the most: what is still owed this week waits until the two have time again."""
    officers = [{**one, "visits_per_day": 2} for one in PARTS["officers"]]
    pins = [{"enterprise": f"E{n}", "window": "2026-03-09..2026-03-10"} for n in (3, 4, 5)]
    plan = plan_of({**PARTS, "officers": officers, "pins": pins})
    team = [one["id"] for one in officers]

    def today(*made: VisitMade) -> int:
        rows = roster.visits(schedule(plan, told(*made), MARCH))
        return rows.filter((pl.col("date") == MARCH) & (pl.col("state") != "done")).height

    unplanned = [visit(f"E{n}", MARCH, officers=team[:2]) for n in (1, 2)]
    others = [visit(f"E{n}", MARCH, officers=["stranger"]) for n in (1, 2)]
    assert today(*others) > 0
    assert today(unplanned[0]) == 1
    assert today(*unplanned) == 0
