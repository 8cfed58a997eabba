"""Spare time: what a month has left of people's minutes once the roster is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from safeplan.core.choice import Choice, choose
from safeplan.core.schedule import schedule
from safeplan.core.spare import Spare
from safeplan.core.tables import Schedule

from .plans import CREW, firm, plan_of

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def made(**more: Any) -> Schedule:
    """Two months of two officers, 22 and 21 working days of 360 minutes; one patrol of 60 minutes a month."""
    parts = {
        "period": "2026-03-01/2026-04-30",
        "classes": {"A": {"visits": "1 per month", "family": "patrol"}},
        "enterprises": [firm(1)],
    }
    return schedule(plan_of(CREW | parts | more))


def test_each_working_day_has_room_for_whole_visits_less_what_is_made() -> None:
    assert Spare(made()).visits([0, 1], 1, 60) == {MARCH: 2 * 22 * 6 - 1, APRIL: 2 * 21 * 6 - 1}


def test_a_visit_of_two_takes_two_and_the_way_counts() -> None:
    found = Spare(made(travel={"minutes": 30}))
    assert found.visits([0, 1], 2, 90) == {MARCH: (2 * 22 * 4 - 1) // 2, APRIL: (2 * 21 * 4 - 1) // 2}


def test_leave_takes_days_and_halves() -> None:
    officers = [{**CREW["officers"][0], "leave": ["2026-03-02/2026-03-03", "2026-03-04 pm"]}]
    found = Spare(made(officers=officers, enterprises=[]))
    assert found.visits([0], 1, 60) == {MARCH: 22 * 6 - 12 - 3, APRIL: 21 * 6}


def test_what_is_not_shown_takes_its_time_all_the_same() -> None:
    whole = made()
    shown = choose(whole, Choice(date(2026, 4, 1), date(2026, 4, 30))).schedule
    assert len(shown.visits) == 1
    assert Spare(shown).visits([0, 1], 1, 60) == Spare(whole).visits([0, 1], 1, 60)
    assert Spare(replace(shown, whole=None)).visits([0, 1], 1, 60)[MARCH] == 2 * 22 * 6
