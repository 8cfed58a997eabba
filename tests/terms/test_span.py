"""Spans of days, as offices write them."""

from __future__ import annotations

from datetime import date

import pytest

from safeplan.terms.diagnostic import TermError
from safeplan.terms.span import Span, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("2026-02-25/2026-03-13", date(2026, 2, 25), date(2026, 3, 13), id="ISO"),
        pytest.param("2026-02-25", date(2026, 2, 25), date(2026, 2, 25), id="a day"),
        pytest.param("3月1日至5月31日", date(2026, 3, 1), date(2026, 5, 31), id="without a year"),
        pytest.param("10月25日——31日", date(2026, 10, 25), date(2026, 10, 31), id="without a second month"),
        pytest.param("2026年12月1日—2027年1月31日", date(2026, 12, 1), date(2027, 1, 31), id="over the year"),
        pytest.param("2026.3.1-2026.3.5", date(2026, 3, 1), date(2026, 3, 5), id="points and a dash"),
        pytest.param("２０２６－０３－０１／２０２６－０３－０５", date(2026, 3, 1), date(2026, 3, 5), id="full width"),
        pytest.param("2026-03-01~2026-03-05", date(2026, 3, 1), date(2026, 3, 5), id="a tilde"),
        pytest.param("2026-03-01..2026-03-05", date(2026, 3, 1), date(2026, 3, 5), id="two points"),
    ],
)
def test_a_span_is_read(text: str, first: date, last: date) -> None:
    found = Span.parse(text, 2026)
    assert (found.first, found.last) == (first, last)
    assert first in found and last in found
    assert Span.parse(str(found)) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("2026-03-05/2026-03-01", "reversed-dates", id="the wrong way round"),
        pytest.param("2026-02-30/2026-03-01", "bad-day", id="no day of the calendar"),
        pytest.param("spring", "bad-span", id="a word"),
        pytest.param("", "bad-span", id="nothing"),
        pytest.param("2026-01-01/2026-01-02/2026-01-03", "bad-span", id="three days"),
    ],
)
def test_what_is_no_span_is_refused(text: str, code: str) -> None:
    with pytest.raises(TermError) as caught:
        Span.parse(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026", Span(date(2026, 1, 1), date(2026, 12, 31))),
        ("２０２６年", Span(date(2026, 1, 1), date(2026, 12, 31))),
        ("2025-07-01/2026-06-30", Span(date(2025, 7, 1), date(2026, 6, 30))),
    ],
)
def test_a_period_is_a_year_or_a_span(text: str, expected: Span) -> None:
    assert parse_period(text) == expected


@pytest.mark.parametrize(
    ("text", "period", "spans"),
    [
        pytest.param("5月1日至9月30日", "2026", ["2026-05-01/2026-09-30"], id="one year"),
        pytest.param(
            "5月1日至9月30日",
            "2025-07-01/2026-06-30",
            ["2025-05-01/2025-09-30", "2026-05-01/2026-09-30"],
            id="both years have a day of it",
        ),
        pytest.param(
            "11月1日至3月31日",
            "2026",
            ["2025-11-01/2026-03-31", "2026-11-01/2027-03-31"],
            id="over the end of the year",
        ),
        pytest.param("5月1日至9月30日", "2026-10-01/2026-12-31", ["2026-05-01/2026-09-30"], id="no day in the period"),
        pytest.param("2024-05-01/2024-09-30", "2026", ["2024-05-01/2024-09-30"], id="a year is said"),
    ],
)
def test_a_span_without_a_year_stands_in_each(text: str, period: str, spans: list[str]) -> None:
    assert [str(one) for one in Span.in_each_year(text, parse_period(period))] == spans


@pytest.mark.parametrize("text", ["2026-09-30/2026-05-01", "2026-09-30/3月1日", "spring", "2月30日至5月1日"])
def test_a_wrong_span_is_wrong_in_every_year(text: str) -> None:
    with pytest.raises(TermError):
        Span.in_each_year(text, parse_period("2026"))
