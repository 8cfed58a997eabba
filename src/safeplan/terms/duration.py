"""A length of time with its unit said: 15 days, 10 workdays, 1 month, 3wd."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from safeplan.terms.diagnostic import TermError
from safeplan.terms.text import half_width


class TimeUnit(StrEnum):
    """What a duration counts; the law decides which, nobody guesses it from the number (rules.md, Rectification)."""

    HOURS = "hours"
    DAYS = "days"
    WORKDAYS = "workdays"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_UNITS = {
    "h": TimeUnit.HOURS, "hour": TimeUnit.HOURS, "小时": TimeUnit.HOURS,
    "d": TimeUnit.DAYS, "day": TimeUnit.DAYS, "天": TimeUnit.DAYS, "日": TimeUnit.DAYS,
    "wd": TimeUnit.WORKDAYS, "workday": TimeUnit.WORKDAYS, "个工作日": TimeUnit.WORKDAYS, "工作日": TimeUnit.WORKDAYS,
    "w": TimeUnit.WEEKS, "week": TimeUnit.WEEKS, "周": TimeUnit.WEEKS,
    "m": TimeUnit.MONTHS, "month": TimeUnit.MONTHS, "个月": TimeUnit.MONTHS,
    "y": TimeUnit.YEARS, "year": TimeUnit.YEARS, "年": TimeUnit.YEARS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of a unit."""

    n: int
    unit: TimeUnit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "15 days", "10 workdays", "3wd", "7天".

        Raises
        ------
        TermError
            `bad-duration`, also for a bare number: the unit is said, never guessed.
        """
        match = re.fullmatch(r"(\d+)\s*([^\d\s]+)", half_width(text).strip())
        unit = match and (_UNITS.get(match[2].lower()) or _UNITS.get(match[2].lower().removesuffix("s")))
        if match is None or unit is None:
            raise TermError("bad-duration", found=text)
        return cls(int(match[1]), unit)

    def __str__(self) -> str:
        return f"{self.n} {self.unit}"
