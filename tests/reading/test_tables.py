"""Tables that lists include: registers as offices keep them, grids, officers and pins by the row."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from reading.plans import SOUND, codes, read, spoilt

_ENTERPRISES = SOUND[SOUND.index("enterprises:") : SOUND.index("pins:")]


def _workbook(rows: list[list[Any]], title: str = "台账") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_register(entry: str = "{file: r.csv}") -> str:
    return SOUND.replace(_ENTERPRISES, f"enterprises: {entry}\n")


def test_a_register_of_an_office_is_read_from_excel(tmp_path: Path) -> None:
    rows = [
        ["石桥镇企业台账"],
        ["序号", "单位名称", "企业编号", "管理分类", "所属村", "上次检查日期", "从业人数", "标签", "规模"],
        [1, "石桥液化气站", "Q1", "a类", "东村", 46082, "１２", "重点；涉气", "规上"],
        [2, "桥头饭庄 ", "Q2", "Ｂ", "dong", "2025年3月1日", 7.0, None, "规下"],
        ["合计", None, None, None, None, None, 19],
    ]
    result = read(tmp_path, _with_register("{file: r.xlsx}"), r_xlsx=_workbook(rows))
    assert codes(result) == []
    assert result.plan is not None
    frame = result.plan.enterprises
    assert frame["id"].to_list() == ["Q1", "Q2"]
    assert frame["name"].to_list() == ["石桥液化气站", "桥头饭庄"]
    assert frame["last_visit"].to_list() == [date(2026, 3, 1), date(2025, 3, 1)]
    assert frame["workers"].to_list() == [12, 7]
    assert frame["tags"].to_list() == [["重点", "涉气"], []]
    assert frame["规模"].to_list() == ["规上", "规下"]
    assert frame["row"].to_list() == [3, 4]
    assert result.plan.class_spans["class_"].to_list() == [0, 1]
    assert result.plan.grid_spans["grid"].to_list() == [1, 1]


def test_an_enterprise_without_id_is_its_credit_code_else_name_and_grid(tmp_path: Path) -> None:
    table = "序号,企业名称,统一社会信用代码,类别,网格\n1,气站,91420000MA4K00000K,A,东村\n2,饭 庄,,B,东村\n"
    text = _with_register().replace("enterprise: Q2", "enterprise: 饭 庄")
    plan = read(tmp_path, text, r_csv=table).plan
    assert plan is not None
    assert plan.enterprises["id"].to_list() == ["91420000MA4K00000K", "饭-庄@dong"]
    assert plan.rules[-1].id == "pin-饭-庄@dong-2026-05-13"


def test_enterprises_stand_in_the_plan_and_in_tables(tmp_path: Path) -> None:
    text = SOUND.replace("pins:", "  - {file: r.csv}\npins:", 1)
    plan = read(tmp_path, text, r_csv="企业编号,企业名称,类别,网格\nQ3,超市,A,dong\n").plan
    assert plan is not None
    assert plan.enterprises["id"].to_list() == ["Q1", "Q2", "Q3"]
    assert [plan.files[code] for code in plan.enterprises["file"]] == ["plan.yaml", "plan.yaml", "r.csv"]


def test_other_lists_come_from_tables_too(tmp_path: Path) -> None:
    text = spoilt(SOUND[SOUND.index("officers:") : SOUND.index("patrols:")], "officers: {file: o.csv}\n")
    text = text.replace(SOUND[SOUND.index("pins:") :], "pins: {file: p.csv}\nothers_visits: {file: v.csv}\n")
    result = read(
        tmp_path,
        text,
        o_csv="序号,工号,姓名,网格,所属中队,执法证号,执法证有效期,请假\n"
        "1,zhao,赵志刚,zhen,brigade,42000001,,周一上午\n2,qian,钱小梅,zhen,中队,42000002,2027-12-31,\n3,sun,孙国良,dong,,,,\n",
        p_csv="企业名称,检查日期,检查人员,事由\n桥头饭庄,2026-05-13,赵志刚、qian,信访件复核\n",
        v_csv="企业编号,检查日期,检查单位\nQ2,2026-04-01,县局\n",
    )
    assert codes(result) == []
    plan = result.plan
    assert plan is not None
    zhao, qian, _ = plan.file.officers
    assert zhao.certificate is not None and zhao.certificate.number == "42000001"
    assert qian.certificate is not None and qian.certificate.expires == date(2027, 12, 31)
    assert str(zhao.leave[0]) == "monday am"
    assert plan.rules[-1].enterprise == 1
    assert plan.others_visits.rows() == [(1, date(2026, 4, 1), "inspection", "")]
    assert plan.files == ("plan.yaml", "o.csv", "p.csv", "v.csv")


def test_several_hold_a_role_of_a_grid_in_one_cell(tmp_path: Path) -> None:
    grids = SOUND[SOUND.index("grids:") : SOUND.index("officers:")]
    table = "网格编号,网格名称,级别,上级,网格长,网格员\nzhen,石桥镇,镇,,zhao,\ndong,东村,村,zhen,zhao,sun；钱小梅\n"
    result = read(tmp_path, spoilt(grids, "grids: {file: g.csv}\n"), g_csv=table)
    assert codes(result) == []
    assert result.plan is not None
    _, dong = result.plan.file.grids
    assert [holder.officer for holder in dong.roles["coordinator"]] == ["sun", "钱小梅"]


def test_a_mistake_in_a_table_names_file_row_and_column(tmp_path: Path) -> None:
    text = spoilt(SOUND[SOUND.index("grids:") : SOUND.index("officers:")], "grids: {file: g.csv}\n")
    result = read(tmp_path, text, g_csv="网格编号,网格名称,上级网格,网格员\nzhen,石桥镇,,\ndong,东村,zhenn,sun\n")
    found = [one for one in result.diagnostics if one.code == "unknown-grid"]
    assert found[0].place is not None
    assert (found[0].place.file, found[0].place.line, found[0].place.field) == ("g.csv", 3, "上级网格")


def test_a_table_that_is_not_there_is_said_where_it_is_named(tmp_path: Path) -> None:
    result = read(tmp_path, _with_register("{file: none.csv}"))
    found = [one for one in result.diagnostics if one.code == "no-such-file"]
    assert found[0].place is not None and found[0].place.line == 21


def test_a_column_that_the_plan_maps_counts(tmp_path: Path) -> None:
    text = _with_register("{file: r.csv, columns: {档次: class, 代号: id}}")
    plan = read(tmp_path, text, r_csv="代号,企业名称,档次,网格\nQ1,气站,A,dong\nQ2,饭庄,B,dong\n").plan
    assert plan is not None
    assert plan.enterprises["id"].to_list() == ["Q1", "Q2"]


def test_at_most_a_hundred_of_a_code_are_said_and_the_rest_is_counted(tmp_path: Path) -> None:
    rows = "".join(f"Q{i},企业{i},Z,dong\n" for i in range(1000))
    result = read(tmp_path, _with_register(), r_csv="企业编号,企业名称,类别,网格\n" + rows)
    assert codes(result).count("unknown-class") == 100
    more = [one for one in result.diagnostics if one.code == "more-of-a-code" and one.values["of"] == "unknown-class"]
    assert more[0].values["more"] == 900


def test_the_registers_own_columns_keep_out_of_the_cores_way(tmp_path: Path) -> None:
    table = "企业编号,企业名称,类别,网格,cap,row,source\nQ1,气站,A,dong,大,1,x\nQ2,饭庄,B,dong,小,2,y\n"
    text = _with_register().replace("caps:\n", "caps:\n  - {name: 大, where: {cap: 大}, per_year: 3}\n")
    plan = read(tmp_path, text, r_csv=table).plan
    assert plan is not None
    assert plan.enterprises["cap"].to_list() == [3, 6]
    assert plan.enterprises["row"].to_list() == [2, 3]
    assert plan.enterprises["register.cap"].to_list() == ["大", "小"]


def test_a_parquet_register_is_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    pl.DataFrame(
        {"id": ["Q1", "Q2"], "name": ["气站", "饭庄"], "class": ["A", "B"], "grid": ["dong"] * 2}
    ).write_parquet(stream)
    plan = read(tmp_path, _with_register("{file: r.parquet}"), r_parquet=stream.getvalue()).plan
    assert plan is not None
    assert plan.enterprises["id"].to_list() == ["Q1", "Q2"]


@pytest.mark.parametrize(
    ("cells", "suggestion"),
    [
        pytest.param(("A", "B"), "columns: {量化等级: class}", id="all are classes"),
        pytest.param(("A", "良好"), None, id="one is none"),
        pytest.param(("", ""), None, id="nothing is written"),
    ],
)
def test_a_column_of_classes_under_another_heading_is_named(
    cells: tuple[str, str], suggestion: str | None, tmp_path: Path
) -> None:
    first, second = cells
    table = f"企业名称,网格,量化等级\n液化气站,dong,{first}\n饭庄,dong,{second}\n"
    text = SOUND[: SOUND.index("enterprises:")] + "enterprises: {file: r.csv, columns: {}}\n"
    (said,) = [one for one in read(tmp_path, text, r_csv=table).diagnostics if one.code == "missing-column"]
    assert said.values["suggestion"] == suggestion
    mapped = read(tmp_path, text.replace("columns: {}", "columns: {量化等级: class}"), r_csv=table)
    assert "missing-column" not in codes(mapped)
