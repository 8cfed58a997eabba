"""Which visits stay under a cap: evenly spread, then early."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from safeplan.core.place.ceilings import even_choice


def longest(middles: tuple[int, ...], kept: tuple[int, ...], start: int, end: int) -> int:
    points = [start, *(middles[i] for i in kept), end]
    return max(b - a for a, b in pairwise(points))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.data())
def test_the_choice_leaves_the_smallest_longest_gap_then_the_earlier(days: list[int], data: st.DataObject) -> None:
    middles = tuple(sorted(days))
    keep = data.draw(st.integers(1, len(middles)))
    best = min(combinations(range(len(middles)), keep), key=lambda one: (longest(middles, one, 0, 60), one))
    chosen = tuple(sorted(even_choice(middles, keep, 0, 60)))
    assert longest(middles, chosen, 0, 60) == longest(middles, best, 0, 60)
    assert tuple(middles[i] for i in chosen) <= tuple(middles[i] for i in best)


def test_of_twelve_months_four_are_kept_evenly() -> None:
    months = tuple(range(30, 720, 60))
    chosen = sorted(even_choice(months, 4, 0, 720))
    assert len(chosen) == 4
    assert longest(months, tuple(chosen), 0, 720) <= 180


def test_nothing_is_kept_when_nothing_may_be() -> None:
    assert even_choice((1, 2, 3), 0, 0, 10) == frozenset()
