"""A rule of repetition as calendars write it (RFC 5545): FREQ=MONTHLY;BYMONTHDAY=25."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Self

from safeplan.terms.diagnostic import TermError
from safeplan.terms.text import half_width

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_LARGEST = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *_LARGEST}
_SAY_THE_DAY = ("BYDAY", "BYMONTHDAY", "BYYEARDAY")
_ONLY_WITH = {
    "BYWEEKNO": ("YEARLY",),
    "BYYEARDAY": ("YEARLY",),
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYSETPOS": ("WEEKLY", "MONTHLY", "YEARLY"),
}
"""RFC 5545, 3.3.10: parts that mean something with some frequencies only."""

_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_UNTIL = re.compile(r"(\d{8})(T\d{6}Z?)?")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The parts of a rule that repeats on whole days: (FREQ, MONTHLY), (BYMONTHDAY, 25)."""

    parts: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a rule, with or without "RRULE:" before it.

        Raises
        ------
        TermError
            `bad-rrule` when RFC 5545 does not know it, or when it counts hours or less.
        """
        plain = re.sub(r"\s", "", half_width(text)).upper().removeprefix("RRULE:").rstrip(";")
        parts: dict[str, str] = {}
        for part in plain.split(";"):
            key, _, value = part.partition("=")
            if key not in _KNOWN or not value or key in parts or not _in_range(key, value):
                raise TermError("bad-rrule", found=text)
            parts[key] = value
        until = _UNTIL.fullmatch(parts.get("UNTIL", ""))
        if not _has_days(parts) or ("UNTIL" in parts and (until is None or "COUNT" in parts)):
            raise TermError("bad-rrule", found=text)
        if until is not None:
            parts["UNTIL"] = until[1]
        made = cls(tuple(parts.items()))
        try:
            next(made.days(date(2024, 1, 1), date(2024, 1, 2)), None)
        except ValueError:
            raise TermError("bad-rrule", found=text) from None
        return made

    @property
    def needs_start(self) -> bool:
        """Whether its days depend on the day from which it is counted."""
        parts = dict(self.parts)
        if parts.get("INTERVAL", "1") != "1" or "COUNT" in parts:
            return True
        return parts["FREQ"] != "DAILY" and not any(key in parts for key in _SAY_THE_DAY)

    def days(self, start: date, last: date) -> Iterator[date]:
        """Give its days in order, counted from `start`, none after `last`."""
        from dateutil.rrule import rrulestr

        # COUNT is counted here, since RFC 5545 lets no rule have an end besides.
        parts = dict(self.parts)
        count = int(parts.pop("COUNT")) if "COUNT" in parts else None
        parts["UNTIL"] = min(f"{last:%Y%m%d}", parts.get("UNTIL", "99991231"))
        text = ";".join(f"{key}={value}" for key, value in parts.items())
        found = rrulestr(text, dtstart=datetime.combine(start, time()))
        return (moment.date() for moment in islice(found, count))

    def __str__(self) -> str:
        return ";".join(f"{key}={value}" for key, value in self.parts)


def _has_days(parts: dict[str, str]) -> bool:
    """Whether a rule can have days; the search for days that never come would go on to the year 9999."""
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES or any(
        key in parts and frequency not in allowed for key, allowed in _ONLY_WITH.items()
    ):
        return False
    if frequency == "WEEKLY" and "BYSETPOS" in parts:
        days = len(parts.get("BYDAY", "").split(","))
        return any(abs(int(one)) <= days for one in parts["BYSETPOS"].split(","))
    months = [int(one) for one in parts.get("BYMONTH", "1").split(",")]
    days_of_month = [abs(int(one)) for one in parts.get("BYMONTHDAY", "1").split(",")]
    return min(days_of_month) <= max(_LONGEST_MONTH[month - 1] for month in months)


def _in_range(key: str, value: str) -> bool:
    if key in ("INTERVAL", "COUNT"):
        return re.fullmatch(r"[1-9]\d{0,4}", value) is not None
    if key not in _LARGEST:
        return True
    return all(
        re.fullmatch(r"[+-]?\d{1,3}", one) is not None
        and 1 <= abs(int(one)) <= _LARGEST[key]
        and (key != "BYMONTH" or int(one) > 0)
        for one in value.split(",")
    )
