"""Days and spans as a sentence says them: 3月2日（周一）, Mon 2 Mar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from safeplan.words.language import Words

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def weekday_text(words: Words, day: date) -> str:
    """Name the day of the week: Mon, 周一."""
    return words(WEEKDAYS[day.weekday()])


def day_text(words: Words, day: date) -> str:
    """Say a day with its weekday: Mon 2 Mar, 3月2日（周一）."""
    return words(
        "{weekday} {day} {month}", weekday=weekday_text(words, day), **_parts(words, day)
    )  # in Chinese the month is a number: the catalogue takes {number}


def full_day_text(words: Words, day: date) -> str:
    """Say a day with its year: 2 Mar 2026, 2026年3月2日."""
    return words("{day} {month} {year}", **_parts(words, day))


def span_text(words: Words, first: date, last: date) -> str:
    """Say a span as shortly as it stays clear: 2–28 Feb; 2 Feb – 3 Mar; years only where they differ."""
    if first == last:
        return day_text(words, first)
    if first.year != last.year:
        return words("{first} – {last}", first=full_day_text(words, first), last=full_day_text(words, last))
    if first.month == last.month:
        return words("{first}–{day} {month}", first=first.day, **_parts(words, last))
    return words(
        "{first} – {last}",
        first=words("{day} {month}", **_parts(words, first)),
        last=words("{day} {month}", **_parts(words, last)),
    )


def week_text(words: Words, day: date) -> str:
    """Name the ISO week of a day, with its days: Week 11 (2026), 9–15 Mar; 2026年第11周（3月9日至15日）."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    name = words("Week {week} ({year})", week=week, year=year)
    return words("{week}, {span}", week=name, span=span_text(words, monday, monday + timedelta(days=6)))


def month_text(words: Words, day: date) -> str:
    """Name the month of a day with its year: Mar 2026, 2026年3月."""
    return words("{month} {year}", **_parts(words, day))


def listed(words: Words, names: Sequence[str]) -> str:
    """Join names: 王强、李芳."""
    return words(", ").join(names)


def _parts(words: Words, day: date) -> dict[str, object]:
    return {"day": day.day, "month": words(MONTHS[day.month - 1]), "number": day.month, "year": day.year}
