"""A span of days, first and last included: 2026-02-25/2026-03-13, 3月1日至5月31日."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Self

from safeplan.terms.diagnostic import TermError
from safeplan.terms.text import half_width, parse_day

_BETWEEN = re.compile(r"\s*(?:/|——|—|–|--|~|～|至|到|\.\.)\s*")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From the first day to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise TermError("reversed-dates", found=str(self), first=self.first, last=self.last)

    @classmethod
    def parse(cls, text: str, year: int | None = None) -> Self:
        """Read a span or a single day; `year` serves days written without one.

        A last day without a month (10月25日——31日) takes the first day's; one without a year, the first day's year.

        Raises
        ------
        TermError
            `bad-span`, `bad-day` or `reversed-dates`.
        """
        text = text.strip()
        try:
            day = parse_day(text, year)
        except TermError:
            pass
        else:
            return cls(day, day)
        parts = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if part]
        if len(parts) == 1 and text.count("-") == 1:  # 2026.3.1-2026.3.5: the only dash stands between the days
            parts = text.split("-")
        if len(parts) != 2:
            raise TermError("bad-span", found=text)
        first = parse_day(parts[0], year)
        if re.fullmatch(r"\d{1,2}日", parts[1].strip()):
            parts[1] = f"{first.month}月{parts[1]}"
        return cls(first, parse_day(parts[1], first.year))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first}/{self.last}" if self.first != self.last else str(self.first)


def parse_period(text: str) -> Span:
    """Read a plan's period: a year, or first/last.

    Raises
    ------
    TermError
        `bad-span`, `bad-day` or `reversed-dates`.
    """
    text = half_width(text).strip().removesuffix("年")
    if re.fullmatch(r"\d{4}", text) and int(text) >= 1:
        return Span(date(int(text), 1, 1), date(int(text), 12, 31))
    return Span.parse(text)
