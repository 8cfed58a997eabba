"""Registers as offices have them: messy on purpose, in every kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from stdnum.cn import uscc

VILLAGES = ("东街村", "西街村", "南门社区")
CLASSES = ("A类", "b", "丙类", "C")


def credit_code(number: int) -> str:
    """Give a credit code with a right check digit."""
    body = f"91420000MA4K{number:05d}"
    return body + str(uscc.calc_check_digit(body))


def rows(number: int = 24, **changed: Sequence[Any]) -> list[dict[str, Any]]:
    """Give rows of a tidy register; `changed` replaces columns, values taken in turn."""
    made = [
        {
            "企业名称": f"隆盛第{at + 1}塑料厂",
            "统一社会信用代码": credit_code(at),
            "类别": CLASSES[at % len(CLASSES)],
            "所属村": VILLAGES[at % len(VILLAGES)],
        }
        for at in range(number)
    ]
    for heading, values in changed.items():
        for at, row in enumerate(made):
            row[heading] = values[at % len(values)]
    return made


def named(made: list[dict[str, Any]], **headings: str | None) -> list[dict[str, Any]]:
    """Give rows with other headings; None takes a column away."""
    return [{headings.get(key, key): value for key, value in row.items() if headings.get(key, key)} for row in made]  # type: ignore[misc]


def write_csv(path: Path, made: list[dict[str, Any]], encoding: str = "utf-8") -> Path:
    """Write rows as CSV."""
    lines = [",".join(made[0]), *(",".join("" if v is None else str(v) for v in row.values()) for row in made)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def write_office_xlsx(path: Path, made: list[dict[str, Any]]) -> Path:
    """Write a workbook as an office keeps it.

    A sheet of notes comes first. The register has a title merged over all columns, a line about who filled it in, two
    rows of headings, a running number, blank rows, a total and a signature.
    """
    book = xlsxwriter.Workbook(str(path))
    notes = book.add_worksheet("填表说明")
    notes.write(0, 0, "填表说明")
    notes.write(1, 0, "企业名称应与营业执照一致")
    sheet = book.add_worksheet("企业名册")
    headings = ["序号", *made[0], "负责人姓名", "负责人手机"]
    last = len(headings) - 1
    sheet.merge_range(0, 0, 0, last, "隆盛镇2026年企业台账")
    sheet.write(1, 0, "填报单位：隆盛镇安监站")
    for column, heading in enumerate(headings[:-2]):
        sheet.merge_range(2, column, 3, column, heading)
    sheet.merge_range(2, last - 1, 2, last, "负责人")
    sheet.write(3, last - 1, "姓名")
    sheet.write(3, last, "手机")
    line = 4
    for number, row in enumerate(made, start=1):
        line += number in (5, 11)
        for column, value in enumerate((number, *row.values(), "张三", f"138{number:08d}")):
            if value is not None:
                sheet.write(line, column, value)
        line += 1
    sheet.write(line, 1, "合计")
    sheet.write(line, 2, len(made))
    sheet.write(line + 1, 0, "填表人：李四")
    book.close()
    return path


def write_xlsx(path: Path, made: list[dict[str, Any]]) -> Path:
    """Write a plain workbook of one sheet."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, list(made[0]))
    for line, row in enumerate(made, start=1):
        for column, value in enumerate(row.values()):
            if value is not None:
                sheet.write(line, column, value)
    book.close()
    return path


def write_xls(path: Path, made: list[dict[str, Any]]) -> Path:
    """Write an old Excel file."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    for line, values in enumerate([list(made[0]), *(list(row.values()) for row in made)]):
        for column, value in enumerate(values):
            sheet.write(line, column, value)
    book.save(str(path))
    return path


def write_ods(path: Path, made: list[dict[str, Any]]) -> Path:
    """Write an OpenDocument spreadsheet."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name="名册")
    for values in [list(made[0]), *(list(row.values()) for row in made)]:
        line = TableRow()
        for value in values:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


def write_parquet(path: Path, made: list[dict[str, Any]]) -> Path:
    """Write a Parquet file."""
    pl.DataFrame(made).write_parquet(path)
    return path
