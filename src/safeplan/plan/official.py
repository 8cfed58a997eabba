"""Official days off as data: what announcements and the law say, before any plan changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class OfficialDays:
    """Statutory days off and make-up days of the years that a plan touches.

    Attributes
    ----------
    off
        Days off that the law or an announcement names, with days given in exchange; plain weekends are not in it.
    work
        Make-up days: weekend days that are worked.
    announced
        The years whose announcement is known; in every other year only what the law itself fixes is certain.
    named
        Holiday (new-year, spring-festival, qingming, labour-day, dragon-boat, mid-autumn, national-day) → its statutory
        days, in every year held.
    source
        Name and version of where the days come from, for the record.
    """

    off: frozenset[date]
    work: frozenset[date]
    announced: frozenset[int]
    named: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    source: str = ""
