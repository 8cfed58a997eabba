"""Tables off disk as cells: what offices write is read with its row numbers, traps are refused, junk is located."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import polars as pl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeplan.reading.cells import Cells, read_cells
from safeplan.reading.header import find_header
from safeplan.reading.limits import Limits
from safeplan.reading.sheets import Merged, sheet_names
from safeplan.terms.diagnostic import Diagnostic

LIMITS = Limits()
Rows = list[list[Any]]


def read(path: Path, limits: Limits = LIMITS, sheet: str | None = None) -> tuple[Cells | None, list[Diagnostic]]:
    return read_cells(path, path.name, limits, sheet=sheet)


def cells_of(path: Path, sheet: str | None = None) -> Cells:
    cells, found = read(path, sheet=sheet)
    assert found == []
    assert cells is not None
    return cells


def texts(cells: Cells) -> dict[int, list[str | None]]:
    """Give the rows that hold anything, by their numbers."""
    return {row: list(rest) for row, *rest in cells.frame.rows() if any(cell is not None for cell in rest)}


def refused(path: Path, limits: Limits = LIMITS, sheet: str | None = None) -> Diagnostic:
    cells, found = read(path, limits, sheet)
    assert cells is None
    assert len(found) == 1
    assert found[0].place is not None
    assert found[0].place.file == path.name
    return found[0]


def written(folder: Path, data: bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def xlsx(path: Path, rows: Rows, merged: tuple[str, ...] = ()) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)
    for one in merged:
        sheet.merge_cells(one)
    book.save(path)


def xls(path: Path, rows: Rows) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value, *([day] if isinstance(value, date) else []))
    book.save(str(path))


def ods(path: Path, rows: Rows) -> None:
    book = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="台账")
    for row in rows:
        line = odf.table.TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def _ods_cell(value: Any) -> Any:
    if value is None:
        return odf.table.TableCell()
    if isinstance(value, bool):
        return odf.table.TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    if isinstance(value, (int, float)):
        return odf.table.TableCell(valuetype="float", value=repr(value))
    if isinstance(value, date):
        return odf.table.TableCell(valuetype="date", datevalue=value.isoformat())
    cell = odf.table.TableCell(valuetype="string")
    cell.addElement(odf.text.P(text=value))
    return cell


WRITERS = {"xlsx": xlsx, "xls": xls, "ods": ods}


@pytest.mark.parametrize("kind", WRITERS)
def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"t.{kind}"
    WRITERS[kind](path, [[], [], ["隆盛镇台账"], [], [None, "名称"], [None, "楚天塑业"]])
    assert texts(cells_of(path)) == {3: ["隆盛镇台账", None], 5: [None, "名称"], 6: [None, "楚天塑业"]}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(1.0, "1", id="a whole number has no decimals"),
        pytest.param(3.5, "3.5", id="a fraction"),
        pytest.param(0.1 + 0.2, "0.3", id="fifteen digits, as the sheet shows"),
        pytest.param(0.00001234, "0.00001234", id="never an exponent"),
        pytest.param(True, "true", id="a truth value"),
        pytest.param(date(2026, 3, 1), "2026-03-01", id="a day"),
        pytest.param(" 甲 ", " 甲 ", id="a text with its spaces"),
        pytest.param("0012", "0012", id="a number stored as text"),
        pytest.param(420106199001011234, "420106199001011000", id="a code that was rounded"),
    ],
)
def test_a_cell_becomes_the_text_of_a_plan(tmp_path: Path, kind: str, value: Any, expected: str) -> None:
    path = tmp_path / f"t.{kind}"
    WRITERS[kind](path, [["k", value]])
    cells = cells_of(path)
    assert cells.frame["c1"].to_list() == [expected]
    assert cells.numbers["c1"].to_list() == [type(value) in (int, float)]
    assert cells.sheet == "台账"


def test_days_with_a_time_and_times_are_written_out(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    xlsx(path, [[datetime(2026, 3, 1, 13, 5), datetime(2026, 3, 1), time(9, 30)]])
    assert cells_of(path).frame.row(0) == (1, "2026-03-01 13:05:00", "2026-03-01", "09:30:00")


def test_what_is_merged_downwards_stands_in_every_row_and_a_title_only_once(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows = [
        ["台账", None, None],
        ["村", "名称", "类别"],
        ["东街村", "甲厂", "A"],
        [None, "乙厂", "B"],
        [None, "丙厂", "A"],
    ]
    xlsx(path, rows, ("A1:C1", "A3:A5"))
    cells = cells_of(path)
    assert cells.frame["c0"].to_list() == ["台账", "村", "东街村", "东街村", "东街村"]
    assert cells.frame["c1"].to_list() == [None, "名称", "甲厂", "乙厂", "丙厂"]
    assert cells.merged == (Merged(1, 1, 0, 2), Merged(3, 5, 0, 0))


def test_an_error_value_is_not_set_and_located(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row("A1", ["编号", "名称"])
        sheet.write_formula("A2", "=VLOOKUP(1,B:C,2)", None, "#N/A")
        sheet.write_string("B2", "甲厂")
        sheet.write_formula("B3", "=1/0", None, "#DIV/0!")
    cells, found = read(path)
    assert cells is not None
    assert texts(cells) == {1: ["编号", "名称"], 2: [None, "甲厂"]}
    places = [(d.code, d.place.line, d.place.field, d.values["found"]) for d in found if d.place]
    assert places == [("error-value", 2, "A", "#N/A"), ("error-value", 3, "B", "#DIV/0!")]


def test_an_invisible_character_in_a_cell_is_located_and_kept(tmp_path: Path) -> None:
    cells, found = read(written(tmp_path, "编号,名称\nE1,甲\u200b厂\nE2,\u202e乙厂\nE3,丙\x07\n".encode()))
    assert cells is not None
    assert cells.frame["c1"].to_list() == ["名称", "甲\u200b厂", "\u202e乙厂", "丙\x07"]
    places = [(d.code, d.place.line, d.place.field, d.values["found"]) for d in found if d.place]
    assert places == [
        ("hidden-character", row, "B", code) for row, code in ((2, "U+200B"), (3, "U+202E"), (4, "U+0007"))
    ]


def test_errors_beyond_a_hundred_are_counted(tmp_path: Path) -> None:
    _, found = read(written(tmp_path, ("a,b\n" + "#N/A,1\n" * 250).encode()))
    assert [d.code for d in found] == ["error-value"] * 100 + ["more-of-a-code"]
    assert found[-1].values["more"] == 150


def test_the_first_visible_sheet_that_holds_anything_is_read_and_others_are_named(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("空")
        hidden = book.add_worksheet("藏")
        hidden.write_string("A1", "x")
        hidden.hide()
        book.add_worksheet("台账").write_string("A1", "y")
        book.add_worksheet("说明").write_string("A1", "z")
    cells, found = read(path)
    assert cells is not None
    assert cells.sheet == "台账"
    assert [(d.code, d.values["others"]) for d in found] == [("several-sheets", ("说明",))]
    assert texts(cells_of(path, sheet="说明")) == {1: ["z"]}
    assert sheet_names(path, "t.xlsx", LIMITS) == ["空", "台账", "说明"]
    wrong = refused(path, sheet="台帐")
    assert (wrong.code, wrong.values["suggestion"]) == ("no-such-sheet", "台账")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("编号,名称\nE1,甲厂\n".encode(), {1: ["编号", "名称"], 2: ["E1", "甲厂"]}, id="UTF-8"),
        pytest.param(
            b"\xef\xbb\xbf" + "编号,名称\r\nE1,甲厂\r\n".encode(),
            {1: ["编号", "名称"], 2: ["E1", "甲厂"]},
            id="UTF-8 with a mark",
        ),
        pytest.param(
            "编号,名称\r\nE1,甲厂\r\n".encode("gb18030"),
            {1: ["编号", "名称"], 2: ["E1", "甲厂"]},
            id="GB18030, as Excel saves it",
        ),
        pytest.param(
            "编号\t名称\nE1\t甲厂\n".encode("utf-16"),
            {1: ["编号", "名称"], 2: ["E1", "甲厂"]},
            id="Excel's Unicode text",
        ),
        pytest.param(b"a;b\n1;2\n", {1: ["a", "b"], 2: ["1", "2"]}, id="semicolons"),
        pytest.param(
            b"a,t\n1,x;y;z\n2,x;y\n", {1: ["a", "t"], 2: ["1", "x;y;z"], 3: ["2", "x;y"]}, id="lists in cells"
        ),
        pytest.param(
            b'a,b,c\n"x;y","1","u,v"\n"p;q","2,","w"\n"r;s","3,,","t"\n',
            {1: ["a", "b", "c"], 2: ["x;y", "1", "u,v"], 3: ["p;q", "2,", "w"], 4: ["r;s", "3,,", "t"]},
            id="what stands in quotes parts nothing",
        ),
        pytest.param(b"a,b\r1,2\r", {1: ["a", "b"], 2: ["1", "2"]}, id="an old Mac's line breaks"),
        pytest.param(b"\n\nT\n\na,b\n1,2", {3: ["T", None], 5: ["a", "b"], 6: ["1", "2"]}, id="title and blank lines"),
        pytest.param(b'a,b\n1,"x, ""y"""\n', {1: ["a", "b"], 2: ["1", 'x, "y"']}, id="quotes within a line"),
        pytest.param(
            b'a,b\n1,"x\r\ny"\n2,z\n',
            {1: ["a", "b"], 2: ["1", "x\ny"], 4: ["2", "z"]},
            id="a row is the line it begins on",
        ),
        pytest.param(b'a,b\n1,3" pipe\n', {1: ["a", "b"], 2: ["1", '3" pipe']}, id="a quote inside a plain field"),
        pytest.param(
            b"a,b,c\n1\n2,,\n", {1: ["a", "b", "c"], 2: ["1", None, None], 3: ["2", None, None]}, id="short lines"
        ),
        pytest.param(b"a,b\n1,2,,\n", {1: ["a", "b"], 2: ["1", "2"]}, id="empty fields too many"),
        pytest.param(b'a,b\n"",x\n', {1: ["a", "b"], 2: [None, "x"]}, id="an empty text in quotes is nothing"),
    ],
)
def test_csv_is_read_as_offices_write_it(tmp_path: Path, data: bytes, expected: dict[int, list[str | None]]) -> None:
    assert texts(cells_of(written(tmp_path, data))) == expected


def test_quick_and_careful_reading_of_csv_agree(tmp_path: Path) -> None:
    lines = [f'E{n},"甲,{n}",{"" if n % 3 else "x"},{n / 2}' for n in range(500)]
    quick = cells_of(written(tmp_path, "\n".join(["a,b,c,d", *lines]).encode()))
    careful = cells_of(written(tmp_path, "\n".join(["a,b,c,d", *lines, 'Z,"\n",,']).encode()))
    assert careful.frame.head(501).equals(quick.frame)


fields = st.text(st.sampled_from('ab甲,"\n .'), max_size=6)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(fields, fields, fields), max_size=6), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_what_a_csv_writer_writes_is_read_back(tmp_path: Path, rows: list[tuple[str, ...]], encoding: str) -> None:
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows([("编号", "名称", "网格"), *rows])
    cells = cells_of(written(tmp_path, made.getvalue().encode(encoding)))
    assert [tuple(cell or "" for cell in row[1:]) for row in cells.frame.rows()[1:]] == rows
    lines = [2 + sum(cell.count("\n") for row in rows[:at] for cell in row) + at for at in range(len(rows))]
    assert cells.frame["row"].to_list() == [1, *lines]


def test_a_line_with_too_many_fields_is_located(tmp_path: Path) -> None:
    lines = ["a,b"] + ["1,2"] * 100
    lines[60] = "1,2,3"
    cells, found = read(written(tmp_path, "\n".join(lines).encode()))
    assert cells is None
    assert [(d.code, d.place and d.place.line, dict(d.values)) for d in found] == [
        ("ragged-row", 61, {"found": 3, "expected": 2})
    ]


def test_a_row_with_more_fields_than_headings_is_located_near_the_top_too(tmp_path: Path) -> None:
    cells = cells_of(written(tmp_path, "隆盛镇,台账\n编号,名称\nE1,甲厂,分厂\nE2,乙厂,\n".encode()))
    found = find_header(cells, {"编号": "id", "名称": "name"})
    assert isinstance(found, list)
    assert [(d.code, d.place and d.place.line, d.values["found"]) for d in found] == [("ragged-row", 3, 3)]


def test_a_quote_that_never_closes_is_located(tmp_path: Path) -> None:
    bad = refused(written(tmp_path, b'a,b\n1,2\n3,"x\n4,5\n'))
    assert (bad.code, bad.place and bad.place.line) == ("bad-quote", 3)


def test_parquet_is_read_as_a_table_whose_first_row_names_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame(
        {
            "编号": ["E1", ""],
            "人数": [1.0, 2.5],
            "日期": [date(2026, 3, 1), None],
            "时间": [datetime(2026, 3, 1), datetime(2026, 3, 1, 8, 30)],
            "标签": [["a", "b"], []],
            "是": [True, None],
        }
    ).write_parquet(path)
    assert texts(cells_of(path)) == {
        1: ["编号", "人数", "日期", "时间", "标签", "是"],
        2: ["E1", "1", "2026-03-01", "2026-03-01", "a;b", "true"],
        3: [None, "2.5", None, "2026-03-01 08:30:00", None, None],
    }


HTML = "<html><body><table><tr><td>名称</td></tr></table></body></html>".encode()
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code", "looks"),
    [
        pytest.param("t.xls", HTML, "unreadable-table", "html", id="a web page called .xls"),
        pytest.param("t.xls", b"a,b\n1,2\n", "unreadable-table", "text", id="a CSV called .xls"),
        pytest.param("t.xlsx", b'<?xml version="1.0"?><Workbook/>', "unreadable-table", "xml", id="XML called .xlsx"),
        pytest.param("t.xlsx", b"%PDF-1.7", "unreadable-table", "pdf", id="a PDF"),
        pytest.param("t.xlsx", b"\x00\x01\x02", "unreadable-table", "binary", id="anything binary"),
        pytest.param("t.xlsx", ENCRYPTED, "unreadable-table", "encrypted", id="with a password"),
        pytest.param("t.xlsx", b"PK\x03\x04" + bytes(50), "unreadable-table", "damaged", id="an archive cut off"),
        pytest.param("t.xls", b"\xd0\xcf\x11\xe0" + bytes(50), "unreadable-table", "damaged", id="an .xls cut off"),
        pytest.param("t.xlsx", zipped({"word/document.xml": b"<a/>"}), "unreadable-table", "docx", id="a letter"),
        pytest.param("t.xlsx", zipped({"xl/workbook.bin": b"x"}), "unreadable-table", "xlsb", id="a binary workbook"),
        pytest.param("t.parquet", b"PAR1 no", "unreadable-table", "damaged", id="no Parquet"),
        pytest.param("t.csv", b"a,b\n\x00", "binary-file", None, id="a CSV with a NUL"),
        pytest.param("t.csv", b"a,b\n\xff\xff", "encoding", None, id="a CSV of no encoding"),
        pytest.param("t.csv", b"", "empty-file", None, id="0 bytes"),
        pytest.param("t.xlsx", b"", "empty-file", None, id="0 bytes of a workbook"),
        pytest.param("t.docx", b"x", "unknown-format", None, id="a format that is no table"),
    ],
)
def test_what_is_no_table_is_refused_and_named(
    tmp_path: Path, name: str, data: bytes, code: str, looks: str | None
) -> None:
    bad = refused(written(tmp_path, data, name))
    assert (bad.code, bad.values.get("looks")) == (code, looks)


def test_a_workbook_under_the_name_of_another_format_is_read(tmp_path: Path) -> None:
    xlsx(tmp_path / "t.xlsx", [["名称"]])
    (tmp_path / "t.xlsx").rename(tmp_path / "t.xls")
    assert texts(cells_of(tmp_path / "t.xls")) == {1: ["名称"]}


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv").code == "unreadable-file"


def test_an_empty_workbook_is_said(tmp_path: Path) -> None:
    xlsx(tmp_path / "t.xlsx", [])
    assert refused(tmp_path / "t.xlsx").code == "empty-table"


def sheet_xml(cells: str) -> bytes:
    """Make a workbook whose only sheet has the given rows, whatever they claim."""
    made = io.BytesIO()
    xlsxwriter.Workbook(made).close()
    source = zipfile.ZipFile(made)
    parts = {name: source.read(name) for name in source.namelist()}
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    parts["xl/worksheets/sheet1.xml"] = f"{head}{cells}</sheetData></worksheet>".encode()
    return zipped(parts)


FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(FIRST + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', id="the far corner"),
        pytest.param(FIRST + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>', id="the last row"),
        pytest.param(FIRST + "<row r='900000'><c r='XFD2'><v>1</v></c></row>", id="apostrophes, row and cell apart"),
        pytest.param(FIRST + '<row r="1048570"><c><v>1</v></c></row>', id="a cell without address"),
        pytest.param(FIRST + '<row r="999999999"><c r="A999999999"><v>1</v></c></row>', id="beyond any sheet"),
    ],
)
def test_a_sheet_that_reaches_far_is_refused_before_it_is_opened(tmp_path: Path, cells: str) -> None:
    bad = refused(written(tmp_path, sheet_xml(cells), "t.xlsx"))
    assert (bad.code, bad.place and bad.place.sheet) == ("sheet-too-large", "Sheet1")
    assert bad.values["setting"] in {"cells", "rows"}


def test_cells_that_are_only_formatted_do_not_make_a_sheet_large(tmp_path: Path) -> None:
    formatted = FIRST + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert texts(cells_of(written(tmp_path, sheet_xml(formatted), "t.xlsx"))) == {1: ["1"]}


def repeated(rows: int, columns: int, filled: bool) -> bytes:
    value = ' office:value-type="string"' if filled else ""
    text = "<text:p>x</text:p>" if filled else ""
    urn = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{urn}office:1.0" xmlns:table="{urn}table:1.0" '
        f'xmlns:text="{urn}text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="台账">'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>名称</text:p></table:table-cell>'
        "</table:table-row>"
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell{value} '
        f'table:number-columns-repeated="{columns}">{text}</table:table-cell></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<m:manifest xmlns:m="{urn}manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    )
    return zipped(
        {"mimetype": kind.encode(), "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()}
    )


def test_a_repeat_bomb_is_refused_and_repeated_nothing_is_not(tmp_path: Path) -> None:
    bomb = refused(written(tmp_path, repeated(1_048_000, 1_024, True), "t.ods"))
    assert (bomb.code, bomb.place and bomb.place.sheet) == ("sheet-too-large", "台账")
    assert texts(cells_of(written(tmp_path, repeated(1_048_000, 1_024, False), "t.ods"))) == {1: ["名称"]}


def lying(data: bytes, size: int) -> bytes:
    """Make every part of an archive claim a small unpacked size."""
    out = bytearray(data)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = out.find(mark)
        while start >= 0:
            out[start + at : start + at + 4] = size.to_bytes(4, "little")
            start = out.find(mark, start + 4)
    return bytes(out)


@pytest.mark.parametrize("claim", [pytest.param(None, id="honest"), pytest.param(10, id="claiming ten bytes a part")])
def test_a_zip_bomb_is_refused_whatever_sizes_it_claims(tmp_path: Path, claim: int | None) -> None:
    data = zipped({"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": bytes(60_000_000)})
    bad = refused(written(tmp_path, data if claim is None else lying(data, claim), "t.xlsx"))
    assert (bad.code, bad.values["setting"]) == ("zip-bomb", "ratio")


def test_a_document_type_in_a_workbook_is_refused(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE w [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    assert refused(written(tmp_path, zipped({"xl/workbook.xml": laughs}), "t.xlsx")).code == "unreadable-table"


@pytest.mark.parametrize(
    ("limits", "make", "code"),
    [
        pytest.param(replace(LIMITS, table_bytes=5), lambda p: p.write_bytes(b"a,b\n1,2"), "too-large", id="bytes"),
        pytest.param(replace(LIMITS, cells=3), lambda p: p.write_bytes(b"a,b\n1,2\n"), "sheet-too-large", id="cells"),
    ],
)
def test_a_table_above_a_limit_is_refused_and_the_setting_named(
    tmp_path: Path, limits: Limits, make: Callable[[Path], object], code: str
) -> None:
    path = tmp_path / "t.csv"
    make(path)
    bad = refused(path, limits)
    assert bad.code == code
    assert bad.values["setting"] in {"table_bytes", "cells"}


JUNK = """
import random, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from safeplan.reading.cells import read_cells
from safeplan.reading.limits import Limits
path = Path(sys.argv[1])
line = random.Random(1).choices("abcdefg ,,,,,\\"汉字x", k=60)
rows = []
numbers = random.Random(2)
for _ in range(2_000):
    numbers.shuffle(line)
    rows.append("".join(line))
block = "\\n".join(["a,b,c,d,e,f,g,h,i"] + rows if sys.argv[2] == "quotes" else [r.replace('"', "") for r in rows])
path.write_text("\\n".join([block] * (50_000_000 // len(block.encode()))), encoding="utf-8")
import time
began = time.process_time()
cells, found = read_cells(path, "junk.csv", Limits())
codes = sorted({d.code for d in found})
# The high-water mark of this program alone: getrusage also counts what the test's own process was when it forked.
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(time.process_time() - began, peak // 1024, len(found), *codes)
"""


@pytest.mark.parametrize("kind", ["quotes", "plain"])
def test_fifty_megabytes_of_junk_end_soon_and_small(tmp_path: Path, kind: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(JUNK), str(tmp_path / "junk.csv"), kind]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    seconds, megabytes, number, *codes = done.stdout.split()
    assert float(seconds) < 8, done.stdout  # processor seconds of a busy machine; 5 alone on it
    assert int(megabytes) < 500, done.stdout
    assert int(number) <= 102
    assert not codes or set(codes) <= {"ragged-row", "bad-quote", "more-of-a-code"}
