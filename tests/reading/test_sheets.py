"""Sheets as columns of texts: where the used range begins, and what an office's file looks like in the end."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwt

from safeplan.reading.cells import Cells, read_cells
from safeplan.reading.header import Header, body, find_header
from safeplan.reading.limits import Limits

KNOWN = {
    "企业名称": "name",
    "统一社会信用代码": "credit_code",
    "类别": "class",
    "所属网格": "grid",
    "法定代表人": "legal_person",
    "联系电话": "contact_phone",
    "从业人数": "workers",
}


def read(path: Path) -> Cells:
    cells, found = read_cells(path, path.name, Limits())
    assert cells is not None, found
    return cells


def write(path: Path, rows: list[list[object]]) -> None:
    """Write rows beginning at C4."""
    if path.suffix == ".xls":
        old = xlwt.Workbook()
        sheet = old.add_sheet("台账")
        for at, row in enumerate(rows, 3):
            for column, value in enumerate(row, 2):
                sheet.write(at, column, value)
        old.save(str(path))
        return
    new = openpyxl.Workbook()
    for at, row in enumerate(rows, 4):
        for column, value in enumerate(row, 3):
            new.active.cell(at, column, value)
    new.save(path)


@pytest.mark.parametrize("kind", [".xlsx", ".xls"])
def test_columns_and_rows_before_the_used_range_count(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"t{kind}"
    write(path, [["企业名称", "从业人数"], ["楚天塑业", 12]])
    cells = read(path)
    assert cells.frame.row(4) == (5, None, None, "楚天塑业", "12")
    assert cells.numbers.row(4) == (False, False, False, True)
    assert cells.frame.row(0) == (1, None, None, None, None)


def test_a_register_as_an_office_keeps_it_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows: list[list[object]] = [
        ["隆盛镇生产经营单位安全监管台账"],
        ["填报单位：安监站", None, None, None, None, "填报日期：2026年1月5日"],
        ["序号", "企业名称*", "所属网格", "负责人信息", None, "类别\n（A/B/C）", "从业人数（人）", "统一社会信用代码"],
        [None, None, None, "姓名", "联系电话"],
        [1, "楚天塑业有限公司 ", "东街村", "周某", 13800000000, "Ａ", 12, 914200001234567890],
        [2, "隆盛农贸市场", None, "吴某", "0712-123", "B", "８", "91420000MA4K00001X"],
        [],
        [3, "西街加油站", "西街村", "郑某", None, "a", 5.0, None],
        [4],
        ["合计", None, None, None, None, None, 25],
        ["备注：本表每季度更新"],
        ["填表人：王强", None, None, "审核人：刘敏"],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("D3:E3")
    sheet.merge_cells("C5:C6")
    for column in "ABCFGH":
        sheet.merge_cells(f"{column}3:{column}4")
    path = tmp_path / "台账.xlsx"
    book.save(path)
    cells = read(path)
    header = find_header(cells, {**KNOWN, "负责人信息": "legal_person"})
    assert isinstance(header, Header), header
    assert (header.first_row, header.last_row) == (3, 4)
    names = ["name", "grid", "legal_person", "contact_phone", "class", "workers", "credit_code"]
    assert body(cells, header).select("row", *names).rows() == [
        (5, "楚天塑业有限公司", "东街村", "周某", "13800000000", "A", "12", "914200001234568000"),
        (6, "隆盛农贸市场", "东街村", "吴某", "0712-123", "B", "8", "91420000MA4K00001X"),
        (8, "西街加油站", "西街村", "郑某", None, "a", "5", None),
    ]
