"""Every reason is one sentence with a number and two ways out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from made.schedules import A, made_schedule
from safeplan.core import roster
from safeplan.core.tables import UNPLACED, Proof, Schedule
from safeplan.terms.reason import Reason
from safeplan.words.language import Words
from safeplan.words.reasons import Reasons

_DAYS = tuple(date(2026, 2, day) for day in (2, 3, 4, 5))


def _said(code: str, proof: Proof | None = None, **changes: Any) -> str:
    schedule: Schedule = made_schedule()
    open_ = pl.DataFrame([(8, code, 0 if proof else -1, 12, 4)], schema=UNPLACED, orient="row")
    schedule = replace(schedule, unplaced=open_, proofs=(proof,) if proof else (), **changes)
    return Reasons(Words("en"), schedule).sentences(roster.unplaced(schedule))[0]


@pytest.mark.parametrize("code", list(Reason))
def test_every_reason_names_who_and_a_number_and_two_ways_out(code: Reason):
    said = _said(code)
    assert "{" not in said and "?" not in said
    assert re.search(r"\d", said)
    assert "; " in said and re.search(r", (or|and) | or |, and ", said.split("; ", 1)[1])
    if code is not Reason.POOL:
        assert said.startswith("楚天塑业有限公司")


def test_a_cap_says_what_is_owed_and_what_is_allowed():
    assert "12 visits a year would count and its cap is 4" in _said("cap")


def test_a_shortage_adds_up():
    said = _said("capacity", Proof(_DAYS, (0, 1), 97, 80, "visits", 17))
    assert said.startswith(
        "巡查中队, 2–5 Feb: 97 visits owed, 4 days × 20 = 80 possible, 17 short; absent 0 officer-days"
    )
    assert said.endswith(
        "add 5 crew-days, or move 17 visits of A类 to Mar 2026, in which these people have time for 84 more"
    )


def test_a_shortage_that_is_no_product_is_said_without_one():
    assert "97 visits owed, 81 possible on 4 days" in _said("capacity", Proof(_DAYS, (0,), 97, 81, "visits", 16))


def test_a_shortage_in_minutes_counts_crew_days_in_minutes():
    said = _said("capacity", Proof(_DAYS, (2,), 1500, 1440, "minutes", 1))
    assert said.startswith("陈立, 2–5 Feb: 1500 minutes owed, 1440 possible on 4 days, 1 visits short")
    assert "add 1 crew-days" in said


def test_leave_is_counted_in_days_and_halves():
    days = (date(2026, 2, 9), date(2026, 2, 12), date(2026, 2, 13))
    assert "absent 1.5 officer-days" in _said("capacity", Proof(days, (0, 1), 9, 6, "visits", 3))


@pytest.mark.parametrize(
    ("last", "least", "instead"),
    [
        pytest.param(date(2026, 2, 27), 84, "move 84 visits of A类 to Mar 2026", id="just as many as there is time"),
        pytest.param(date(2026, 2, 27), 86, "move 86 visits of A类 to Apr 2026", id="the month after has too little"),
        pytest.param(date(2026, 2, 27), 900, "leave 900 visits of A类 to the next plan", id="no month has so much"),
        pytest.param(date(2026, 12, 30), 3, "leave 3 visits of A类 to the next plan", id="no month is left"),
    ],
)
def test_visits_are_sent_only_where_there_is_time_for_them(last: date, least: int, instead: str):
    said = _said("capacity", Proof((last,), (0, 1), 1000, 1000 - least, "visits", least))
    assert f", or {instead}" in said


def test_a_visit_that_finds_no_crew_says_how_many_minutes_it_takes_and_where_they_are():
    said = _said("capacity")
    assert "has a crew that may go there 75 minutes left; add a crew-day, or move 1 visits of A类 to " in said


def test_many_who_share_a_shortage_are_told_the_same():
    schedule = made_schedule()
    two = pl.DataFrame([(8, "capacity", 0, 1, 1), (0, "capacity", 0, 1, 1)], schema=UNPLACED, orient="row")
    schedule = replace(schedule, unplaced=two)
    assert schedule.obligations["rule"].gather([0, 8]).to_list() == [A, A]
    assert len(set(Reasons(Words("en"), schedule).sentences(roster.unplaced(schedule)))) == 1
