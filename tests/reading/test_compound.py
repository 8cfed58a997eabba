"""An .xls is measured before it is opened."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from safeplan.reading.cells import read_cells
from safeplan.reading.compound import Damaged, xls_extents
from safeplan.reading.limits import Limits


def workbook(rows: int, columns: int = 5) -> bytes:
    """Make an .xls of two sheets, the second with one number in its 401st row and seventh column."""
    book = xlwt.Workbook()
    first, second = book.add_sheet("台账"), book.add_sheet("说明")
    for row in range(rows):
        for column in range(columns):
            first.write(row, column, f"{row}.{column}")
    second.write(400, 6, 1234.56789)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_the_number_at(data: bytes, row: int, column: int) -> bytes:
    """Move that number to another row and column, as no program would."""
    number = struct.pack("<HHHH", 0x203, 14, 400, 6)
    assert data.count(number) == 1
    return data.replace(number, struct.pack("<HHHH", 0x203, 14, row, column))


@pytest.mark.parametrize(
    "rows", [pytest.param(2, id="a short file"), pytest.param(20_000, id="a file of many sectors")]
)
def test_the_used_range_of_each_sheet_is_read_from_its_records(rows: int) -> None:
    assert xls_extents(workbook(rows)) == [(rows, 5), (401, 7)]


def test_a_cell_in_a_column_that_no_xls_has_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "far.xls"
    path.write_bytes(with_the_number_at(workbook(3), 65_535, 65_535))
    cells, found = read_cells(path, "far.xls", Limits())
    assert cells is None
    assert [(one.code, one.values["looks"]) for one in found] == [("unreadable-table", "damaged")]


def test_a_sheet_that_reaches_the_last_corner_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large.xls"
    path.write_bytes(with_the_number_at(workbook(3), 65_535, 255))
    cells, found = read_cells(path, "large.xls", Limits(cells=10_000_000))
    assert cells is None
    assert [one.code for one in found] == ["sheet-too-large"]


WHOLE = workbook(3)


@settings(max_examples=300)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4), st.integers(0, len(WHOLE)))
def test_whatever_is_broken_it_ends(at: int, instead: bytes, cut: int) -> None:
    for data in (WHOLE[:at] + instead + WHOLE[at + len(instead) :], WHOLE[:cut]):
        try:
            assert len(xls_extents(data)) <= len(data)
        except Damaged:
            continue
