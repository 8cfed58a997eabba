"""Columns are known by what they hold, and not taken for what they are not."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from safeplan.work.register_guess import counted_texts, examples_of, guess_columns, looks_like
from work.registers import credit_code

ALL = frozenset(
    {"name", "credit_code", "class_", "grid", "address", "latitude", "longitude", "contact_phone", "last_visit"}
)


def guessed(**columns: Sequence[str | None]) -> dict[str, str]:
    """Give field → column of what is guessed."""
    frame = pl.DataFrame({name: pl.Series(name, list(texts), pl.String) for name, texts in columns.items()})
    return {one.field: one.column for one in guess_columns(frame, {name: name for name in columns}, ALL)}


@pytest.mark.parametrize(
    ("field", "texts"),
    [
        pytest.param("credit_code", [credit_code(1), credit_code(2)], id="codes with right check digits"),
        pytest.param("credit_code", ["914200001234567000", "9.142E+17"], id="codes that a spreadsheet rounded"),
        pytest.param("class_", ["A", "B", "c"], id="letters"),
        pytest.param("class_", ["甲类", "乙", "丙级"], id="stems"),
        pytest.param("class_", ["高风险", "低风险"], id="risk"),
        pytest.param("class_", ["红", "蓝色", "黄", "橙"], id="colours"),
        pytest.param("class_", ["一级", "Ⅱ级", "3级"], id="levels"),
        pytest.param("grid", ["东街村", "东街村", "南门社区", "南门社区"], id="villages that repeat"),
        pytest.param("grid", ["东街居委会", "东街居委会"], id="one committee"),
        pytest.param("name", ["楚天塑业有限公司", "桥头饭店", "隆盛农贸市场（东区）"], id="names of firms"),
        pytest.param("address", ["解放路3号", "人民街12号", "东街村2组"], id="addresses"),
        pytest.param("contact_phone", ["13800000000", "0717-1234567"], id="telephones"),
        pytest.param("last_visit", ["2025-11-18", "2025.3.1", "2025年3月1日"], id="days"),
    ],
)
def test_a_column_is_known_by_its_texts(field: str, texts: list[str]) -> None:
    assert guessed(甲=texts) == {field: "甲"}


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        pytest.param("序号", ["1", "2", "3"], id="running numbers are no classes"),
        pytest.param("人数", ["30", "40", "120"], id="counts are no degrees"),
        pytest.param("注册资金", ["50000", "30000"], id="money is no Excel day"),
        pytest.param("成立日期", ["2015-01-01", "2016-01-01"], id="a founding day is no visit"),
        pytest.param("代码", ["914200001234567890", "914200001234567891"], id="wrong check digits"),
        pytest.param("备注", ["好", "", None], id="remarks"),
        pytest.param("空", [None, None], id="nothing"),
        pytest.param("字母", [chr(65 + n % 26) for n in range(60)], id="too many letters for classes"),
    ],
)
def test_a_column_is_not_taken_for_what_it_is_not(heading: str, texts: list[str | None]) -> None:
    assert guessed(**{heading: texts}) == {}


def test_two_columns_of_degrees_are_a_place_whichever_comes_first() -> None:
    assert guessed(X=["104.61", "104.62"], Y=["30.61", "30.62"]) == {"longitude": "X", "latitude": "Y"}
    assert guessed(X=["30.61", "30.62"], Y=["104.61", "104.62"]) == {"latitude": "X", "longitude": "Y"}


def test_one_column_of_degrees_alone_is_no_place() -> None:
    assert guessed(X=["30.61", "30.62"]) == {}


def test_of_two_columns_that_look_alike_the_heading_decides() -> None:
    assert guessed(信用=["A", "B"], 风险等级=["B", "A"])["class_"] == "风险等级"


def test_a_few_slips_do_not_hide_a_column() -> None:
    assert looks_like(pl.Series(["A", "B", "C", "A", "？"]), "class_") == pytest.approx(0.8)


def test_texts_are_counted_the_most_frequent_first_and_examples_are_cut() -> None:
    texts = pl.Series(["b", "a", "b", None, "一二三四五六七八九十一二三四五"])
    assert counted_texts(texts)[0] == ("b", 2)
    assert examples_of(texts)[-1] == "一二三四五六七八九十一二…"
