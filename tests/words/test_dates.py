"""Days and spans as sentences say them."""

from __future__ import annotations

from datetime import date

import pytest

from safeplan.words.dates import day_text, listed, month_text, span_text
from safeplan.words.language import Words

EN = Words("en")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        pytest.param(date(2026, 3, 2), date(2026, 3, 2), "Mon 2 Mar", id="one day"),
        pytest.param(date(2026, 2, 2), date(2026, 2, 28), "2–28 Feb", id="within a month"),
        pytest.param(date(2026, 2, 25), date(2026, 3, 13), "25 Feb – 13 Mar", id="over a month's end"),
        pytest.param(date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 – 3 Jan 2027", id="over the new year"),
    ],
)
def test_a_span_is_said_as_shortly_as_it_stays_clear(first: date, last: date, said: str):
    assert span_text(EN, first, last) == said


def test_days_and_months_have_names():
    assert day_text(EN, date(2026, 11, 1)) == "Sun 1 Nov"
    assert month_text(EN, date(2026, 11, 1)) == "Nov 2026"
    assert listed(EN, ["王强", "李芳"]) == "王强, 李芳"
