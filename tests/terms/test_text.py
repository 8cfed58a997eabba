"""Text as offices type it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.terms.diagnostic import TermError
from safeplan.terms.text import half_width, is_placeholder, parse_day


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        pytest.param("２０２６", "2026", id="digits"),
        pytest.param("ＡＢｃ", "ABc", id="letters"),
        pytest.param("３０％", "30%", id="per cent"),
        pytest.param("８：３０，９／１", "8:30,9/1", id="colon, comma, slash"),
        pytest.param("１０月２５日——３１日", "10月25日--31日", id="the Chinese dash is two characters"),
        pytest.param("1–2—3－4−5―6", "1-2-3-4-5-6", id="every dash"),
        pytest.param("3～5", "3~5", id="wave"),
        pytest.param("（甲）　乙", "(甲) 乙", id="brackets and the ideographic space"),
        pytest.param("东街村，第2组", "东街村,第2组", id="Chinese characters stay"),
    ],
)
def test_full_width_becomes_ascii(typed: str, plain: str) -> None:
    assert half_width(typed) == plain


@given(st.text())
def test_half_width_twice_is_half_width_once(text: str) -> None:
    assert half_width(half_width(text)) == half_width(text)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01",
        "2026.3.1",
        "2026/3/1",
        "2026年3月1日",
        "2026年03月01日",
        "2026年3月1号",
        "20260301",
        "２０２６年３月１日",
        "２０２６－０３－０１",
        "2026．3．1",
        " 2026 年 3 月 1 日 ",
        "2026-03-01 00:00:00",
        "2026-03-01T00:00:00",
        "2026/3/1 0:00",
    ],
)
def test_a_day_is_read_in_each_spelling(written: str) -> None:
    assert parse_day(written) == date(2026, 3, 1)


@pytest.mark.parametrize("written", ["3月1日", "03月01日", "３月１日", "3月1号", "3 月 1 日"])
def test_a_day_without_year_is_of_the_year_given(written: str) -> None:
    assert parse_day(written, 2026) == date(2026, 3, 1)
    with pytest.raises(TermError, match="bad-day"):
        parse_day(written)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("2026-02-30", id="no such day"),
        pytest.param("2026-13-01", id="no such month"),
        pytest.param("0000-01-01", id="no such year"),
        pytest.param("20261301", id="compact, no such month"),
        pytest.param("2026年3月", id="a month"),
        pytest.param("2026", id="a year"),
        pytest.param("26-03-01", id="two digits of a year"),
        pytest.param("3/1", id="month first or day first"),
        pytest.param("46082", id="a serial number is a table's word"),
        pytest.param("2026-03-01 14:30", id="a time of day is more than a day"),
        pytest.param("2026-03-01 至 2026-03-05", id="a span"),
        pytest.param("长期", id="text"),
        pytest.param("10月25日——31日", id="a span without a month at its end"),
        pytest.param("2026-03-01/2026-05-31", id="a span in ISO days"),
        pytest.param("3月1日至两会闭幕", id="a span to an event"),
        pytest.param("xx街至yy路", id="a stretch of road"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_day_raises_with_what_was_written(written: str) -> None:
    with pytest.raises(TermError) as failure:
        parse_day(written, 2026)
    assert failure.value.code == "bad-day"
    assert failure.value.values == {"found": written}


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_every_day_survives_every_spelling(day: date, spelling: str) -> None:
    assert parse_day(day.strftime(spelling)) == day


@pytest.mark.parametrize(
    "written",
    [
        "xx%", "XX%", "××％", "ｘｘ%", "x%", "*%",
        "20xx年", "20xx", "20XX年", "20_年", "20__年", "20××年", "20**年",
        "x月x日", "xx月xx日", "X月", "__月__日", "20xx年x月x日", "20__年__月__日", "2026年x月x日",
        "2026年3月x日", "3月xx日",
        "年 月 日", "    年   月   日", "2026年  月  日", "20  年  月  日",
        "*个", "*个企业", "*家企业", "xx家", "XX人", "××万元",
        "10xxxx", "10XX家", "____", "________", "××", "＿＿", "*",
        "20xx年xx月xx日—x月xx日", "x月x日至x月x日", "xx月xx日——xx日", "20xx年3月1日-20xx年5月31日",
        "12月1日——20xx年1月31日", "2026年10月25日—x日", "20xx年10月25日——31日", "__月__日到__月__日",
        "2026-xx-xx", "20xx-03-01", "2026-xx-xx/2026-xx-xx", "2026-03-01/2026-xx-xx",
    ],
)  # fmt: skip
def test_what_drafts_leave_open_is_a_placeholder(written: str) -> None:
    assert is_placeholder(written)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("xx路12号", id="part of an address"),
        pytest.param("东街××号", id="at the end of an address"),
        pytest.param("20%", id="a share"),
        pytest.param("2026年", id="a year"),
        pytest.param("3月1日", id="a day"),
        pytest.param("2026年3月1日", id="a whole day"),
        pytest.param("10个企业", id="a number of enterprises"),
        pytest.param("XX有限公司", id="a name with its sector cut off"),
        pytest.param("*.xlsx", id="a pattern of files"),
        pytest.param("X1", id="an id"),
        pytest.param("1.5x", id="a factor"),
        pytest.param("91420000MA4K00000X", id="a credit code that ends with X"),
        pytest.param("年", id="a word"),
        pytest.param("10月25日——31日", id="a span without a month at its end"),
        pytest.param("2026-03-01/2026-05-31", id="a span in ISO days"),
        pytest.param("3月1日至两会闭幕", id="a span to an event"),
        pytest.param("xx街至yy路", id="a stretch of road"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_ordinary_value_is_none(written: str) -> None:
    assert not is_placeholder(written)
