"""Calendar units as periods with a name."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.terms.period import Unit, month_start, periods, unit_name

DAYS = st.dates(date(2000, 1, 3), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("unit", "day", "name"),
    [
        (Unit.DAY, date(2026, 3, 2), "2026-03-02"),
        (Unit.WEEK, date(2026, 3, 2), "2026-W10"),
        (Unit.WEEK, date(2027, 1, 1), "2026-W53"),
        (Unit.MONTH, date(2026, 3, 31), "2026-03"),
        (Unit.QUARTER, date(2026, 3, 31), "2026-Q1"),
        (Unit.HALF_YEAR, date(2026, 7, 1), "2026-H2"),
        (Unit.YEAR, date(2026, 12, 31), "2026"),
    ],
)
def test_a_unit_is_spelt(unit: Unit, day: date, name: str) -> None:
    assert unit_name(unit, day) == name


@pytest.mark.parametrize(
    ("unit", "every", "names"),
    [
        pytest.param(Unit.QUARTER, 1, ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"], id="quarters of a year"),
        pytest.param(Unit.MONTH, 6, ["2026-01..2026-06", "2026-07..2026-12"], id="blocks of six months"),
        pytest.param(Unit.YEAR, 2, ["2026..2027"], id="two years, counted from 2000"),
        pytest.param(
            Unit.MONTH, 5, ["2025-11..2026-03", "2026-04..2026-08", "2026-09..2027-01"], id="blocks join years"
        ),
    ],
)
def test_the_periods_of_2026(unit: Unit, every: int, names: list[str]) -> None:
    assert [one.name for one in periods(unit, every, date(2026, 1, 1), date(2026, 12, 31))] == names


@given(st.sampled_from(list(Unit)), st.integers(1, 13), DAYS, st.integers(0, 800))
def test_periods_follow_one_another_without_gap_and_cover_the_days(
    unit: Unit, every: int, first: date, more: int
) -> None:
    last = first + timedelta(days=more)
    found = list(periods(unit, every, first, last))
    assert found[0].first <= first <= found[0].last
    assert found[-1].first <= last <= found[-1].last
    assert all(two.first - one.last == timedelta(days=1) for one, two in pairwise(found))
    assert len({one.name for one in found}) == len(found)


@given(st.sampled_from(list(Unit)), st.integers(1, 13), DAYS)
def test_a_period_does_not_depend_on_where_one_begins_to_ask(unit: Unit, every: int, day: date) -> None:
    (alone,) = periods(unit, every, day, day)
    assert alone in list(periods(unit, every, day - timedelta(days=400) if day.year > 2001 else day, day))


def test_blocks_of_weeks_begin_on_a_monday() -> None:
    assert all(one.first.weekday() == 0 for one in periods(Unit.WEEK, 3, date(2026, 1, 1), date(2026, 12, 31)))


def test_no_units_is_an_error() -> None:
    with pytest.raises(ValueError, match="0"):
        list(periods(Unit.DAY, 0, date(2026, 1, 1), date(2026, 1, 2)))


def test_months_are_counted_from_2000() -> None:
    assert month_start(0) == date(2000, 1, 1)
    assert month_start(26 * 12 + 2) == date(2026, 3, 1)
