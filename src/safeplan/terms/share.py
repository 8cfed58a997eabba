"""A part of a whole, kept exact: 30%, 0.5%, 100％."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from safeplan.terms.diagnostic import TermError
from safeplan.terms.text import half_width


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """A fraction from 0 to 1."""

    part: Fraction

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a percentage.

        Raises
        ------
        TermError
            `bad-share` when it is no percentage from 0 to 100.
        """
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", half_width(text).strip())
        if match is None or Fraction(match[1]) > 100:
            raise TermError("bad-share", found=text)
        return cls(Fraction(match[1]) / 100)

    def of(self, whole: int) -> int:
        """Give ⌈share × whole⌉: at least 1, and 0 of nothing (rules.md, Picks)."""
        return max(1, -(-self.part.numerator * whole // self.part.denominator)) if whole else 0

    def __str__(self) -> str:
        return f"{float(self.part * 100):g}%"
