"""Permits of a register: one cell that says all, or a name and its last day side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from reading.plans import codes, read
from safeplan.plan.enterprise import read_permit
from safeplan.reading.permit_columns import permit_columns, permit_texts
from safeplan.reading.plan import ReadResult

PLAN = "safeplan: 1\nname: 试\nperiod: 2026\nenterprises: {file: r.csv}\n"


@pytest.mark.parametrize(
    ("written", "permit"),
    [
        ("安全生产许可证", {"name": "安全生产许可证"}),
        ("安全生产许可证 2026-09-30", {"name": "安全生产许可证", "expires": "2026-09-30"}),
        ("排污许可证（有效期至2026年9月30日）", {"name": "排污许可证", "expires": "2026-09-30"}),
        ("排污许可证，到期日：2026/9/30", {"name": "排污许可证", "expires": "2026-09-30"}),
        ("经营许可证 有效期 2023年10月1日至2026年9月30日", {"name": "经营许可证", "expires": "2026-09-30"}),
        ("经营许可证(2023-10-01/2026-09-30)", {"name": "经营许可证", "expires": "2026-09-30"}),
        ("食品经营许可证 有效期至 长期", {"name": "食品经营许可证"}),
        ("有效期至2026年9月30日", {"name": "许可证", "expires": "2026-09-30"}),
        ("经营许可证 有效期至 见附件", {"name": "经营许可证", "expires": "见附件"}),
        ("经营许可证 有效期至 xx", {"name": "经营许可证 有效期至 xx"}),
        ({"name": "证"}, {"name": "证"}),
    ],
)
def test_a_permit_in_one_text(written: Any, permit: dict[str, str]) -> None:
    assert read_permit(written) == permit


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        pytest.param(["企业名称", "标准化有效期", "有效期"], [], id="nothing says that it is a permit's"),
        pytest.param(["许可证名称", "许可证有效期"], [("许可证有效期", "许可证名称", "许可证")], id="a pair"),
        pytest.param(["许可证到期日"], [("许可证到期日", "", "许可证")], id="a day alone"),
        pytest.param(["许可证名称"], [("", "许可证名称", "")], id="a name alone"),
        pytest.param(
            ["许可证名称1", "许可证有效期1", "许可证名称2", "许可证有效期2"],
            [("许可证有效期1", "许可证名称1", "许可证"), ("许可证有效期2", "许可证名称2", "许可证")],
            id="numbered",
        ),
        pytest.param(
            ["许可证名称", "许可证有效期至", "许可证名称 (2)", "许可证有效期至 (2)"],
            [("许可证有效期至", "许可证名称", "许可证"), ("许可证有效期至 (2)", "许可证名称 (2)", "许可证")],
            id="the same headings twice",
        ),
        pytest.param(
            ["食品经营许可证有效期", "排污许可证到期日期"],
            [("食品经营许可证有效期", "", "食品经营许可证"), ("排污许可证到期日期", "", "排污许可证")],
            id="the heading says which",
        ),
    ],
)
def test_columns_that_belong_together(headings: list[str], found: list[tuple[str, str, str]]) -> None:
    assert [(one.last, one.name, one.what) for one in permit_columns(headings)] == found


def test_a_cell_of_the_field_and_pairs_are_joined() -> None:
    columns = {
        "permits": pl.Series(["烟草证", None, None]),
        "许可证名称": pl.Series(["经营许可证", "经营许可证", None]),
        "许可证有效期": pl.Series(["2026/9/30", None, None]),
    }
    texts = permit_texts(list(permit_columns(columns)), columns, 2026)
    assert texts.to_list() == ["烟草证；经营许可证 有效期至 2026-09-30", "经营许可证", None]


def _permits(result: ReadResult) -> list[list[tuple[str, date | None]]]:
    assert result.plan is not None, result.diagnostics
    column = result.plan.enterprises["permits"].to_list()
    return [[(one["name"], one["expires"]) for one in permits] for permits in column]


def test_several_permits_in_a_row_of_a_table(tmp_path: Path) -> None:
    table = (
        "企业编号,企业名称,许可证名称1,许可证有效期1,许可证名称2,许可证有效期2,排污许可证有效期,许可证\n"
        "E1,甲,安全生产许可证,2026/9/30,经营许可证,2023年1月1日至2026年12月31日,,\n"
        "E2,乙,,,,,46300,卫生许可证（有效期至2026年5月1日）、烟草证\n"
        "E3,丙,,,,,,\n"
    )
    result = read(tmp_path, PLAN, r_csv=table)
    assert codes(result) == []
    assert _permits(result) == [
        [("安全生产许可证", date(2026, 9, 30)), ("经营许可证", date(2026, 12, 31))],
        [("卫生许可证", date(2026, 5, 1)), ("烟草证", None), ("排污许可证", date(2026, 10, 5))],
        [],
    ]


def test_a_day_left_open_is_not_set_and_another_text_is_wrong(tmp_path: Path) -> None:
    head = "企业编号,企业名称,许可证名称,许可证有效期\n"
    result = read(tmp_path, PLAN, r_csv=head + "E1,甲,经营许可证,2026-xx-xx\n")
    assert _permits(result) == [[("经营许可证", None)]]
    assert [(one.code, one.place and one.place.field) for one in result.diagnostics] == [
        ("placeholder", "许可证有效期")
    ]
    assert codes(read(tmp_path, PLAN, r_csv=head + "E1,甲,经营许可证,见附件\n")) == ["bad-day"]


def test_the_columns_of_permits_stay_for_selectors(tmp_path: Path) -> None:
    rule = (
        "holidays: [{name: 节前, before: [national-day], within: 10 workdays, visits: 1, family: patrol, where: %s}]\n"
    )
    table = "企业编号,企业名称,许可证名称,许可证有效期\nE1,甲,经营许可证,2026-09-30\n"
    assert "empty-selector" not in codes(read(tmp_path, PLAN + rule % "{许可证名称: 经营许可证}", r_csv=table))
    assert "empty-selector" in codes(read(tmp_path, PLAN + rule % "{许可证名称: 卫生许可证}", r_csv=table))
