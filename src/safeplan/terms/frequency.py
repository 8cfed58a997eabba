"""How often: "1 per month", "2 per 3 weeks", "1 per term"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from safeplan.terms.diagnostic import TermError
from safeplan.terms.period import Unit
from safeplan.terms.text import half_width

_PATTERN = re.compile(r"(\d+)\s+per\s+(?:(\d+)\s+)?(.+)")
_UNITS = {unit.value: unit for unit in Unit} | {f"{unit.value}s": unit for unit in Unit}
_A_YEAR = {Unit.DAY: 248, Unit.WEEK: 52, Unit.MONTH: 12, Unit.QUARTER: 4, Unit.HALF_YEAR: 2, Unit.YEAR: 1}


@dataclass(frozen=True, slots=True)
class Frequency:
    """So many times in each period of `every` units, in each span of a season, or (neither) in the rule's window.

    Exactly one of `unit` and `season` is set, or none of them: then the number is owed in the rule's own window.
    """

    times: int
    unit: Unit | None = None
    every: int = 1
    season: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "N per unit", "N per K units", "N per SEASON" or "N".

        Raises
        ------
        TermError
            `bad-frequency` when the text is none of these or the number is 0.
        """
        text = half_width(text).strip()
        if text.isdecimal() and int(text) > 0:
            return cls(int(text))
        match = _PATTERN.fullmatch(text)
        if match is None or int(match[1]) < 1 or (match[2] is not None and int(match[2]) < 1):
            raise TermError("bad-frequency", found=text)
        times, every, name = int(match[1]), int(match[2] or 1), match[3].strip()
        unit = _UNITS.get(name.lower())
        if unit is not None:
            return cls(times, unit, every)
        if match[2] is not None:
            raise TermError("bad-frequency", found=text)
        return cls(times, season=name)

    @property
    def a_year(self) -> float:
        """How many times that is in a year of 248 working days; of a season or a window, the number itself."""
        return self.times if self.unit is None else self.times * _A_YEAR[self.unit] / self.every

    def __str__(self) -> str:
        if self.season is not None:
            return f"{self.times} per {self.season}"
        if self.unit is None:
            return str(self.times)
        return f"{self.times} per {self.unit}" if self.every == 1 else f"{self.times} per {self.every} {self.unit}s"
