"""Which day of a unit is meant, as plans write it in English and Chinese."""

from __future__ import annotations

import pytest

from safeplan.terms.day_of import LAST, DayName, DayOf
from safeplan.terms.diagnostic import TermError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2nd workday", DayOf(DayName.WORKDAY, 2)),
        ("last workday", DayOf(DayName.WORKDAY, LAST)),
        ("第2个工作日", DayOf(DayName.WORKDAY, 2)),
        ("最后一个工作日", DayOf(DayName.WORKDAY, LAST)),
        ("friday", DayOf(DayName.WEEKDAY, None, 4)),
        ("周五", DayOf(DayName.WEEKDAY, None, 4)),
        ("first Monday", DayOf(DayName.WEEKDAY, 1, 0)),
        ("第三个星期三", DayOf(DayName.WEEKDAY, 3, 2)),
        ("25", DayOf(DayName.DAY, 25)),
        ("２５日", DayOf(DayName.DAY, 25)),
        ("last day", DayOf(DayName.DAY, LAST)),
    ],
)
def test_a_day_is_read(text: str, expected: DayOf) -> None:
    assert DayOf.parse(text) == expected


@pytest.mark.parametrize("text", ["32", "0", "workday", "2nd holiday", "0th workday", "月底", "第2个节日"])
def test_what_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(TermError, match="bad-day-of"):
        DayOf.parse(text)
