"""The tour through an area."""

from __future__ import annotations

import numpy as np

from safeplan.core.place.order import tour

NOWHERE = np.array([], np.float64)


def length(x: np.ndarray, y: np.ndarray, rank: np.ndarray) -> float:
    order = np.argsort(rank)
    return float(np.hypot(np.diff(x[order]), np.diff(y[order])).sum())


def test_every_subject_has_a_rank_of_its_own() -> None:
    rng = np.random.default_rng(1)
    rank = tour(30 + rng.random(500) / 50, 114 + rng.random(500) / 50, np.zeros(500, np.int64))
    assert sorted(rank) == list(range(500))


def test_the_tour_is_far_shorter_than_a_random_order() -> None:
    rng = np.random.default_rng(2)
    y, x = rng.random(1000), rng.random(1000)
    rank = tour(y, x, np.zeros(1000, np.int64))
    assert length(x, y, rank) < 0.15 * length(x, y, rng.permutation(1000))


def test_who_has_no_place_goes_with_its_grid() -> None:
    nan = np.nan
    latitude = np.array([30.0, 31.0, nan, 30.0, 31.0])
    longitude = np.array([114.0, 115.0, nan, 114.001, 115.001])
    rank = tour(latitude, longitude, np.array([0, 1, 1, 0, 1]))
    neighbours = {int(i) for i in np.argsort(rank)[[0, 1]]} | {int(i) for i in np.argsort(rank)[[3, 4]]}
    assert abs(int(rank[2]) - int(rank[1])) <= 2
    assert {0, 3} <= neighbours


def test_without_any_place_the_grids_keep_together() -> None:
    nan = np.full(4, np.nan)
    assert list(np.argsort(tour(nan, nan, np.array([1, 0, 1, 0])))) == [1, 3, 0, 2]


def test_nobody_gives_an_empty_tour() -> None:
    assert tour(NOWHERE, NOWHERE, np.array([], np.int64)).size == 0
