"""Proposals: the visits that could be made, as arrays that place, crews and assemble read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safeplan.core.duties import Duty

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Visits that could be made, as parallel arrays; the first are the obligations themselves, in their order.

    Attributes
    ----------
    enterprise, grid
        The subject, -1 where it is not that.
    duty
        Code of what it asks, in `duties`.
    first, last
        Window, in days from the plan's first, both included.
    importance
        Of its most important obligation, `lead`.
    merged
        For an obligation that a merged proposal serves, that proposal; else -1.
    serves
        For each merged proposal, the obligations that it serves.
    """

    enterprise: Ints
    grid: Ints
    duty: Ints
    first: Ints
    last: Ints
    importance: Ints
    lead: Ints
    merged: Ints
    serves: dict[int, tuple[int, ...]]
    duties: tuple[Duty, ...]

    def obligations_of(self, proposal: int) -> tuple[int, ...]:
        """Give the obligations that a proposal serves, the most important first."""
        return self.serves.get(proposal, (proposal,))
