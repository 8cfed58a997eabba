"""What a figure is to reach: a share (90%) or a number (3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from safeplan.terms.diagnostic import TermError
from safeplan.terms.share import Share
from safeplan.terms.text import half_width


@dataclass(frozen=True, slots=True)
class Goal:
    """Exactly one of `share` and `number` is set."""

    share: Share | None = None
    number: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "90%", "100％", "3".

        Raises
        ------
        TermError
            `bad-goal` when it is neither a percentage from 0 to 100 nor a whole number.
        """
        plain = half_width(text).strip().replace(",", "")
        if re.fullmatch(r"\d{1,12}", plain):
            return cls(number=int(plain))
        try:
            return cls(share=Share.parse(plain))
        except TermError:
            raise TermError("bad-goal", found=text) from None

    def __str__(self) -> str:
        return str(self.number) if self.share is None else str(self.share)
