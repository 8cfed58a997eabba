"""CSV for programs and for Excel."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from safeplan.document import Column, Document, Section, Table
from safeplan.output.csv import unguarded
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.options import Options

from .documents import HOSTILE, one_cell, roster_document

render = DOCUMENT_FORMATS["csv"].render


def test_programs_get_machine_keys_and_values_as_they_are():
    text = render(roster_document()).decode()
    assert text.startswith("date,weekday,crew,order,enterprise,village,address,rule,minutes\n2026-03-02,周一,")
    assert "\r" not in text
    assert len(list(csv.reader(StringIO(text)))) == 43


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_reads_back_as_it_was(name):
    rows = list(csv.reader(StringIO(render(one_cell(name)).decode())))
    assert rows[1] == ["2026-03-02", name]


def test_excel_gets_a_mark_native_headings_and_its_line_ends():
    data = render(roster_document(), Options(excel=True))
    assert data.startswith("\ufeff日期,星期,".encode())
    assert data.count(b"\r\n") == data.count(b"\n") == 43


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("＝1", "'＝1"), ("a=1", "a=1"), (-1, "-1")],
)
def test_excel_runs_no_cell(cell, written):
    document = Document("t", "en", (Section("s", tables=(Table((Column("k", "=t"),), [(cell,)]),)),))
    assert render(document, Options(excel=True)).decode("utf-8-sig") == f"'=t\r\n{written}\r\n"


@pytest.mark.parametrize("text", ["'=1+1", "'＝1", "''-1"], ids=["half width", "full width", "two"])
def test_what_keeps_excel_from_running_a_cell_is_taken_away_again(text):
    assert unguarded(text) == text[1:]


@pytest.mark.parametrize("text", ["=1+1", "'quoted'", "'", "", "''"])
def test_an_apostrophe_that_guards_nothing_stays(text):
    assert unguarded(text) == text


def test_the_main_table_asks_for_a_sheet_even_when_empty():
    document = roster_document()
    roster = document.sections[1]
    empty = replace(roster, tables=(replace(roster.tables[0], rows=[], tones=()),))
    text = render(replace(document, sections=(document.sections[0], empty, document.sections[2]))).decode()
    assert text == "date,weekday,crew,order,enterprise,village,address,rule,minutes\n"
    assert render(replace(document, sections=document.sections[:1])) == "name,n\n检查次数,42\n未排,1\n".encode()


def test_a_document_without_tables_is_an_empty_file():
    assert render(Document("t", "en", ())) == b""
