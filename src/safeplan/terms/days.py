"""Which days: the kinds of day that a rule may use, and days on which somebody or something is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from safeplan.terms.diagnostic import TermError
from safeplan.terms.span import Span
from safeplan.terms.text import half_width


class DayKind(StrEnum):
    """The days on which a rule's visits may fall."""

    WORKDAYS = "workdays"
    HOLIDAYS = "holidays"
    WEEKENDS = "weekends"
    ALL = "all"


class Half(StrEnum):
    """A half of a working day."""

    AM = "am"
    PM = "pm"


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS_IN_CHINESE = {f"{week}{day}": i for i, day in enumerate("一二三四五六日") for week in ("周", "星期")} | {
    "周天": 6,
    "星期天": 6,
}
_HALVES = {"am": Half.AM, "pm": Half.PM, "上午": Half.AM, "下午": Half.PM}


@dataclass(frozen=True, slots=True)
class Days:
    """A span of days or a weekday, whole days or one half of each.

    Exactly one of `span` and `weekday` (0 is Monday) is set; `half` None means the whole day.
    """

    span: Span | None = None
    weekday: int | None = None
    half: Half | None = None

    @classmethod
    def parse(cls, text: str, year: int | None = None) -> Self:
        """Read "2026-05-06/2026-05-12", "2026-06-03 pm", "friday", "monday am".

        Raises
        ------
        TermError
            `bad-days` or what a span raises.
        """
        text = half_width(text).strip()
        half = None
        for suffix, value in _HALVES.items():
            if text.lower().endswith(suffix):
                text, half = text[: -len(suffix)].strip(), value
                break
        name = text.lower()
        if name in WEEKDAYS:
            return cls(weekday=WEEKDAYS.index(name), half=half)
        if text in WEEKDAYS_IN_CHINESE:
            return cls(weekday=WEEKDAYS_IN_CHINESE[text], half=half)
        if not any(character.isdecimal() for character in text):
            raise TermError("bad-days", found=text)
        return cls(span=Span.parse(text, year), half=half)

    def __contains__(self, day: date) -> bool:
        return day in self.span if self.span is not None else day.weekday() == self.weekday

    def __str__(self) -> str:
        text = str(self.span) if self.span is not None else WEEKDAYS[self.weekday or 0]
        return f"{text} {self.half}" if self.half else text
