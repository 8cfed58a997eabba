"""Registers by columns: the same frame, and the same refusals, as row by row with the model."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from pydantic import ValidationError

from safeplan.plan.enterprise import DatedClass, Enterprise
from safeplan.reading.register import Pools, dtype_of, of_columns, of_models, spans_of
from safeplan.reading.values import day_texts
from safeplan.terms.text import is_placeholder

_NAMES = [name for name in Enterprise.model_fields if name != "permits"]
_SPACES = ["", " ", "\u3000", "\t", "\x1f", "\u2028"]
_TEXTS = st.one_of(
    st.sampled_from(
        ["楚天塑业", "甲 乙", "e\u0301cole", "１２", "12", "1.0", "-3", "0.5", "91", "1,000", "99999", "2026-03-01",
         "2026.3.1", "3月1日", "46082", "friday", "周一上午", "2026-07-15/2026-08-20", "a;b；c、d|e", ";", "三级",
         "none", "无", "A", "Ａ类", "xx", "20xx年", "a/b", "a\u200bb", "在营", "-", "1e3", "NO", "0012", "2026-13-01",
         "+5", "٣", "１．５"]
    ),
    st.text(max_size=6),
)  # fmt: skip


@st.composite
def _cells(draw: st.DrawFn) -> str | None:
    if draw(st.integers(0, 5)) == 0:
        return None
    return draw(st.sampled_from(_SPACES)) + draw(_TEXTS) + draw(st.sampled_from(_SPACES))


def _row_by_row(name: str, cells: list[str | None], pools: Pools) -> tuple[list[Any], list[bool]]:
    """Read each cell with the model itself; what it refuses, and what is not set, is as when nothing is written."""
    values, refused = [], []
    alias = Enterprise.model_fields[name].alias or name
    for cell in cells:
        text = (cell or "").strip()
        if dtype_of(name) == pl.Date() and text:
            text = day_texts(pl.Series([text]), 2026)[0]
        others = {"id": "E1", "name": "甲"}
        written = {alias: text} if text and not is_placeholder(text) else {}
        try:
            made = Enterprise.model_validate({**others, **written}, context={"year": 2026})
            refused.append(False)
        except ValidationError:
            made = Enterprise.model_validate(others)
            refused.append(True)
        if name in ("id", "name") and (not written or refused[-1]):
            values.append(None)
        else:
            values.append(of_models([made], pools)[name][0])
    return values, refused


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(_NAMES), st.lists(_cells(), min_size=1, max_size=12))
def test_a_column_is_read_as_the_model_reads_each_of_its_cells(name: str, cells: list[str | None]) -> None:
    pools = Pools()
    expected, refused = _row_by_row(name, cells, pools)
    frame, failures = of_columns({name: pl.Series(cells, dtype=pl.String)}, pools, 2026)
    assert_frame_equal(frame.select(name), pl.DataFrame({name: pl.Series(expected, dtype=dtype_of(name))}))
    failed = {row for one in failures if not one.is_warning for row in one.rows}
    assert failed == {row for row, bad in enumerate(refused) if bad}


_GOOD = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"[A-Z][0-9]{1,4}", fullmatch=True),
        "name": st.sampled_from(["楚天塑业", "桥头  饭庄", "E\u0301cole"]),
        "class": st.sampled_from(["A", "B", ""]),
        "grid": st.sampled_from(["dong", "西村", ""]),
        "sector": st.sampled_from(["化工", "catering", ""]),
        "tags": st.sampled_from(["", "a", "a;b", "a；b、c"]),
        "closed": st.sampled_from(["", "sunday", "2026-07-15/2026-08-20; sunday"]),
        "latitude": st.sampled_from(["", "30.5", "-3", "３０．１"]),
        "workers": st.sampled_from(["", "12", "1,000", "7.0"]),
        "standard_level": st.sampled_from(["", "2", "三级", "无"]),
        "last_visit": st.sampled_from(["", "2025-11-18", "2025年3月1日"]),
        "active_from": st.sampled_from(["", "2026-03-01"]),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_GOOD, min_size=1, max_size=20))
def test_a_register_is_the_same_frame_by_columns_and_by_rows(rows: list[dict[str, str]]) -> None:
    pools = Pools()
    models = [
        Enterprise.model_validate({key: cell for key, cell in row.items() if cell}, context={"year": 2026})
        for row in rows
    ]
    columns = {
        ("class_" if key == "class" else key): pl.Series([row[key] for row in rows], dtype=pl.String) for key in rows[0]
    }
    frame, failures = of_columns(columns, pools, 2026)
    assert failures == []
    assert_frame_equal(frame, of_models(models, pools))


def test_the_columns_are_those_of_the_model() -> None:
    frame, _ = of_columns({"name": pl.Series(["甲"])}, Pools(), None)
    assert frame.columns == list(Enterprise.model_fields)


def test_failures_name_at_most_a_hundred_rows_and_count_them_all() -> None:
    _, failures = of_columns({"workers": pl.Series(["many"] * 250)}, Pools(), None)
    assert [(one.code, len(one.rows), one.count) for one in failures] == [("not-a-whole-number", 100, 250)]


def test_a_class_that_is_called_x_is_no_placeholder() -> None:
    frame, failures = of_columns({"class_": pl.Series(["X"])}, Pools(), None, frozenset({"X"}))
    assert failures == []
    assert frame["class_"][0] == 1


@pytest.mark.parametrize(
    ("dated", "spans"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([(None, "A")], [(None, None, "A")], id="always"),
        pytest.param(
            [(date(2026, 7, 1), "B"), (None, "A")],
            [(None, date(2026, 6, 30), "A"), (date(2026, 7, 1), None, "B")],
            id="until the next begins",
        ),
    ],
)
def test_dated_values_hold_until_the_next(dated: list[Any], spans: list[Any]) -> None:
    values = [DatedClass.model_validate({"from": day, "class": name}) for day, name in dated]
    assert spans_of(values) == spans
