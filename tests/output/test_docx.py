"""A Document as a Word file, read again by python-docx."""

from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT

from safeplan.output.formats import DOCUMENT_FORMATS

from .documents import COLUMNS, HOSTILE, one_cell, roster_document, small_document

render = DOCUMENT_FORMATS["docx"].render


def read(document):
    return docx.Document(BytesIO(render(document)))


def test_the_roster_reads_back_cell_by_cell():
    document = roster_document()
    heading = [column.title for column in COLUMNS]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in read(document).tables]
    roster = next(table for table in tables if table[0] == heading)
    expected = [[str(cell) for cell in row] for row in document.sections[1].tables[0].rows]
    assert roster[1:] == expected


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_is_written_as_it_is(name):
    paper = read(one_cell(name))
    assert [row.cells[1].text for row in paper.tables[-1].rows] == ["name", name, name]
    assert paper.paragraphs[0].text == name


def test_a_wide_table_lies_across_and_a_narrow_one_does_not():
    assert read(roster_document()).sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert read(small_document()).sections[0].orientation == WD_ORIENT.PORTRAIT


def test_headings_are_repeated_and_rows_are_not_split():
    table = read(roster_document()).tables[-1]
    assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)


def test_the_fonts_are_those_of_a_chinese_office():
    paper = read(roster_document())
    assert paper.styles["Normal"].element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia")) == "仿宋"
    assert paper.styles["Title"].element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia")) == "宋体"


def test_a_year_of_visits_takes_seconds():
    import time
    from dataclasses import replace

    document = roster_document()
    roster = document.sections[1]
    long = replace(roster.tables[0], rows=list(roster.tables[0].rows) * 100, tones=())
    start = time.monotonic()
    render(replace(document, sections=(replace(roster, tables=(long,)),)))
    assert time.monotonic() - start < 20
