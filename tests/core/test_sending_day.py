"""The day on which a week's roster goes out: the weekday that is named, or the working day before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from made.schedules import made_plan
from safeplan.core.calendar import Calendar, calendar_of
from safeplan.core.sending_day import sending_day, weeks_due
from safeplan.plan.settings import Weekly
from safeplan.reading.official import official_days
from safeplan.terms.span import Span


def calendar(**settings: Any) -> Calendar:
    plan = made_plan(calendar=settings)
    official = official_days(Span(date(2025, 1, 1), date(2027, 12, 31)), plan.file.calendar)
    return calendar_of(replace(plan, official=official))


@pytest.mark.parametrize(
    ("monday", "covers", "day", "goes_out"),
    [
        pytest.param("2026-03-09", "next-week", "friday", "2026-03-06", id="the Friday before"),
        pytest.param("2026-03-09", "this-week", "monday", "2026-03-09", id="the Monday of the week"),
        pytest.param("2026-03-09", "next-week", "周四", "2026-03-05", id="in Chinese"),
        pytest.param("2026-10-12", "next-week", "friday", "2026-10-09", id="worked after National Day"),
        pytest.param("2026-10-05", "next-week", "friday", "2026-09-30", id="Friday off: the last day before"),
        pytest.param("2026-02-23", "next-week", "friday", "2026-02-14", id="a whole week off: a make-up Saturday"),
    ],
)
def test_it_goes_out(monday: str, covers: str, day: str, goes_out: str) -> None:
    weekly = Weekly(covers=covers, day=day)
    assert sending_day(calendar(), weekly, date.fromisoformat(monday)) == date.fromisoformat(goes_out)


def test_the_plans_own_day_off_moves_it() -> None:
    found = sending_day(calendar(days_off=["2026-03-05/2026-03-06"]), Weekly(), date(2026, 3, 9))
    assert found == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("today", "weeks"),
    [
        ("2026-03-05", [("2026-03-02", False)]),
        ("2026-03-06", [("2026-03-02", False), ("2026-03-09", True)]),
        ("2026-03-07", [("2026-03-02", False), ("2026-03-09", False)]),
        ("2026-03-09", [("2026-03-09", False)]),
        ("2026-02-14", [("2026-02-09", False), ("2026-02-16", False), ("2026-02-23", True)]),
    ],
)
def test_weeks_are_due_from_their_day_on_until_they_are_over(today: str, weeks: list[tuple[str, bool]]) -> None:
    found = [(str(monday), now) for monday, now in weeks_due(calendar(), Weekly(), date.fromisoformat(today))]
    assert found == weeks
