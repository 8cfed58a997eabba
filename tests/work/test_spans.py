"""Weeks, months, quarters and days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from safeplan.terms.span import Span
from safeplan.work.errors import WorkError
from safeplan.work.spans import month_span, quarter_span, read_day, week_span, within

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
SCHOOL = Span(date(2025, 7, 1), date(2026, 6, 30))
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        pytest.param("2026-W11", date(2026, 3, 9), id="ISO"),
        pytest.param("2026w11", date(2026, 3, 9), id="lazily"),
        pytest.param("W11", date(2026, 3, 9), id="of the plan's year"),
        pytest.param("2026-03-11", date(2026, 3, 9), id="any day of it"),
        pytest.param("3月11日", date(2026, 3, 9), id="a day of the plan's year"),
        pytest.param("this", date(2026, 11, 23), id="this"),
        pytest.param("next", date(2026, 11, 30), id="next"),
        pytest.param("下周", date(2026, 11, 30), id="next, in Chinese"),
        pytest.param("2026-W53", date(2026, 12, 28), id="the last of a long year"),
    ],
)
def test_a_week_is_read(asked: str, first: date):
    span = week_span(asked, TODAY, YEAR)
    assert span.first == first
    assert (span.last - span.first).days == 6


@pytest.mark.parametrize("asked", ["2026-W54", "W0", "someday", "", "2026-13-01"])
def test_no_week_is_refused(asked: str):
    with pytest.raises(WorkError, match="bad-week"):
        week_span(asked, TODAY, YEAR)


@pytest.mark.parametrize(
    ("asked", "period", "span"),
    [
        pytest.param("2026-03", YEAR, Span(date(2026, 3, 1), date(2026, 3, 31)), id="ISO"),
        pytest.param("3", YEAR, Span(date(2026, 3, 1), date(2026, 3, 31)), id="a number"),
        pytest.param("3月", YEAR, Span(date(2026, 3, 1), date(2026, 3, 31)), id="in Chinese"),
        pytest.param("M03", YEAR, Span(date(2026, 3, 1), date(2026, 3, 31)), id="as the plan writes it"),
        pytest.param("9", SCHOOL, Span(date(2025, 9, 1), date(2025, 9, 30)), id="the one in the period"),
        pytest.param("3", SCHOOL, Span(date(2026, 3, 1), date(2026, 3, 31)), id="after new year"),
        pytest.param("this", YEAR, Span(date(2026, 11, 1), date(2026, 11, 30)), id="this"),
        pytest.param("next", YEAR, Span(date(2026, 12, 1), date(2026, 12, 31)), id="next"),
        pytest.param("last", YEAR, Span(date(2026, 10, 1), date(2026, 10, 31)), id="last"),
    ],
)
def test_a_month_is_read(asked: str, period: Span, span: Span):
    assert month_span(asked, TODAY, period) == span


@pytest.mark.parametrize("asked", ["13", "2026-00", "March", ""])
def test_no_month_is_refused(asked: str):
    with pytest.raises(WorkError, match="bad-month"):
        month_span(asked, TODAY, YEAR)


@pytest.mark.parametrize(
    ("asked", "period", "first"),
    [
        pytest.param("Q2", YEAR, date(2026, 4, 1), id="of the plan's year"),
        pytest.param("q2", YEAR, date(2026, 4, 1), id="lazily"),
        pytest.param("2026-Q4", YEAR, date(2026, 10, 1), id="with its year"),
        pytest.param("Q1", SCHOOL, date(2026, 1, 1), id="the one in the period"),
        pytest.param("this", YEAR, date(2026, 10, 1), id="this"),
        pytest.param("next", YEAR, date(2027, 1, 1), id="next"),
    ],
)
def test_a_quarter_is_read(asked: str, period: Span, first: date):
    assert quarter_span(asked, TODAY, period).first == first


@pytest.mark.parametrize("asked", ["Q5", "spring", "0"])
def test_no_quarter_is_refused(asked: str):
    with pytest.raises(WorkError, match="bad-quarter"):
        quarter_span(asked, TODAY, YEAR)


def test_a_month_that_the_period_lacks_is_said_so():
    with pytest.raises(WorkError, match="not-in-period"):
        month_span("9", TODAY, Span(date(2026, 1, 1), date(2026, 6, 30)))


def test_the_last_week_of_the_plan_goes_as_far_as_the_plan_and_the_next_wants_a_plan_of_its_own():
    newly = date(2026, 12, 29)
    assert within(week_span("this", newly, YEAR), YEAR, "this") == Span(date(2026, 12, 28), date(2026, 12, 31))
    for span in (week_span("next", newly, YEAR), month_span("next", newly, YEAR), quarter_span("next", newly, YEAR)):
        with pytest.raises(WorkError, match="plan-ended"):
            within(span, YEAR, "next")
    with pytest.raises(WorkError, match="not-in-period"):
        within(week_span("2031-W11", newly, YEAR), YEAR, "2031-W11")


def test_days_are_read_and_cut_to_the_period():
    assert read_day("2026.3.9", YEAR) == read_day("3月9日", YEAR) == date(2026, 3, 9)
    assert within(Span(date(2025, 12, 29), date(2026, 1, 4)), YEAR, "x").first == date(2026, 1, 1)
    with pytest.raises(WorkError, match="not-in-period"):
        within(Span(date(2025, 1, 6), date(2025, 1, 12)), YEAR, "x")
    with pytest.raises(WorkError, match="bad-day"):
        read_day("soon", YEAR)
