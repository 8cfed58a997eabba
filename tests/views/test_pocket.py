"""What the page for the pocket says of an officer's days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

import safeplan
from core.plans import plan_of
from made.ledgers import told
from made.schedules import made_schedule
from safeplan.core.choice import Choice, choose
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding, Reinspection
from safeplan.core.events.visits import VisitMade
from safeplan.core.history import Head
from safeplan.core.pocket import known_of
from safeplan.core.tables import Schedule
from safeplan.document import Note, Pocket, Stop, Tone
from safeplan.views.pocket import pocket_of
from safeplan.words.language import Words

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 15)
WANG, LI, CHEN = range(3)


def shown(*events: Event, officer: int = WANG, made: Schedule | None = None, with_surprise: bool = True) -> Pocket:
    made = made or made_schedule()
    choice = Choice(FIRST, LAST, officer=officer, with_surprise=with_surprise)
    return pocket_of(choose(made, choice), known_of(made, told(*events) if events else None), Words("en"))


def stop_at(pocket: Pocket, title: str) -> Stop:
    return next(one for one in pocket.stops if one.title == title)


def found(text: str, due: str, day: str = "2026-02-10", severity: str = "general") -> Finding:
    facts = {"day": day, "enterprise": "E0001", "text": text, "due": due, "severity": severity, "officers": ["wang"]}
    return Finding.model_validate(facts)


def test_stops_stand_by_day_in_the_order_of_the_route() -> None:
    pocket = shown()
    assert [(one.day.day, one.order, one.title) for one in pocket.stops] == [
        (2, 1, "隆盛农贸市场"), (2, 2, "楚天塑业有限公司"), (10, 1, "=丙厂[/东区]"), (10, 2, "丁店"), (11, 1, "西街村"),
    ]  # fmt: skip
    assert (pocket.document.title, pocket.name) == ("王强: 2–15 Mar", "wang-2026-03-02-2026-03-15")
    assert stop_at(pocket, "丁店").crew == (("li", "李芳"), ("wang", "王强"))


def test_of_others_nothing_is_shown() -> None:
    assert [one.title for one in shown(officer=CHEN).stops] == ["东街村"]


def test_a_stop_says_how_long_where_with_whom_and_for_which_rules() -> None:
    facts = stop_at(shown(), "楚天塑业有限公司").facts
    assert facts == (
        Note("inspection, 60 minutes"), Note("兴业大道1号; 东街村"), Note("with 李芳"), Note("Serves: A类", Tone.QUIET),
    )  # fmt: skip
    assert Note("alone") in stop_at(shown(officer=CHEN), "东街村").facts


def test_a_surprise_visit_says_so_and_one_that_is_not_drawn_too() -> None:
    assert stop_at(shown(), "丁店").facts[0] == Note("surprise visit, tell nobody", Tone.BAD)
    assert stop_at(shown(), "西街村").facts[0] == Note("not drawn yet", Tone.WARNING)
    hidden = shown(with_surprise=False)
    assert {one.title for one in hidden.stops}.isdisjoint({"丁店", "西街村"})
    assert any("2 visits not shown" in note.text for note in hidden.document.foot)


def test_what_was_made_already_says_so() -> None:
    made = made_schedule()
    made = replace(made, visits=made.visits.with_columns(state=pl.lit("done")))
    assert Note("done", Tone.GOOD) in stop_at(shown(made=made), "楚天塑业有限公司").facts


def test_the_last_visit_has_its_day_and_result() -> None:
    visit = VisitMade.model_validate({"day": "2026-02-10", "enterprise": "E0001", "outcome": "closed"})
    assert stop_at(shown(visit), "楚天塑业有限公司").known == (Note("last visit 10 Feb 2026: door closed"),)
    assert stop_at(shown(), "楚天塑业有限公司").known == (Note("last visit 18 Nov 2025, by the register"),)
    assert stop_at(shown(visit), "隆盛农贸市场").known == (Note("no earlier visit is known", Tone.QUIET),)


def test_findings_are_open_with_their_deadline_first_then_the_last_that_closed() -> None:
    closed = [found(f"closed {n}", "2026-02-20", f"2026-01-0{n}") for n in range(1, 6)]
    passed = [
        Reinspection.model_validate({"day": f"2026-01-1{n}", "finding": n, "verdict": "pass"}) for n in range(1, 6)
    ]
    known = stop_at(
        shown(*closed, *passed, found("锁门", "2026-02-20", severity="major"), found("积油", "2026-03-04")),
        "楚天塑业有限公司",
    ).known
    assert known[1:] == (
        Note("F11 major finding: 锁门; days overdue: 9; to be mended by 2026-02-20", Tone.BAD),
        Note("F12 general finding: 积油; to be mended by 2026-03-04", Tone.WARNING),
        Note("F3 general finding: closed 3; mended and closed", Tone.QUIET),
        Note("F4 general finding: closed 4; mended and closed", Tone.QUIET),
        Note("F5 general finding: closed 5; mended and closed", Tone.QUIET),
    )


def test_deadlines_of_these_days_are_listed() -> None:
    (deadlines,) = shown(found("积油", "2026-03-04")).document.sections
    assert deadlines.title == "Findings that fall due"
    assert [one.text for one in deadlines.notes] == ["Wed 4 Mar: 楚天塑业有限公司, F1 积油; to be mended"]


def test_activities_of_these_days_are_listed() -> None:
    drill = {"name": "演练", "kind": "drill", "due": "2026-03-06", "owner": "wang", "evidence": "照片"}
    other = {"name": "会议", "kind": "meeting", "due": "2026-03-06", "owner": "li"}
    officers = [{"id": id_, "name": id_, "grids": ["town"]} for id_ in ("wang", "li")]
    plan = {"period": 2026, "grids": [{"id": "town", "name": "镇"}], "officers": officers, "activities": [drill, other]}
    (activities,) = shown(made=safeplan.schedule(plan_of(plan))).document.sections
    assert [one.text for one in activities.notes] == ["Fri 6 Mar: 演练; drill; 照片"]


def test_the_foot_says_where_the_ledger_ends() -> None:
    made = replace(made_schedule(), ledger=Head(12, "ab12cd34ef"))
    assert [note.text for note in shown(made=made).document.foot] == [
        "As known on 1 Mar 2026", "Ledger: 12 events, head ab12cd34",
    ]  # fmt: skip
    assert shown().document.foot[-1].text == "There is no ledger yet: nothing was recorded"


def test_no_telephone_of_anybody_is_in_it() -> None:
    assert "139" not in repr(shown()) and "138" not in repr(shown())
