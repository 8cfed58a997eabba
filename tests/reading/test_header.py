"""Headings and data rows of sheets as offices keep them."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.reading.cells import Cells
from safeplan.reading.header import Header, body, find_header, normalised

KNOWN = {
    "企业编号": "id",
    "企业名称": "name",
    "单位名称": "name",
    "类别": "class_",
    "风险等级": "class_",
    "所属村": "grid",
    "所属村(社区)": "grid",
    "经度": "longitude",
    "纬度": "latitude",
    "从业人数": "workers",
    "法定代表人": "legal_person",
    "联系人": "contact_name",
    "联系电话": "contact_phone",
    "name": "name",
}


def sheet(*rows: list[str | None], first: int = 1) -> Cells:
    """Make a sheet of rows; None where nothing stands."""
    width = max(map(len, rows))
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    frame = pl.DataFrame(filled, schema={f"c{at}": pl.String for at in range(width)}, orient="row")
    row = pl.int_range(first, first + len(rows), dtype=pl.Int32, eager=True).alias("row")
    numbers = frame.select(pl.col(name).is_null() & False for name in frame.columns)
    return Cells("企业.xlsx", "Sheet1", frame.with_columns(row), numbers)


def header_of(cells: Cells, **asked: object) -> Header:
    found = find_header(cells, KNOWN, **asked)  # type: ignore[arg-type]
    assert isinstance(found, Header), found
    return found


def names(header: Header) -> list[str]:
    return [column.name for column in header.columns]


def codes(cells: Cells, **asked: object) -> list[str]:
    found = find_header(cells, KNOWN, **asked)  # type: ignore[arg-type]
    assert isinstance(found, list), found
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("经度(°)", "经度"),
        ("经度（°）", "经度"),
        ("从业人数（人）", "从业人数"),
        ("*企业名称", "企业名称"),
        ("企业名称＊", "企业名称"),
        ("企 业 名 称", "企业名称"),
        ("企业\n名称", "企业名称"),
        ("企业名称：", "企业名称"),
        ("ＮＡＭＥ", "name"),
        ("Credit_Code", "credit code"),
        ("所属村（社区）", "所属村"),
        ("（一）", "（一）"),
    ],
)
def test_a_heading_is_known_in_every_dress(written: str, meant: str) -> None:
    assert normalised(written) == normalised(meant)


def test_the_heading_row_is_the_one_with_most_known_headings() -> None:
    cells = sheet(
        ["隆盛镇企业台账"],
        ["填报单位：安监站", None, None, "2026年1月"],
        [],
        ["序号", "企业名称", "所属村", "类别"],
        ["1", "楚天塑业", "东街村", "A"],
    )
    header = header_of(cells)
    assert (header.first_row, header.last_row) == (4, 4)
    assert names(header) == ["序号", "name", "grid", "class_"]
    assert header.headings == {"序号": "序号", "name": "企业名称", "grid": "所属村", "class_": "类别"}
    assert body(cells, header).rows() == [(5, "1", "楚天塑业", "东街村", "A")]


def test_the_plan_may_name_the_heading_row() -> None:
    cells = sheet(["企业名称", "所属村"], ["企业名称", "类别"], ["楚天塑业", "A"])
    assert names(header_of(cells, header_row=2)) == ["name", "class_"]


def test_row_numbers_are_those_of_the_file_even_when_it_leaves_some_out() -> None:
    cells = sheet(["企业名称", "所属村"], ["楚天塑业", "东街村"], first=7)
    header = header_of(cells, header_row=7)
    assert header.last_row == 7
    assert body(cells, header)["row"].to_list() == [8]


def test_a_heading_row_beyond_the_sheet_is_an_error() -> None:
    assert codes(sheet(["企业名称"], ["楚天塑业"]), header_row=9) == ["no-such-row"]


@pytest.mark.parametrize(
    "upper",
    [
        pytest.param(["序号", "企业名称", "法定代表人", None, "类别"], id="empty beside a group and below others"),
        pytest.param(["序号", "企业名称", "法定代表人", "法定代表人", "类别"], id="group repeated over its columns"),
    ],
)
@pytest.mark.parametrize(
    "lower",
    [
        pytest.param([None, None, "姓名", "联系电话", None], id="empty below what spans both rows"),
        pytest.param(["序号", "企业名称", "姓名", "联系电话", "类别"], id="repeated below what spans both rows"),
    ],
)
def test_two_rows_of_headings_are_one_header(upper: list[str | None], lower: list[str | None]) -> None:
    cells = sheet(["企业台账"], upper, lower, ["1", "楚天塑业", "周某", "138", "A"])
    header = header_of(cells)
    assert (header.first_row, header.last_row) == (2, 3)
    assert names(header) == ["序号", "name", "legal_person", "contact_phone", "class_"]
    assert body(cells, header).height == 1


def test_columns_of_two_groups_with_the_same_headings_are_told_apart() -> None:
    cells = sheet(
        ["企业名称", "法人", None, "安全员", None], [None, "手机", "住址", "手机", "住址"], ["甲", "1", "a", "2", "b"]
    )
    assert names(header_of(cells)) == ["name", "法人/手机", "法人/住址", "安全员/手机", "安全员/住址"]


def test_a_row_of_data_below_an_unnamed_column_is_no_second_row_of_headings() -> None:
    cells = sheet(["企业名称", "所属村", None], ["楚天塑业", "东街村", "查过"], ["隆盛农贸", "西街村", None])
    header = header_of(cells)
    assert header.last_row == 1
    assert names(header) == ["name", "grid", "[3]"]
    assert body(cells, header).height == 2


def test_unknown_headings_keep_their_own_name_and_empty_columns_go() -> None:
    cells = sheet(["企业名称", None, "包保 干部", "备注"], ["楚天塑业", None, "张三", None])
    assert names(header_of(cells)) == ["name", "包保 干部", "备注"]


def test_a_heading_that_the_plan_means_to_be_no_field_keeps_its_own_name() -> None:
    found = find_header(sheet(["企业名称", "编号"], ["楚天塑业", "7"]), {**KNOWN, "编号": ""})
    assert isinstance(found, Header)
    assert names(found) == ["name", "编号"]


def test_a_column_called_row_does_not_take_the_place_of_the_row_numbers() -> None:
    cells = sheet(["企业名称", "row"], ["楚天塑业", "x"])
    assert body(cells, header_of(cells)).rows() == [(2, "楚天塑业", "x")]


def test_one_heading_over_two_columns_is_an_error_where_it_fills_a_field() -> None:
    assert codes(sheet(["企业名称", "企业 名称", "类别"], ["甲", "乙", "A"])) == ["duplicate-column"]


def test_two_unknown_columns_of_one_heading_are_told_apart() -> None:
    assert names(header_of(sheet(["企业名称", "备注", "备注"], ["甲", "1", "2"]))) == ["name", "备注", "备注 (2)"]


def test_of_two_headings_for_a_field_the_one_known_first_fills_it() -> None:
    header = header_of(sheet(["企业名称", "风险等级", "类别"], ["甲", "高", "A"]))
    assert names(header) == ["name", "风险等级", "class_"]
    assert [(one.code, one.values["found"], one.values["other"]) for one in header.warnings] == [
        ("second-column", "风险等级", "类别")
    ]


def test_the_heading_that_the_plan_maps_fills_the_field_without_a_word() -> None:
    header = header_of(sheet(["企业名称", "风险等级", "类别"], ["甲", "高", "A"]), preferred=["风险等级"])
    assert names(header) == ["name", "class_", "类别"]
    assert header.warnings == ()


def test_without_a_known_heading_the_likeliest_row_is_shown() -> None:
    found = find_header(sheet(["标题"], ["甲", "乙", "丙"], ["1", "2", None]), KNOWN)
    assert isinstance(found, list)
    assert [(one.code, one.values["found"]) for one in found] == [("no-known-column", ("甲", "乙", "丙"))]
    assert found[0].place is not None
    assert found[0].place.line == 2


def test_blank_rows_totals_repeated_headings_and_notes_are_no_data() -> None:
    cells = sheet(
        ["序号", "企业名称", "所属村", "从业人数"],
        ["1", "楚天塑业", "东街村", "12"],
        [None, None, None, None],
        ["2", " ", None, "—"],
        ["小计", None, None, "12"],
        ["序号", "企业名称", "所属村", "从业人数"],
        ["3", "隆盛农贸市场", "西街村", "８"],
        [None, "合 计", None, "20"],
        ["合计：2家"],
        ["备注：本表一式两份"],
        ["2. 另附名单"],
        ["填表人：王强", None, "审核：刘敏", None],
        [None, "2026年1月5日"],
    )
    assert body(cells, header_of(cells)).rows() == [
        (2, "1", "楚天塑业", "东街村", "12"),
        (7, "3", "隆盛农贸市场", "西街村", "8"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(["统计局招待所", "东街村"], id="begins like a signature"),
        pytest.param(["审核通过的小卖部", None], id="begins like a signature, one text"),
        pytest.param(["合计达建材", "东街村"], id="begins like a total"),
        pytest.param(["注册会计师事务所", None], id="begins like a note"),
    ],
)
def test_an_enterprise_at_the_end_is_data_whatever_its_name(row: list[str | None]) -> None:
    cells = sheet(["企业名称", "所属村"], ["楚天塑业", "东街村"], row)
    assert body(cells, header_of(cells)).height == 2


def test_rows_of_few_texts_are_data_where_no_note_stands_above_them() -> None:
    cells = sheet(["企业名称", "所属村", "类别", "联系人"], *[[f"企业{n}", "东街村"] for n in range(40)])
    assert body(cells, header_of(cells)).height == 40


def test_a_sheet_of_headings_alone_has_no_rows() -> None:
    cells = sheet(["企业名称", "所属村"])
    assert body(cells, header_of(cells)).shape == (0, 3)


CELLS = st.one_of(
    st.none(),
    st.sampled_from([*KNOWN, "合计", "备注：", "序号", "—", "1", "", "row", "[1]", "name (2)", "*", "^.*$"]),
    st.text(max_size=6),
)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12))
def test_any_sheet_has_a_header_or_a_located_error(rows: list[list[str | None]]) -> None:
    cells = sheet(*rows)
    found = find_header(cells, KNOWN)
    if not isinstance(found, Header):
        assert found
        assert all(one.place is not None for one in found)
        return
    data = body(cells, found)
    assert data.columns == ["row", *names(found)]
    assert data["row"].is_sorted()
    assert all(row > found.last_row for row in data["row"])


NAMES = st.text("楚天隆盛塑业农贸市场有限公司第一二甲乙", min_size=1, max_size=8)


@given(st.lists(st.one_of(st.none(), st.tuples(NAMES, st.one_of(st.none(), st.just("东街村")))), max_size=40))
def test_no_enterprise_is_lost_and_no_blank_row_is_one(rows: list[tuple[str, str | None] | None]) -> None:
    cells = sheet(["台账"], ["企业名称", "所属村", "备注"], *[list(row) if row else [] for row in rows])
    kept = body(cells, header_of(cells)).select("row", "name").rows()
    assert kept == [(number, row[0]) for number, row in enumerate(rows, 3) if row]
