"""The workbook of a form: what is locked, what is offered, what is hidden, and that texts stay texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from safeplan.output.form import FormColumn, FormSheet, Use
from safeplan.output.form_xlsx import render

from .documents import HOSTILE, UNSEEN

FORM = FormSheet(
    name="检查/安排",
    title="石桥村 检查记录表",
    hint="请填写黄色单元格",
    font="宋体",
    columns=(
        FormColumn("k:date", "日期", Use.FIXED),
        FormColumn("k:enterprise", "企业名称", Use.FIXED, also_spare=True),
        FormColumn("k:outcome", "检查结果", choices=("已查", "关门")),
        FormColumn("k:day", "实际日期", is_day=True),
        FormColumn("k:note", "备注"),
        FormColumn("k:id", "id", Use.HIDDEN),
    ),
    rows=[(date(2026, 3, 2), "液化气站", None, None, None, "a"), (date(2026, 3, 3), "饭庄", None, None, None, "b")],
    spare=2,
    refusal="请从列表中选",
    made_on=date(2026, 3, 1),
)


def sheet_of(form: FormSheet) -> Any:
    return openpyxl.load_workbook(BytesIO(render(form))).active


def test_rows_stand_below_title_hint_keys_and_headings() -> None:
    rows = list(sheet_of(FORM).iter_rows(values_only=True))
    assert [row[0] for row in rows[:2]] == ["石桥村 检查记录表", "请填写黄色单元格"]
    assert rows[2] == ("k:date", "k:enterprise", "k:outcome", "k:day", "k:note", "k:id")
    assert rows[3] == ("日期", "企业名称", "检查结果", "实际日期", "备注", "id")
    assert [(row[0].date(), row[1], row[5]) for row in rows[4:6]] == [
        (date(2026, 3, 2), "液化气站", "a"), (date(2026, 3, 3), "饭庄", "b"),
    ]  # fmt: skip
    assert rows[6:] == [(None,) * 6] * 2


def test_headings_are_not_cut() -> None:
    columns = (FormColumn("k:a", "Weekday", width=3), FormColumn("k:b", "How it ended", width=5),
               FormColumn("k:c", "检查结果", width=5))  # fmt: skip
    sheet = sheet_of(replace(FORM, columns=columns, rows=[]))
    widths = [sheet.column_dimensions[one].width for one in "ABC"]
    assert widths[0] >= 9 and 7 <= widths[1] < 14 and widths[2] < 8
    assert sheet.row_dimensions[4].height >= 30


def test_what_is_fixed_is_locked_save_in_spare_rows() -> None:
    sheet = sheet_of(FORM)
    assert sheet.protection.sheet
    locked = [[cell.protection.locked for cell in sheet[row]] for row in (5, 7)]
    assert locked == [[True, True, False, False, False, True], [True, False, False, False, False, True]]


def test_choices_and_days_are_offered_in_every_row() -> None:
    offered = {str(one.sqref): one for one in sheet_of(FORM).data_validations.dataValidation}
    assert offered.keys() == {"C5:C8", "D5:D8"}
    assert (offered["C5:C8"].type, offered["C5:C8"].formula1) == ("list", '"已查,关门"')
    assert offered["C5:C8"].error == "请从列表中选"
    assert (offered["D5:D8"].type, offered["D5:D8"].errorStyle) == ("date", "warning")


def test_keys_and_hidden_columns_are_out_of_sight() -> None:
    sheet = sheet_of(FORM)
    assert sheet.row_dimensions[3].hidden
    assert sheet.column_dimensions["F"].hidden
    assert sheet.print_area.endswith("$A$1:$E$8")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_text_is_a_text_and_no_formula(text: str) -> None:
    form = replace(FORM, title=text, rows=[(date(2026, 3, 2), text, None, None, None, text)])
    sheet = sheet_of(form)
    assert (sheet["B5"].value, sheet["B5"].data_type) == (text, "s")
    assert sheet["A1"].value == text


@pytest.mark.parametrize(("text", "shown"), UNSEEN.values(), ids=UNSEEN.keys())
def test_what_cannot_be_seen_is_made_visible(text: str, shown: str) -> None:
    assert sheet_of(replace(FORM, rows=[(None, text, None, None, None, "a")]))["B5"].value == shown


def test_a_form_without_rows_and_spare_rows_is_a_form() -> None:
    assert sheet_of(replace(FORM, rows=[], spare=0)).max_row == 4


def test_the_same_form_gives_the_same_bytes() -> None:
    assert render(FORM) == render(FORM)
