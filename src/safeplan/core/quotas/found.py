"""Found: what the stages before have made of all obligations, which quotas are filled into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from safeplan.core.areas import Area
from safeplan.core.place.task import Placed, Task
from safeplan.core.proposals import Ints, Proposals
from safeplan.core.rules.obligations import Expanded, empty
from safeplan.core.staff import CrewDay

Result = tuple[Placed, list[CrewDay]]


@dataclass(frozen=True, slots=True)
class Found:
    """What the stages before have made, area by area, of all obligations."""

    expanded: Expanded
    proposals: Proposals
    areas: tuple[Area, ...]
    tasks: tuple[Task, ...]
    results: tuple[Result, ...]
    missed: pl.DataFrame = field(default_factory=empty)
    """What quotas of units that are over were short of (OBLIGATIONS)."""
    settled: Mapping[int, str] = field(default_factory=dict)
    """Proposals that are visits of a settled roster, of quotas: adopted or issued."""


def days_of(found: Found) -> Ints:
    """Give the day of every proposal, -1 where it has none."""
    day = np.full(found.proposals.duty.size, -1, np.int64)
    for area, (placed, _) in zip(found.areas, found.results, strict=True):
        day[area.proposals] = placed.day
    return day
