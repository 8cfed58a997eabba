"""The order of a crew's day."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from safeplan.core.routes import is_known, metres, routes

NOWHERE = np.full((1, 2), np.iinfo(np.int64).min, np.int64)


def way(points: np.ndarray, order: list[int], start: np.ndarray | None) -> float:
    path = points[order]
    first = 0.0 if start is None else float(np.hypot(*(path[0] - start)))
    return first + float(np.hypot(*np.diff(path, axis=0).T).sum())


def test_a_day_of_few_visits_is_nearly_always_the_shortest_way() -> None:
    rng = np.random.default_rng(3)
    days = [rng.integers(0, 10_000, (6, 2)) for _ in range(100)]
    starts = rng.integers(0, 10_000, (100, 2))
    orders, lengths = routes(days, starts)
    best = [min(way(d, list(p), s) for p in permutations(range(6))) for d, s in zip(days, starts, strict=True)]
    ratio = lengths.sum() / sum(best)
    assert 0.999 < ratio < 1.03
    for day, order, start, length in zip(days, orders, starts, lengths, strict=True):
        assert sorted(order) == list(range(6))
        assert abs(way(day, list(order), start) - length) <= 1


def test_without_a_start_the_way_begins_at_a_visit() -> None:
    line = np.array([[0, 0], [300, 0], [100, 0], [200, 0]])
    orders, lengths = routes([line], NOWHERE)
    assert lengths[0] == 300
    assert list(orders[0]) in ([0, 2, 3, 1], [1, 3, 2, 0])


def test_days_of_all_lengths_keep_their_places() -> None:
    rng = np.random.default_rng(4)
    days = [rng.integers(0, 1000, (n, 2)) for n in (1, 3, 2, 3, 5)]
    orders, lengths = routes(days, np.zeros((5, 2), np.int64))
    assert [len(order) for order in orders] == [1, 3, 2, 3, 5]
    assert (lengths > 0).all()


def test_unknown_places_are_told_apart() -> None:
    places = metres(np.array([30.0, np.nan]), np.array([114.0, 114.0]))
    assert list(is_known(places)) == [True, False]


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    places = metres(np.array([30.0, 31.0]), np.array([114.0, 114.0]))
    assert abs((places[1, 1] - places[0, 1]) - 111_195) <= 1
