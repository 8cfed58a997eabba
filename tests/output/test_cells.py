"""Groups, weeks and shades."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.document import Chart, Column, Table
from safeplan.output.cells import LEVELS, cell_text, group_levels, opened_levels, shade, shade_bounds, weeks_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (date(2026, 3, 9), "2026-03-09"),
        (12.0, "12"),
        (0.5, "0.5"),
        (1234567.5, "1234567.5"),
        ("0012", "0012"),
    ],
)
def test_a_cell_reads_as_a_person_writes_it(cell, text):
    assert cell_text(cell) == text


def test_a_weekday_shares_the_heading_of_its_day():
    table = Table(
        tuple(Column(key, key) for key in ("x", "date", "weekday", "crew")), [], group=("date", "weekday", "crew")
    )
    assert group_levels(table) == ((1, 2), (3,))


def test_a_new_day_opens_the_crew_again():
    table = Table(
        (Column("d", ""), Column("c", "")), [("1", "a"), ("1", "a"), ("1", "b"), ("2", "b")], group=("d", "c")
    )
    assert [opened for opened, _ in opened_levels(table)] == [0, 2, 1, 0]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 400))
def test_weeks_hold_every_day_once_and_start_on_monday(first, count):
    days = tuple(first + timedelta(days=n) for n in range(count))
    weeks = weeks_of(Chart("heat", "", days, tuple(float(n) for n in range(count))))
    assert all(week.monday.weekday() == 0 for week in weeks)
    assert [value for week in weeks for value in week.values if value is not None] == [float(n) for n in range(count)]


@given(st.integers(1, 500))
def test_shades_rise_and_their_bounds_tell_them(top):
    shades = [shade(n, top) for n in range(top + 1)]
    assert shades == sorted(shades)
    assert (shades[0], shades[-1]) == (0, LEVELS)
    told = [n for least, most in shade_bounds(top) for n in range(int(least), int(most) + 1)]
    assert told == list(range(1, top + 1))
