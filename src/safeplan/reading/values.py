"""Values of tables as offices type them, whole columns at a time: figures in full width, serial days, rounded codes."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from safeplan.terms.diagnostic import TermError
from safeplan.terms.text import half_width, parse_day

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Serial days that are read as days: October 1954 to January 2119. Smaller and larger numbers are something else."""
_SERIAL_ZERO = date(1899, 12, 30)
_SERIAL = r"\d{5}(?:\.\d+)?"
_TIME = r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$"
_SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\ufeff"
_NOTHING = ("", "-", "--", "/", "\\", "—", "——", "－", "#N/A", "NULL", "null", "None", "nan", "NaN")

# Only figures, letters and the marks between them, at least one in full width: a name keeps its spelling.
_MARKS = r"．，：／－—–～％＋（）　年月日"
_FIGURES = rf"^[\x20-\x7e０-９Ａ-Ｚａ-ｚ{_MARKS}]+$"
_HAS_FULL_WIDTH = r"[０-９Ａ-Ｚａ-ｚ．：／－％]"
_DIGITS_EXACT = 15


def tidied(texts: pl.Series) -> pl.Series:
    """Strip a column of texts, and give figures in half width, and null where nothing or a dash stands."""
    texts = texts.str.strip_chars(_SPACES)
    suspects = texts.str.contains(_HAS_FULL_WIDTH).fill_null(False)
    if suspects.any():
        wide = texts.filter(suspects).unique()
        wide = wide.filter(wide.str.contains(_FIGURES))
        narrow = wide.str.normalize("NFKC").str.replace_all("[—–−]", "-")
        texts = texts.replace(wide, narrow)
    return texts.set(texts.is_in(_NOTHING).fill_null(False), None)


def read_day(text: str, year: int | None = None) -> date:
    """Read a day as a table has it: as `parse_day` does, a time of day after it left out, or Excel's serial number.

    Raises
    ------
    TermError
        `bad-day`.
    """
    plain = half_width(text).strip()
    head, _, decimals = plain.partition(".")
    if len(head) == 5 and head.isascii() and head.isdigit() and (not decimals or decimals.isdigit()):
        serial = int(head)
        if _FIRST_SERIAL <= serial <= _LAST_SERIAL:
            return _SERIAL_ZERO + timedelta(days=serial)
    day, separator, clock = plain.replace("T", " ").partition(" ")
    if separator and ":" in clock:
        try:
            return parse_day(day, year)
        except TermError:
            raise TermError("bad-day", found=text) from None
    return parse_day(text, year)


def read_days(texts: pl.Series, year: int | None = None) -> tuple[pl.Series, pl.Series]:
    """Read a column of days, each distinct text once.

    Returns
    -------
    days, bad
        Date, null where nothing or no day stands; Boolean, true where something stands that is no day.
    """
    known: dict[str, date] = {}
    for text in texts.drop_nulls().unique().to_list():
        if text.strip():
            try:
                known[text] = read_day(text, year)
            except TermError:
                continue
    days = texts.replace_strict(
        list(known), pl.Series(list(known.values()), dtype=pl.Date), default=None, return_dtype=pl.Date
    )
    return days, texts.is_not_null() & (texts.str.strip_chars() != "") & days.is_null()


def day_texts(texts: pl.Series, year: int | None = None) -> pl.Series:
    """Give a column of days in ISO 8601; what is no day stays as it is, for its field to refuse."""
    days, _ = read_days(texts, year)
    return days.dt.to_string("%Y-%m-%d").fill_null(texts).alias(texts.name)


def rounded(texts: pl.Series, numbers: pl.Series) -> pl.Series:
    """Say which cells lost digits: numbers of more than 15 digits, and texts like 9.14E+17.

    A spreadsheet keeps 15 digits of a number; a code of 18 typed into a cell that is no text cell ends in zeros.
    """
    long = numbers & (texts.str.len_chars() > _DIGITS_EXACT) & texts.str.contains(r"^\d+$")
    scientific = texts.str.contains(r"^\d(?:\.\d+)?[eE]\+?(?:1[5-9]|[2-9]\d)$")
    return (long | scientific).fill_null(False)
