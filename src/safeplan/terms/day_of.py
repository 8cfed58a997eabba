"""Which day of a unit: "2nd workday", "last workday", "friday", "last friday", a day of the month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from safeplan.terms.days import WEEKDAYS, WEEKDAYS_IN_CHINESE
from safeplan.terms.diagnostic import TermError
from safeplan.terms.text import half_width

LAST = -1

_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": LAST}
_CHINESE_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_ENGLISH = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)|(first|second|third|fourth|fifth|last))\s+(\w+)")
_CHINESE = re.compile(r"(?:第?\s*([一二三四五六七八九十]|\d{1,2})|最后一)\s*个\s*(工作日|周.|星期.)")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})\s*[日号]?")
_WORKDAYS = ("workday", "工作日")


class DayName(StrEnum):
    """What is counted."""

    DAY = "day"
    WORKDAY = "workday"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class DayOf:
    """The nth of its kind in a unit; `nth` is LAST for the last, None for the only one (friday of a week)."""

    kind: DayName
    nth: int | None
    weekday: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2nd workday", "last workday", "friday", "1st friday", "25", "last day", "第2个工作日", "周五", "25日".

        Raises
        ------
        TermError
            `bad-day-of` when it is none of these.
        """
        plain = half_width(text).strip().lower()
        if plain in ("last day", "最后一天", "最后一日"):
            return cls(DayName.DAY, LAST)
        weekday = _weekday(plain)
        if weekday is not None:
            return cls(DayName.WEEKDAY, None, weekday)
        day = _DAY_OF_MONTH.fullmatch(plain)
        if day and 1 <= int(day[1]) <= 31:
            return cls(DayName.DAY, int(day[1]))
        english, chinese = _ENGLISH.fullmatch(plain), _CHINESE.fullmatch(plain)
        if english:
            nth, name = int(english[1]) if english[1] else _WORDS[english[2]], english[3]
        elif chinese:
            number = chinese[1]
            nth = LAST if number is None else _CHINESE_NUMBERS[number] if number in _CHINESE_NUMBERS else int(number)
            name = chinese[2]
        else:
            raise TermError("bad-day-of", found=text)
        weekday = _weekday(name)
        if nth == 0 or (name not in _WORKDAYS and weekday is None):
            raise TermError("bad-day-of", found=text)
        return cls(DayName.WORKDAY, nth) if weekday is None else cls(DayName.WEEKDAY, nth, weekday)

    def __str__(self) -> str:
        name = WEEKDAYS[self.weekday or 0] if self.kind is DayName.WEEKDAY else self.kind.value
        if self.nth is None or (self.kind is DayName.DAY and self.nth != LAST):
            return name if self.nth is None else str(self.nth)
        return f"last {name}" if self.nth == LAST else f"{self.nth}. {name}"


def _weekday(text: str) -> int | None:
    return WEEKDAYS.index(text) if text in WEEKDAYS else WEEKDAYS_IN_CHINESE.get(text)
