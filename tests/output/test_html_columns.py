"""How wide columns are: short ones as wide as their texts, long ones by what most of their texts need."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from safeplan.document import Column, Table
from safeplan.output.html_columns import layout


def columns_of(*texts: list[str], titles: Sequence[str] = "甲乙丙丁") -> list[str]:
    """Lay out a table of columns with some texts, and give its columns as CSS says them."""
    columns = tuple(Column(title, title) for title, _ in zip(titles, texts, strict=False))
    rules = layout("t", Table(columns, list(zip(*texts, strict=True)))).rules
    (tracks,) = re.findall(r"--tracks: (.*?);", rules)
    return re.findall(r"minmax\([^)]*\)", tracks)


def test_a_short_column_is_as_wide_as_it_is_and_a_long_one_takes_the_rest() -> None:
    short, long = columns_of(["2026-03-02"], ["兴业大道" * 10])
    assert short == "minmax(0, 7.65em)"
    assert long.startswith("minmax(7em, ") and long.endswith("fr)")


def test_one_long_text_among_many_does_not_widen_a_column() -> None:
    usual = columns_of(["a"] * 20, ["兴业大道二段九号院内" * 2] * 20)[1]
    assert columns_of(["a"] * 20, ["兴业大道二段九号院内" * 2] * 19 + ["兴业大道" * 50])[1] == usual


def test_only_short_columns_share_a_line_no_wider_than_needed() -> None:
    table = Table((Column("a", "日期"), Column("b", "状态")), [("2026-03-02", "x" * 12)])
    assert re.findall(r"--most: (.*?);", layout("t", table).rules)[0].endswith("em")
    assert all(one.endswith("fr)") for one in columns_of(["2026-03-02"], ["x" * 12]))


@pytest.mark.parametrize(("texts", "wide"), [(("石桥村", "12"), False), (("石桥村", "x" * 60), True)])
def test_what_fits_a_telephone_stays_a_table_there(texts: tuple[str, str], wide: bool) -> None:
    assert layout("t", Table((Column("a", "村"), Column("b", "数")), [texts])).wide is wide


def test_headings_stand_on_two_lines_where_columns_are_many() -> None:
    few = columns_of(["1"] * 2, ["东街村" * 9] * 2, titles=("隐患级别", "内容"))
    many = columns_of(*[["1"]] * 12, ["东街村" * 9], titles=(*["隐患级别"] * 12, "内容"))
    assert few[0] == "minmax(0, 6.5em)"
    assert many[0] == "minmax(0, 4.5em)"


def test_no_english_word_of_a_heading_breaks() -> None:
    assert columns_of(["1"], ["东街村" * 9], titles=("Rectification rate", "b"))[0] == "minmax(0, 10.82em)"


def test_a_table_without_rows_has_a_layout() -> None:
    assert not layout("t", Table((Column("a", "A"),), [])).wide
