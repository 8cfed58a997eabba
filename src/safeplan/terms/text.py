"""Text as offices type it: full-width characters, days in several spellings, placeholders of drafts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from safeplan.terms.diagnostic import TermError

_DASHES = str.maketrans(dict.fromkeys("－—–―−﹣‐‑‒─", "-") | {"～": "~", "　": " "})
_MIDNIGHT = r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?"
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?" + _MIDNIGHT)
_DAY_IN_YEAR = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")

# What stands for a figure that is to be filled in, and what may follow it: the words of targets and registers.
_OPEN = r"[xX×_*]"
_UNIT = r"(?:%|个|家|户|人|名|次|条|项|份|起|处|元|万元|日|月|年|[个家]?企业|个村|个网格)"
_PART = rf"(?:{_OPEN}{{1,2}}|\d{{1,2}})"
_OPEN_DAY = (
    rf"20\s*{_OPEN}{{1,2}}\s*年?(?:\s*{_PART}\s*月)?(?:\s*{_PART}\s*日)?"
    rf"|(?:20\d\d\s*年\s*)?(?:{_OPEN}{{1,2}}\s*月(?:\s*{_PART}\s*日)?|\d{{1,2}}\s*月\s*{_OPEN}{{1,2}}\s*日)"
    rf"|(?=.*{_OPEN})20(?:\d\d|{_OPEN}{{1,2}})[-./]{_PART}[-./]{_PART}"
    r"|(?:20(?:\d\d)?)?\s*年\s*月(?:\s*日)?"
)
_OPEN_END = rf"(?:{_OPEN_DAY}|{_OPEN}{{1,2}}\s*日)"
_SET_END = rf"(?:{_DAY.pattern}|{_DAY_IN_YEAR.pattern}|\d{{1,2}}\s*日)"
_TO = r"\s*(?:--?|~|/|至|到)\s*"
_PLACEHOLDER = re.compile(
    rf"{_OPEN}+\s*{_UNIT}?"
    rf"|\d{{1,2}}{_OPEN}{{2,4}}\s*{_UNIT}?"
    rf"|{_OPEN_DAY}"
    # A span with an open end is open altogether.
    rf"|{_OPEN_END}{_TO}(?:{_OPEN_END}|{_SET_END})"
    rf"|{_SET_END}{_TO}{_OPEN_END}"
)


def half_width(text: str) -> str:
    """Turn full-width digits, letters, punctuation (％ ： ， ／ ～) and every dash into ASCII."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def parse_day(text: str, year: int | None = None) -> date:
    """Read 2026-03-01, 2026.3.1, 2026/3/1, 2026年3月1日, 20260301, and 3月1日 of the given year.

    A midnight after it (2026-03-01 00:00:00, as spreadsheets export a day) is no part of the day; another time is.

    Raises
    ------
    TermError
        `bad-day` when it is none of these or no day of the calendar.
    """
    plain = half_width(text).strip()
    match = _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain)
    parts = match.groups() if match else ()
    if not parts and year is not None:
        match = _DAY_IN_YEAR.fullmatch(plain)
        parts = (str(year), *match.groups()) if match else ()
    if not parts:
        raise TermError("bad-day", found=text)
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        raise TermError("bad-day", found=text) from None


def is_placeholder(text: str) -> bool:
    """Whether the whole text is what drafts leave open: xx%, 20xx年, x月x日—x月xx日, *个, 10xxxx, ____."""
    return _PLACEHOLDER.fullmatch(half_width(text).strip()) is not None


_INDEFINITE = ("定期", "不定期", "定期不定期", "适时", "及时", "按时", "经常", "不断", "regularly", "from time to time")


def is_indefinite(text: str) -> bool:
    """Whether a text that should say how often says none: 定期, 适时."""
    return half_width(text).strip().lower() in _INDEFINITE
