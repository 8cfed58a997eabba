"""Days on which somebody is away."""

from __future__ import annotations

from datetime import date

import pytest

from safeplan.terms.days import Days, Half
from safeplan.terms.diagnostic import TermError
from safeplan.terms.span import Span

SPAN = Span(date(2026, 5, 6), date(2026, 5, 12))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2026-05-06/2026-05-12", Days(SPAN), id="a span"),
        pytest.param("2026-06-03 pm", Days(Span(date(2026, 6, 3), date(2026, 6, 3)), half=Half.PM), id="half a day"),
        pytest.param("friday", Days(weekday=4), id="a weekday"),
        pytest.param("Monday AM", Days(weekday=0, half=Half.AM), id="half a weekday, in capitals"),
        pytest.param("周一上午", Days(weekday=0, half=Half.AM), id="in Chinese"),
        pytest.param("星期天", Days(weekday=6), id="Sunday in Chinese"),
        pytest.param("5月6日至12日", Days(SPAN), id="of the plan's year"),
    ],
)
def test_days_are_read(text: str, expected: Days) -> None:
    found = Days.parse(text, 2026)
    assert found == expected
    assert Days.parse(str(found)) == found


def test_a_weekday_holds_each_of_its_days() -> None:
    assert date(2026, 3, 6) in Days.parse("friday")
    assert date(2026, 3, 7) not in Days.parse("friday")
    assert date(2026, 5, 12) in Days(SPAN)
    assert date(2026, 5, 13) not in Days(SPAN)


@pytest.mark.parametrize(
    ("text", "code"), [("someday", "bad-days"), ("", "bad-days"), ("2026-05-12/2026-05-06", "reversed-dates")]
)
def test_what_names_no_days_is_refused(text: str, code: str) -> None:
    with pytest.raises(TermError) as caught:
        Days.parse(text)
    assert caught.value.code == code
