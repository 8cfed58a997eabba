"""How often, as a sentence says it: 1 per month, 每月1次."""

from __future__ import annotations

from safeplan.terms.frequency import Frequency
from safeplan.words.language import Words

UNITS: dict[str, str] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "half-year": "half-year",
    "year": "year",
}
SEVERAL: dict[str, str] = {
    "day": "{n} days",
    "week": "{n} weeks",
    "month": "{n} months",
    "quarter": "{n} quarters",
    "half-year": "{n} half-years",
    "year": "{n} years",
}


def frequency_text(words: Words, frequency: Frequency) -> str:
    """Say how often; a number in a window is said alone."""
    if frequency.season is not None:
        return words("{times} per {unit}", times=frequency.times, unit=frequency.season)
    if frequency.unit is None:
        return words("{times} in the window", times=frequency.times)
    if frequency.every == 1:
        unit = words(UNITS[frequency.unit.value])
    else:
        unit = words(SEVERAL[frequency.unit.value], n=frequency.every)
    return words("{times} per {unit}", times=frequency.times, unit=unit)
