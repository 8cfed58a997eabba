"""A Document as an Excel workbook, read again by two other libraries."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from safeplan.document import Column, Document, Section, Table
from safeplan.output import xlsx
from safeplan.output.formats import DOCUMENT_FORMATS

from .documents import COLUMNS, HOSTILE, one_cell, roster_document

render = DOCUMENT_FORMATS["xlsx"].render


def read(document):
    return openpyxl.load_workbook(BytesIO(render(document)))


def test_the_roster_reads_back_cell_by_cell_with_its_types():
    document = roster_document()
    page = read(document)["检查安排"]
    cells = list(page.iter_rows())
    start = next(n for n, row in enumerate(cells) if row[0].value == "日期")
    assert [cell.value for cell in cells[start][: len(COLUMNS)]] == [column.title for column in COLUMNS]
    rows = document.sections[1].tables[0].rows
    for expected, row in zip(rows, cells[start + 1 : start + 1 + len(rows)], strict=True):
        for value, cell in zip(expected, row, strict=False):
            if isinstance(value, date):
                assert (cell.data_type, cell.value) == ("d", datetime(value.year, value.month, value.day))
            else:
                assert (cell.data_type, cell.value) == ("s" if isinstance(value, str) else "n", value)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_is_a_text_and_nothing_else(name):
    data = render(one_cell(name))
    book = openpyxl.load_workbook(BytesIO(data))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value == name]
    assert len(cells) >= 5
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for page in book for row in page.iter_rows() for cell in row)
    other = CalamineWorkbook.from_filelike(BytesIO(data))
    values = [
        value for sheet in other.sheet_names for row in other.get_sheet_by_name(sheet).to_python() for value in row
    ]
    assert values.count(name) == len(cells)


def test_every_sheet_prints_on_a4_one_page_wide():
    for page in read(roster_document()):
        assert page.page_setup.paperSize == 9
        assert page.page_setup.fitToHeight == (0 if page.page_setup.orientation == "landscape" else None)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in page.oddFooter.center.text


def test_the_roster_has_a_frozen_heading_that_is_repeated_on_paper():
    page = read(roster_document())["检查安排"]
    heading = next(row[0].row for row in page.iter_rows() if row[0].value == "日期")
    assert page.freeze_panes == f"A{heading + 1}"
    assert page.print_title_rows == f"${heading}:${heading}"
    assert page.page_setup.orientation == "landscape"
    assert page.auto_filter.ref == f"A{heading}:I{heading + 42}"
    assert page.column_dimensions["E"].width > page.column_dimensions["B"].width
    assert any("检查人员签名" in str(row[0].value) for row in page.iter_rows())


def test_loose_parts_come_first_and_a_year_has_a_sheet_of_its_own():
    names = read(roster_document()).sheetnames
    assert names[1:] == ["检查安排", "未排", "每日检查量"]
    assert len(read(roster_document())[names[0]]._charts) == 1


def test_what_is_provisional_or_hidden_stands_on_every_sheet():
    for page in read(roster_document()):
        said = [cell.value for row in page.iter_rows() for cell in row]
        assert "2027年为暂定。" in said
        assert "3 次检查未显示" in said


def test_a_table_longer_than_a_sheet_goes_on_on_the_next(monkeypatch):
    monkeypatch.setattr(xlsx, "_ROW_LIMIT", 10)
    table = Table((Column("n", "n"),), [(n,) for n in range(25)], sheet="many")
    book = read(Document("t", "en", (Section("s", tables=(table,)),)))
    assert book.sheetnames == ["many", "many-2", "many-3"]
    found = [row[0].value for page in book for row in page.iter_rows() if isinstance(row[0].value, int)]
    assert found == list(range(25))


def test_a_text_longer_than_a_cell_ends_visibly():
    values = [cell.value for page in read(one_cell("很" * 40_000)) for row in page.iter_rows() for cell in row]
    assert any(isinstance(value, str) and value.endswith("很…") for value in values)


def test_the_day_it_was_made_is_the_documents():
    assert read(roster_document()).properties.created == datetime(2026, 3, 1)
    assert render(replace(roster_document(), made_on=None)) == render(replace(roster_document(), made_on=None))
