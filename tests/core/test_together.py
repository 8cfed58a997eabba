"""The fewest visits of one enterprise: windows, rules that cannot share, gaps, and what has to stay out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.core.together import Owed, fewest, fits, spread

ALWAYS = (1 << 60) - 1


def days(first: int, last: int) -> int:
    return (1 << (last + 1)) - (1 << first)


def anything(rules: tuple[int, ...]) -> int:
    return ALWAYS


def not_zero_with_one(rules: tuple[int, ...]) -> int:
    return 0 if {0, 1} <= set(rules) else ALWAYS


@pytest.mark.parametrize(
    ("owed", "days_of", "gaps", "visits"),
    [
        ([(0, 0, 9), (1, 5, 20)], anything, {}, 1),
        ([(0, 0, 9), (1, 10, 20)], anything, {}, 2),
        ([(0, 0, 9), (0, 0, 9), (1, 0, 9)], anything, {}, 2),
        ([(0, 0, 9), (1, 0, 9), (2, 0, 9)], not_zero_with_one, {}, 2),
        ([(0, 0, 9), (0, 10, 19), (1, 8, 12), (1, 8, 12)], anything, {}, 2),
        ([(0, 0, 9), (0, 10, 19), (1, 8, 9), (1, 10, 11)], anything, {0: 7}, 3),
    ],
    ids=[
        "windows that meet", "windows apart", "two of one rule are two visits", "rules that no family serves",
        "each of one rule with another of the other", "a gap that the fullest grouping would break",
    ],
)  # fmt: skip
def test_as_few_visits_as_can_be(
    owed: list[tuple[int, int, int]], days_of: object, gaps: dict[int, int], visits: int
) -> None:
    items = [Owed(rule, days(first, last), 50) for rule, first, last in owed]
    found = fewest(items, days_of, gaps)  # type: ignore[arg-type]
    assert len(found) == visits
    assert sorted(i for visit in found for i in visit.owed) == list(range(len(items)))


def test_what_a_gap_leaves_no_day_for_is_left_out_the_least_important_first() -> None:
    items = [Owed(0, days(0, 4), 30), Owed(0, days(0, 4), 60)]
    assert [visit.owed for visit in fewest(items, anything, {0: 10})] == [(1,)]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(0, 15)), max_size=9), st.integers(0, 11))
def test_spreading_keeps_visits_and_days(owed: list[tuple[int, int, int]], turn: int) -> None:
    items = [Owed(rule, days(first, first + length), 50) for rule, first, length in owed]
    gaps = {0: 5}
    found = fewest(items, anything, gaps)
    other = spread(found, items, anything, gaps, turn)
    assert len(other) == len(found)
    assert sorted(i for v in other for i in v.owed) == sorted(i for v in found for i in v.owed)
    assert fits([(visit.days, visit.rules) for visit in other], gaps)
    assert all(len(set(visit.rules)) == len(visit.owed) for visit in other)
