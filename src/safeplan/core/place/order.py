"""Order: a tour through an area, along which its subjects are numbered, so that neighbours fall on the same days.

The tour follows a Hilbert curve over the coordinates (Bartholdi and Platzman, 1982: a space-filling curve visits n
points within about 25 % of the best tour, in the time of a sort).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_BITS = 16


def tour(latitude: Floats, longitude: Floats, grid: Ints) -> Ints:
    """Number subjects along the tour.

    Parameters
    ----------
    latitude, longitude
        Degrees, NaN where unknown: then the middle of the grid's others, else the grids' own order.
    grid
        Code of the grid, -1: none.

    Returns
    -------
    Ints
        The rank of each subject, 0 … n-1; equal places keep their order.
    """
    known = np.isfinite(latitude) & np.isfinite(longitude)
    y, x = latitude.copy(), longitude.copy()
    for code in np.unique(grid[~known]):
        here = known & (grid == code)
        lost = ~known & (grid == code)
        if here.any():
            y[lost], x[lost] = latitude[here].mean(), longitude[here].mean()
    placed = np.isfinite(x) & np.isfinite(y)
    curve = np.full(len(x), -1, np.int64)
    if placed.any():
        curve[placed] = _hilbert(_scaled(x, y, placed))
    order = np.lexsort((np.arange(len(x)), curve, np.where(placed, -1, grid)))
    rank = np.empty(len(x), np.int64)
    rank[order] = np.arange(len(x))
    return rank


def _scaled(x: Floats, y: Floats, placed: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Lay the places on a square of 2^16 cells; a degree of longitude is shorter than one of latitude."""
    wide = x[placed] * np.cos(np.radians(y[placed].mean()))
    high = y[placed]
    side = max(wide.max() - wide.min(), high.max() - high.min(), 1e-9)
    scale = (2**_BITS - 1) / side
    return ((wide - wide.min()) * scale).astype(np.int64), ((high - high.min()) * scale).astype(np.int64)


def _hilbert(cells: tuple[Ints, Ints]) -> Ints:
    """Give the distance along the Hilbert curve of each cell."""
    x, y = cells[0].copy(), cells[1].copy()
    distance = np.zeros(len(x), np.int64)
    side = 1 << (_BITS - 1)
    while side:
        right, upper = (x & side) > 0, (y & side) > 0
        distance += side * side * ((3 * right) ^ upper)
        flip = ~upper & right
        x[flip], y[flip] = (2**_BITS - 1) - x[flip], (2**_BITS - 1) - y[flip]
        swap = ~upper
        x[swap], y[swap] = y[swap], x[swap].copy()
        side >>= 1
    return distance
