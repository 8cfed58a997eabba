"""The calendar file can be read back, keeps its UIDs, and says what the roster says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
import polars as pl

from made.schedules import made_plan, made_schedule
from safeplan.core.choice import Choice, choose
from safeplan.output import ics
from safeplan.words.language import Words

EN = Words("en")


def _events(choice: Choice | None = None) -> list[icalendar.Event]:
    data = ics.render(choose(made_schedule(), choice or Choice()), EN)
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_there_is_one_event_a_visit_all_day_with_a_uid_of_its_own():
    events = _events()
    assert len(events) == 5
    assert len({str(event["uid"]) for event in events}) == 5
    first = events[0]
    assert str(first["uid"]) == "pin-E0002-2026-03-02/E0002/2026-03-02/1@safeplan"
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2026, 3, 2), date(2026, 3, 3))
    assert str(first["summary"]) == "隆盛农贸市场"
    assert first["categories"].to_ical().decode() == "inspection"


def test_the_description_says_crew_and_rules_and_survives_escaping():
    described = str(_events()[0]["description"])
    assert described.splitlines()[0] == "Crew 1: 王强, 李芳; stop 1"
    assert "信访件, A类" in described


def test_the_place_is_the_address_else_the_grid():
    assert [str(event["location"]) for event in _events()[:3]] == ["东街村", "兴业大道1号", "东街村"]


def test_the_stamp_is_midnight_of_today_in_the_plans_zone():
    assert {event.decoded("dtstamp") for event in _events()} == {datetime(2026, 2, 28, 16, tzinfo=UTC)}


def test_an_officers_calendar_holds_that_officers_visits():
    assert [str(event["summary"]) for event in _events(Choice(officer=2))] == ["东街村"]


def test_lines_are_folded_at_75_bytes_and_end_as_the_standard_says():
    plan = made_plan()
    long = plan.enterprises.with_columns(name=pl.lit("很长的名字；a,b\\c" * 20))
    schedule = made_schedule(replace(plan, enterprises=long))
    data = ics.render(choose(schedule, Choice()), EN)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    event = icalendar.Calendar.from_ical(data).walk("VEVENT")[0]
    assert str(event["summary"]) == "很长的名字；a,b\\c" * 20


def test_a_name_cannot_smuggle_a_line_in():
    plan = made_plan()
    names = plan.enterprises.with_columns(name=pl.lit("a\r\nEND:VEVENT\r\nb"), address=pl.lit("x\nATTENDEE:mailto:y"))
    data = ics.render(choose(made_schedule(replace(plan, enterprises=names)), Choice()), EN)
    assert len(icalendar.Calendar.from_ical(data).walk("VEVENT")) == 5
    assert b"\r\nATTENDEE" not in data


def test_the_same_schedule_gives_the_same_bytes():
    chosen = choose(made_schedule(), Choice())
    assert ics.render(chosen, EN) == ics.render(chosen, EN)
