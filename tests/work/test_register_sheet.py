"""The register is found in the file that holds it."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from safeplan.reading.limits import Limits
from safeplan.work.register_sheet import RegisterError, find_register
from work.registers import named, rows, write_csv, write_office_xlsx


def test_of_several_sheets_the_one_with_most_known_headings_is_the_register(tmp_path: Path) -> None:
    found = find_register(write_office_xlsx(tmp_path / "a.xlsx", rows(7)), Limits())
    assert found.cells.sheet == "企业名册"
    assert not found.alone
    assert found.frame.height == 7


def test_of_equal_sheets_the_longest_is_the_register(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name, number in (("2024", 2), ("2026", 5), ("2025", 3)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["企业名称", "类别"])
        for line in range(number):
            sheet.write_row(line + 1, 0, [f"厂{line}", "A"])
    book.close()
    assert find_register(tmp_path / "a.xlsx", Limits()).cells.sheet == "2026"


def test_headings_that_nobody_knows_are_found_above_the_data(tmp_path: Path) -> None:
    made = named(rows(6), 企业名称="厂子", 统一社会信用代码="码", 类别="等", 所属村="在哪")
    found = find_register(write_csv(tmp_path / "a.csv", made), Limits())
    assert found.strange
    assert found.known == 0
    assert found.header.last_row == 1
    assert [one.heading for one in found.header.columns] == ["厂子", "码", "等", "在哪"]


def test_a_file_that_begins_with_data_has_no_headings(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("甲厂,A,东街村\n乙厂,B,东街村\n", encoding="utf-8")
    with pytest.raises(RegisterError) as refused:
        find_register(tmp_path / "a.csv", Limits())
    assert [one.code for one in refused.value.diagnostics] == ["no-known-column"]
    assert refused.value.exit_code == 2


def test_headings_without_rows_are_no_register(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("企业名称,类别\n", encoding="utf-8")
    with pytest.raises(RegisterError) as refused:
        find_register(tmp_path / "a.csv", Limits())
    assert [one.code for one in refused.value.diagnostics] == ["empty-table"]


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK" + b"x" * 100)
    with pytest.raises(RegisterError) as refused:
        find_register(tmp_path / "a.xlsx", Limits(table_bytes=50))
    assert [one.code for one in refused.value.diagnostics] == ["too-large"]
