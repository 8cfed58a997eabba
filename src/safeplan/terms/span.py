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

    @classmethod
    def in_each_year(cls, text: str, period: Self) -> tuple[Self, ...]:
        """Read a span; one without a year stands in each calendar year of which it has a day in a period.

        Without a year 11月1日至3月31日 goes over the end of a year. One that has no day in the period stands in the
        year in which that begins.

        Raises
        ------
        TermError
            As `parse`.
        """
        try:
            return (cls.parse(text),)
        except TermError as problem:
            if problem.code == "reversed-dates":
                raise
            there = [cls._in_year(text, year) for year in range(period.first.year - 1, period.last.year + 1)]
        return tuple(one for one in there if one.first <= period.last and one.last >= period.first) or (there[1],)

    @classmethod
    def _in_year(cls, text: str, year: int) -> Self:
        try:
            return cls.parse(text, year)
        except TermError as problem:
            first, last = problem.values.get("first"), problem.values.get("last")
            if not isinstance(first, date) or not isinstance(last, date):
                raise
            return cls(first, parse_day(f"{year + 1}-{last.month}-{last.day}"))

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
