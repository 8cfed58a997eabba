"""Values of tables as offices type them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.reading.values import day_texts, read_day, read_days, rounded, tidied
from safeplan.terms.diagnostic import TermError


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  楚天塑业 ", "楚天塑业"),
        ("\t91420000MA4K00000X", "91420000MA4K00000X"),
        ("\u3000东街村\u00a0", "东街村"),
        ("\ufeffE0001\u200b", "E0001"),
        ("１２０．５", "120.5"),
        ("３０％", "30%"),
        ("Ｅ０００１", "E0001"),
        ("２０２６年３月１日", "2026年3月1日"),
        ("2026－03－01", "2026-03-01"),
        ("丙厂（东区）", "丙厂（东区）"),
        ("第１小学", "第１小学"),
        ("甲，乙", "甲，乙"),
        ("", None),
        ("   ", None),
        ("—", None),
        ("/", None),
        ("#N/A", None),
        (None, None),
        ("0", "0"),
        ("无", "无"),
    ],
)
def test_a_cell_is_stripped_and_its_figures_are_in_half_width(written: str | None, read: str | None) -> None:
    assert tidied(pl.Series([written, "甲"], dtype=pl.String)).to_list() == [read, "甲"]


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01",
        "2026年3月1日",
        "2026.3.1",
        "46082",
        "46082.0",
        "46082.6041",
        "４６０８２",
        "2026-03-01 14:30:00",
        "2026/3/1 9:05",
    ],
)
def test_a_table_spells_a_day_in_more_ways_than_a_plan(written: str) -> None:
    assert read_day(written) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "written", ["19999", "80001", "123456", "2026-02-30", "长期有效", "2026-03-01 早上", "46082.x"]
)
def test_what_is_no_day_raises(written: str) -> None:
    with pytest.raises(TermError) as failure:
        read_day(written)
    assert failure.value.code == "bad-day"


@given(st.dates(date(1955, 1, 1), date(2118, 1, 1)))
def test_every_serial_is_the_day_that_excel_shows(day: date) -> None:
    assert read_day(str((day - date(1899, 12, 30)).days)) == day


def test_a_column_of_days_says_which_cells_are_none() -> None:
    texts = pl.Series("d", ["2026.3.1", None, "46082", "去年", " ", "3月1日"])
    days, bad = read_days(texts, 2026)
    assert days.to_list() == [date(2026, 3, 1), None, date(2026, 3, 1), None, None, date(2026, 3, 1)]
    assert bad.to_list() == [False, False, False, True, False, False]


def test_an_empty_column_of_days_is_read() -> None:
    days, bad = read_days(pl.Series("d", [None, None], dtype=pl.String))
    assert (days.dtype, days.null_count(), bad.sum()) == (pl.Date, 2, 0)


def test_days_become_iso_texts_and_the_rest_stays_to_be_refused() -> None:
    assert day_texts(pl.Series("d", ["46082", "去年", None])).to_list() == ["2026-03-01", "去年", None]


@pytest.mark.parametrize(
    ("text", "is_number", "lost"),
    [
        pytest.param("914200001234567000", True, True, id="18 digits that were a number"),
        pytest.param("914200001234567890", False, False, id="18 digits that were a text"),
        pytest.param("123456789012345", True, False, id="15 digits are exact"),
        pytest.param("9.1420000123E+17", False, True, id="a CSV file keeps what Excel showed"),
        pytest.param("1E+2", False, False, id="a small number"),
        pytest.param("1e3", False, False, id="a text"),
        pytest.param(None, False, False, id="nothing"),
    ],
)
def test_codes_that_a_spreadsheet_rounded_are_found(text: str | None, is_number: bool, lost: bool) -> None:
    found = rounded(pl.Series([text], dtype=pl.String), pl.Series([is_number]))
    assert found.to_list() == [lost]
