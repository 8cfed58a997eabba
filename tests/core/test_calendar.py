"""The calendar of a plan and the arithmetic of deadlines."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from safeplan.core.calendar import Calendar, calendar_of, deadline
from safeplan.terms.days import DayKind, Days
from safeplan.terms.duration import Duration

from .plans import plan_of


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return calendar_of(plan_of({"period": "2026"}))


@pytest.mark.parametrize(
    ("start", "length", "raw", "rolled"),
    [
        ("2026-09-18", "7 days", "2026-09-25", "2026-09-28"),
        ("2026-09-18", "7 workdays", "2026-09-29", "2026-09-29"),
        ("2026-09-24", "7 days", "2026-10-01", "2026-10-08"),
        ("2026-09-24", "7 workdays", "2026-10-12", "2026-10-12"),
        ("2026-02-06", "10 days", "2026-02-16", "2026-02-24"),
        ("2026-02-06", "10 workdays", "2026-02-27", "2026-02-27"),
        ("2026-04-30", "3 days", "2026-05-03", "2026-05-06"),
        ("2026-04-30", "3 workdays", "2026-05-08", "2026-05-08"),
        ("2026-01-31", "30 days", "2026-03-02", "2026-03-02"),
        ("2026-01-31", "30 workdays", "2026-03-19", "2026-03-19"),
        ("2026-01-31", "1 month", "2026-02-28", "2026-02-28"),
        ("2024-02-29", "1 year", "2025-02-28", "2025-02-28"),
        ("2026-03-02", "0 workdays", "2026-03-02", "2026-03-02"),
        ("2026-03-02", "2 weeks", "2026-03-16", "2026-03-16"),
    ],
)
def test_deadlines_end_where_domain_a5_says(calendar: Calendar, start: str, length: str, raw: str, rolled: str) -> None:
    found = deadline(calendar, date.fromisoformat(start), Duration.parse(length))
    assert found == (date.fromisoformat(raw), date.fromisoformat(rolled))


def test_a_year_has_the_working_days_of_the_announcement(calendar: Calendar) -> None:
    first, last = calendar.index(date(2026, 1, 1)), calendar.index(date(2026, 12, 31))
    assert calendar.workday[first : last + 1].sum() == 248


def test_holidays_are_runs_of_days_off_that_hold_a_named_day(calendar: Calendar) -> None:
    first, last = calendar.index(date(2026, 1, 1)), calendar.index(date(2026, 12, 31))
    assert calendar.holiday[first : last + 1].sum() == 33


def test_the_plans_own_days_move_visits_but_never_a_deadline() -> None:
    plan = plan_of({"period": "2026", "calendar": {"days_off": ["2026-03-09"], "workdays": ["2026-03-07"]}})
    calendar = calendar_of(plan)
    assert not calendar.workday[calendar.index(date(2026, 3, 9))]
    assert calendar.workday[calendar.index(date(2026, 3, 7))]
    assert deadline(calendar, date(2026, 3, 6), Duration.parse("3 days"))[1] == date(2026, 3, 9)
    assert not calendar.holiday[calendar.index(date(2026, 3, 9))]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-05-06/2026-05-08", {date(2026, 5, 6), date(2026, 5, 7), date(2026, 5, 8)}),
        ("2019-01-01/2019-02-01", set()),
        ("2023-12-30/2024-01-02", {date(2024, 1, 1), date(2024, 1, 2)}),
    ],
    ids=["a span", "a span before the calendar", "a span that begins before it"],
)
def test_spans_of_days_become_masks(calendar: Calendar, text: str, days: set[date]) -> None:
    assert {calendar.day(i) for i in np.flatnonzero(calendar.days(Days.parse(text)))} == days


def test_a_weekday_is_every_such_day(calendar: Calendar) -> None:
    assert {calendar.day(i).weekday() for i in np.flatnonzero(calendar.days(Days.parse("friday")))} == {4}


def test_the_kinds_of_days_are_what_rules_say(calendar: Calendar) -> None:
    sunday, made_up = calendar.index(date(2026, 3, 8)), calendar.index(date(2026, 2, 14))
    assert calendar.allowed(DayKind.WEEKENDS)[sunday]
    assert not calendar.allowed(DayKind.WEEKENDS)[made_up]
    assert calendar.allowed(DayKind.WORKDAYS)[made_up]
    assert calendar.allowed(DayKind.ALL).all()


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    import chinese_calendar

    calendar = calendar_of(plan_of({"period": str(year)}))
    first = calendar.index(date(year, 1, 1))
    for i in range(first, calendar.index(date(year, 12, 31)) + 1):
        assert calendar.statutory[i] == chinese_calendar.is_workday(calendar.day(i)), calendar.day(i)
