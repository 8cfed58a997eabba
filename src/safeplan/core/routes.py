"""Routes: the order of a crew's visits on a day, shortest way first; many crews at once.

An open path from where the team's day begins through all visits, improved by reversing stretches while that shortens it
(2-opt: Croes, 1958), starting from the tour. Places are whole metres, so that equal input gives equal bytes everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_PASSES = 12
_METRES_A_DEGREE = 111_195.0
_ENOUGH = 1e-6


UNKNOWN = np.iinfo(np.int64).min


def metres(latitude: Floats, longitude: Floats) -> Ints:
    """Lay places on a plane: x and y in whole metres, shape (n, 2); unknown ones (NaN) are UNKNOWN."""
    known = np.isfinite(latitude) & np.isfinite(longitude)
    flat = np.full((len(latitude), 2), UNKNOWN, np.int64)
    if known.any():
        middle = round(float(latitude[known].mean()), 2)
        flat[known, 0] = np.rint(longitude[known] * np.cos(np.radians(middle)) * _METRES_A_DEGREE)
        flat[known, 1] = np.rint(latitude[known] * _METRES_A_DEGREE)
    return flat


def is_known(places: Ints) -> NDArray[np.bool_]:
    """Tell which places of `metres` are known."""
    known: NDArray[np.bool_] = places[..., 0] != UNKNOWN
    return known


def routes(days: Sequence[Ints], starts: Ints) -> tuple[list[Ints], Ints]:
    """Order the visits of many crew-days.

    Parameters
    ----------
    days
        For each crew-day, the places of its visits in the tour's order, shape (n, 2), all known.
    starts
        Where each crew's day begins, shape (days, 2), possibly unknown: then it begins at its first visit.

    Returns
    -------
    list of Ints, Ints
        For each crew-day the order of its visits (indices), and the metres of the way.
    """
    orders: list[Ints] = [np.arange(len(day)) for day in days]
    length = np.zeros(len(days), np.int64)
    sizes = np.array([len(day) for day in days], np.int64)
    for size in np.unique(sizes[sizes > 0]).tolist():
        rows = np.flatnonzero(sizes == size)
        found, way = _shortened(np.stack([days[row] for row in rows.tolist()]), starts[rows])
        for row, order in zip(rows.tolist(), found, strict=True):
            orders[row] = order
        length[rows] = np.rint(way).astype(np.int64)
    return orders, length


def _shortened(places: Ints, starts: Ints) -> tuple[Ints, Floats]:
    """Shorten paths of one length; nodes n and n + 1 stand for the start and the free end."""
    count, size = places.shape[:2]
    between = np.zeros((count, size + 2, size + 2))
    apart = (places[:, :, None, :] - places[:, None, :, :]).astype(np.float64)
    between[:, :size, :size] = np.sqrt((apart**2).sum(axis=3))
    begun = is_known(starts)
    from_start = np.where(begun[:, None, None], places - starts[:, None, :], 0).astype(np.float64)
    between[:, size, :size] = between[:, :size, size] = np.sqrt((from_start**2).sum(axis=2))
    path = np.tile(np.array([size, *range(size), size + 1]), (count, 1))
    every = np.arange(count)
    for _ in range(_PASSES):
        better = False
        for i in range(1, size):
            for j in range(i + 1, size + 1):
                a, b, c, d = path[:, i - 1], path[:, i], path[:, j], path[:, j + 1]
                saved = between[every, a, b] + between[every, c, d] - between[every, a, c] - between[every, b, d]
                turn = np.flatnonzero(saved > _ENOUGH)
                if turn.size:
                    better = True
                    path[turn, i : j + 1] = path[turn, i : j + 1][:, ::-1]
        if not better:
            break
    way = between[every[:, None], path[:, :-1], path[:, 1:]].sum(axis=1)
    return path[:, 1:-1], way
