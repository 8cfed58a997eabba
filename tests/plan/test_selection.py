"""Selections: what a selector chooses in a register, with class and grid of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from safeplan.plan.plan import CLASS_SPANS, GRID_SPANS
from safeplan.plan.selection import HEADINGS, Names, expression, grids_below, on_days
from safeplan.plan.selector import parse_where
from safeplan.terms.diagnostic import TermError

FRAME = pl.DataFrame(
    {
        "id": ["E1", "E2", "E3", "E4"],
        "name": ["甲", "乙", "丙", "丁"],
        "cap": [1, 2, 3, 4],
        "active_first": [None, None, None, date(2026, 9, 1)],
        "sector": ["gas", "catering", "", "gas"],
        "tags": [["key", "fire"], ["fire"], [], []],
        "standard_level": [3, None, 1, 2],
        "risk": [62.0, 10.5, None, 0.0],
        "last_visit": [date(2025, 3, 1), None, None, None],
        "规模": ["120", "３０", None, "规上"],
        "危险特性": ["易燃；有毒", "粉尘、易燃(液)", " 有毒 | 易燃 ", "不易燃"],
        "register.cap": ["a", "b", "c", "d"],
    }
)
CLASSES = pl.DataFrame(
    [(0, None, date(2026, 6, 30), 0), (0, date(2026, 7, 1), None, 1), (1, None, None, 1), (3, None, None, 0)],
    schema=CLASS_SPANS,
    orient="row",
)
GRIDS = pl.DataFrame([(0, None, None, 1), (1, None, None, 2), (2, None, None, 3)], schema=GRID_SPANS, orient="row")
NAMES = Names(
    {"A": 0, "B": 1, "A类": 0}, grids_below({"zhen": 0, "dong": 1, "东村": 1, "xi": 2, "zu": 3}, (-1, 0, 0, 2))
)


def _chosen(where: Any, day: date = date(2026, 1, 1)) -> list[str]:
    frame = on_days(FRAME, CLASSES, GRIDS, day)
    return frame.filter(expression(parse_where(where), frame.schema, NAMES))["id"].to_list()


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param({}, ["E1", "E2", "E3", "E4"], id="nothing said: everything"),
        pytest.param({"sector": "gas"}, ["E1", "E4"], id="a value"),
        pytest.param({"sector": ["gas", "catering"]}, ["E1", "E2", "E4"], id="any of a list"),
        pytest.param({"sector": "gas", "tags": "key"}, ["E1"], id="several columns must all hold"),
        pytest.param({"tags": ["key", "fire"]}, ["E1", "E2"], id="a list holds one of them"),
        pytest.param({"tags": []}, [], id="any of nothing: nobody, in a list"),
        pytest.param({"sector": []}, [], id="any of nothing: nobody"),
        pytest.param({"危险特性": "易燃"}, ["E1", "E3"], id="one of several in a cell of an own column"),
        pytest.param({"危险特性": ["粉尘", "有毒"]}, ["E1", "E2", "E3"], id="any of several in a cell"),
        pytest.param({"危险特性": "易燃(液)"}, ["E2"], id="a part with brackets is no pattern"),
        pytest.param({"危险特性": "易燃；有毒"}, ["E1"], id="the whole cell as it stands"),
        pytest.param({"危险特性": ".*"}, [], id="a pattern chooses nothing"),
        pytest.param({"危险特性": "none"}, [], id="several are not none"),
        pytest.param({"tags": "none"}, ["E3", "E4"], id="no tag at all"),
        pytest.param({"sector": "none"}, ["E3"], id="an empty text"),
        pytest.param({"any": [{"sector": "catering"}, {"tags": "key"}]}, ["E1", "E2"], id="any"),
        pytest.param({"all": [{"sector": "gas"}, {"not": {"tags": "key"}}]}, ["E4"], id="all and not"),
        pytest.param({"not": {"sector": "gas"}}, ["E2", "E3"], id="not"),
        pytest.param({"risk": ">= 10.5"}, ["E1", "E2"], id="a comparison, missing values never"),
        pytest.param({"not": {"risk": ">= 10.5"}}, ["E3", "E4"], id="not of a comparison takes the missing in"),
        pytest.param({"risk": "< 1"}, ["E4"], id="less than"),
        pytest.param({"standard_level": ["1", "２"]}, ["E3", "E4"], id="numbers as they are typed"),
        pytest.param({"standard_level": "none"}, ["E2"], id="no level"),
        pytest.param({"standard_level": "high"}, [], id="a text that is no number matches none"),
        pytest.param({"last_visit": "2025年3月1日"}, ["E1"], id="a day"),
        pytest.param({"规模": "> 50"}, ["E1"], id="the register's own column, as a number"),
        pytest.param({"规模": "<= 30"}, ["E2"], id="full-width figures compare"),
        pytest.param({"行业类别": "gas"}, ["E1", "E4"], id="a heading that stands for a field"),
        pytest.param({"cap": "b"}, ["E2"], id="the register's own cap, not the core's"),
        pytest.param({"id": ["E2", "E3"]}, ["E2", "E3"], id="ids"),
        pytest.param({"class": "A"}, ["E1", "E4"], id="class on the day"),
        pytest.param({"class": "A类"}, ["E1", "E4"], id="class by its label"),
        pytest.param({"class": "none"}, ["E3"], id="no class"),
        pytest.param({"grid": "zhen"}, ["E1", "E2", "E3"], id="a grid and all below"),
        pytest.param({"grid": ["东村", "xi"]}, ["E1", "E2", "E3"], id="grids by id or name"),
        pytest.param({"grid": "none"}, ["E4"], id="no grid"),
        pytest.param({"open_findings": ">= 1"}, [], id="what only the ledger knows"),
    ],
)
def test_a_selector_chooses(where: Any, expected: list[str]) -> None:
    assert _chosen(where) == expected


def test_class_is_that_of_the_day() -> None:
    assert _chosen({"class": "B"}, date(2026, 6, 30)) == ["E2"]
    assert _chosen({"class": "B"}, date(2026, 7, 1)) == ["E1", "E2"]


def test_the_day_may_be_each_enterprises_own() -> None:
    frame = on_days(FRAME, CLASSES, GRIDS, pl.max_horizontal(pl.lit(date(2026, 1, 1)), "active_first"))
    assert frame["class"].to_list() == [0, 1, None, 0]


@pytest.mark.parametrize("column", ["sectr", "planned", "active_first"])
def test_a_column_that_is_not_there_is_an_error_that_names_those_that_are(column: str) -> None:
    with pytest.raises(TermError) as caught:
        _chosen({column: "x"})
    assert caught.value.code == "unknown-column"
    expected = caught.value.values["expected"]
    assert isinstance(expected, tuple)
    assert "sector" in expected and "cap" in expected and "register.cap" not in expected


def test_grids_in_a_circle_end_somewhere() -> None:
    assert grids_below({"a": 0, "b": 1}, (1, 0)) == {"a": [0, 1], "b": [0, 1]}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("企业名称", "name"),
        ("统一社会信用代码", "credit_code"),
        ("管理分类", "class_"),
        ("class", "class_"),
        ("所属村(社区)/网格", "grid"),
    ],
)
def test_headings_as_offices_write_them_stand_for_fields(heading: str, field: str) -> None:
    assert HEADINGS[heading] == field
