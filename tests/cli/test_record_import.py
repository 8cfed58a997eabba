"""`schedule --form` written, filled in, and taken over by `record import`: all or nothing, never twice."""

from __future__ import annotations

import subprocess
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from cli.forms import Filled
from cli.plans import run
from cli.recording import PLAN, Office

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def form_of(office: Office, *span: str) -> Filled:
    path = office.folder / "form.xlsx"
    code = run(
        "schedule", office.plan, *(span or ("--month", "3")), "--today", "2026-03-01", "--form", "-o", path, "-f"
    )
    assert code == 0
    return Filled(path)


def filled(office: Office) -> Path:
    """Fill in the form of March as its officers would."""
    form = form_of(office)
    form.put(form.row_of("class-A/Q1/"), outcome="inspected", finding1="配电箱未接地", finding2="3.1=安全出口上锁", severity2="major finding")  # fmt: skip  # noqa: E501
    form.put(form.row_of("class-A/Q2/"), outcome="关门", day=datetime(2026, 3, 10), note="店主13812345678说下周开")
    form.put(form.row_of("class-A/Q4/"), outcome=" 已查 ", officers="赵志刚、张小梅", finding1="无")
    form.put(form.row_of("patrol-夜巡/"), outcome="已查")
    form.put(form.spare(0), enterprise="小卖部", grid="石桥村", outcome="已查", day="2026年3月20日", officers="zhao")
    form.put(form.spare(1), grid="石桥村", outcome="已查", day="3月21日", officers="zhao")
    return form.save()


def test_a_filled_form_is_taken_over(office: Office, capfd: Capture) -> None:
    form = filled(office)
    capfd.readouterr()
    assert office.record("import", form) == 0
    told = office.told()
    visits = {one.get("enterprise") or one["grid"]: one for one in told if one["kind"] == "visit"}
    assert {key: (one["outcome"], one["day"] > "2026-03-00") for key, one in visits.items()} == {
        "Q1": ("done", True), "Q2": ("closed", True), "Q4": ("done", True), "shimen": ("done", True),
        "Q5": ("done", True), "shiqiao": ("done", True),
    }  # fmt: skip
    assert visits["Q1"]["visit"] == "class-A/Q1/2026-03/1"
    assert visits["Q1"]["officers"]  # nobody said otherwise: the crew of the roster
    assert visits["Q4"]["officers"] == ["zhao", "zhang"]
    assert (visits["Q2"]["day"], visits["Q2"]["note"]) == ("2026-03-10", "店主138********说下周开")
    assert (visits["Q5"]["day"], visits["Q5"]["family"]) == ("2026-03-20", "patrol")
    assert [(one["severity"], one.get("code"), one["text"]) for one in told if one["kind"] == "finding"] == [
        ("general", None, "配电箱未接地"), ("major", "3.1", "安全出口上锁"),
    ]  # fmt: skip
    said = capfd.readouterr().out
    assert "配电箱未接地" in said
    assert "owed again by 2026-03-17" in said
    assert said.splitlines()[-1] == f"8 new, 0 already recorded, {empty_rows(form) - 4} rows not filled in"


def empty_rows(form: Path) -> int:
    """Count the planned rows of a form."""
    sheet = Filled(form)
    return sheet.spare() - 5


def test_a_spare_row_is_the_planned_visit_whose_time_holds_its_day(office: Office) -> None:
    office.record("import", filled(office))
    visits = {one.get("enterprise"): one for one in office.told() if one["kind"] == "visit"}
    assert visits["Q5"]["visit"] == "class-B/Q5/2026-Q1/1"


def test_the_same_file_again_adds_nothing(office: Office, capfd: Capture) -> None:
    form = filled(office)
    office.record("import", form)
    before = office.told()
    capfd.readouterr()
    assert office.record("import", form) == 0
    assert capfd.readouterr().out.startswith("0 new, 8 already recorded")
    assert office.told() == before


def test_a_dry_run_shows_all_and_records_nothing(office: Office, capfd: Capture) -> None:
    form = filled(office)
    capfd.readouterr()
    assert office.record("import", form, "--dry-run") == 0
    said = capfd.readouterr().out
    assert "石门村: inspected" in said
    assert "nothing was recorded" in said.splitlines()[-1]
    assert not (office.folder / "safeplan.db").exists()


def test_an_added_row_of_a_form_taken_over_before_is_new(office: Office, capfd: Capture) -> None:
    form = Filled(filled(office))
    office.record("import", form.path)
    form.put(form.row_of("class-A/Q1/"), finding3="灭火器过期")
    capfd.readouterr()
    assert office.record("import", form.save()) == 0
    assert capfd.readouterr().out.splitlines()[-1].startswith("1 new, 8 already recorded")
    assert office.told()[-1]["text"] == "灭火器过期"


def test_what_was_told_by_hand_already_is_known(office: Office, capfd: Capture) -> None:
    form = form_of(office)
    row = form.row_of("class-A/Q4/")
    day = form.sheet.cell(row, form.columns["date"]).value.date()
    office.record("visit", "Q4", "--day", day, "--by", "zhao")
    form.put(row, outcome="已查")
    capfd.readouterr()
    assert office.record("import", form.save()) == 0
    assert capfd.readouterr().out.startswith("0 new, 1 already recorded")


def test_what_contradicts_the_ledger_is_refused_with_the_way_out(office: Office, capfd: Capture) -> None:
    form = Filled(filled(office))
    office.record("import", form.path)
    form.put(form.row_of("class-A/Q2/"), outcome="已查")
    assert office.record("import", form.save()) == 2
    number = next(at for at, one in enumerate(office.told(), 1) if one.get("enterprise") == "Q2")
    said = capfd.readouterr().err
    assert "error[told-otherwise]" in said
    assert f"safeplan record undo {number}" in said
    office.record("undo", number)
    assert office.record("import", form.path) == 0
    assert [one["outcome"] for one in office.told() if one.get("enterprise") == "Q2"] == ["closed", "done"]


@pytest.mark.parametrize(
    ("visit", "typed", "column", "code"),
    [
        ("class-A/Q1/", {"outcome": "好"}, "How it ended", "not-an-outcome"),
        ("class-A/Q1/", {"finding1": "配电箱未接地"}, "How it ended", "outcome-missing"),
        ("class-A/Q1/", {"outcome": "已查", "day": "下周"}, "Day it was made", "bad-day"),
        ("class-A/Q1/", {"outcome": "已查", "day": date(2999, 1, 1)}, "Day it was made", "future-day"),
        ("class-A/Q1/", {"outcome": "已查", "officers": "zhao、赵刚"}, "Officers who went", "unknown-officer"),
        ("class-A/Q1/", {"outcome": "已查", "finding1": "x", "severity1": "轻微"}, "Severity 1", "not-a-severity"),
        ("class-A/Q1/", {"outcome": "已查", "severity2": "重大"}, "Severity 2", "severity-without-finding"),
        ("patrol-夜巡/", {"outcome": "已查", "finding1": "x"}, "Finding 1", "finding-without-enterprise"),
        ("class-A/Q1/", {"outcome": "已查", "enterprise": "桥头饭庄"}, "", "row-check"),
        ("class-A/Q1/", {"outcome": "已查", "date": datetime(2026, 3, 3)}, "", "row-check"),
        ("class-A/Q1/", {"outcome": "已查", "crew_ids": "zhao;zhang;x"}, "", "row-check"),
        ("", {"enterprise": "液化气", "outcome": "已查", "day": "2026-03-20"}, "Enterprise", "unknown-enterprise"),
        ("", {"enterprise": "小卖部", "outcome": "已查", "day": "2026-03-20"}, "Enterprise", "several-in-grid"),
        ("", {"enterprise": "液化气站", "outcome": "已查"}, "Day it was made", "empty-cell"),
        ("", {"outcome": "已查", "day": "2026-03-20"}, "Enterprise", "empty-cell"),
        ("", {"grid": "石头村", "outcome": "已查", "day": "2026-03-20"}, "Grid", "unknown-grid"),
    ],
)  # fmt: skip
def test_a_bad_row_is_located_and_nothing_is_recorded(
    office: Office, capfd: Capture, visit: str, typed: dict[str, object], column: str, code: str
) -> None:
    form = form_of(office)
    form.put(form.row_of("class-A/Q4/"), outcome="已查")
    row = form.row_of(visit) if visit else form.spare()
    form.put(row, **typed)
    assert office.record("import", form.save()) == 2
    said = capfd.readouterr().err
    where = f"form.xlsx, sheet Roster, row {row}" + (f", column {column}" if column else "")
    assert f"{where}: error[{code}]" in said
    assert "nothing was recorded" in said
    assert office.told() == []


def test_of_a_code_a_hundred_are_shown(office: Office, capfd: Capture) -> None:
    rows = "".join(f"2026-03-{day % 28 + 1:02},无名店{day},已查\n" for day in range(130))
    (office.folder / "t.csv").write_text("检查日期,单位名称,检查结果\n" + rows, encoding="utf-8")
    assert office.record("import", office.folder / "t.csv") == 2
    said = capfd.readouterr().err
    assert said.count("error[unknown-enterprise]") == 100
    assert "and 30 more of unknown-enterprise" in said


def test_rows_that_tell_one_visit_otherwise_are_refused(office: Office, capfd: Capture) -> None:
    form = form_of(office)
    form.put(form.spare(0), enterprise="液化气站", outcome="已查", day="2026-03-20", officers="zhao")
    form.put(form.spare(1), enterprise="液化气站", outcome="关门", day="2026-03-20", officers="zhao")
    assert office.record("import", form.save()) == 2
    assert f"error[told-twice]: row {form.spare(0)} tells this visit otherwise" in capfd.readouterr().err


def test_rows_that_were_sorted_are_the_same_rows(office: Office) -> None:
    form = form_of(office)
    first, last = 5, form.spare() - 1
    values = [[cell.value for cell in row] for row in form.sheet.iter_rows(min_row=first, max_row=last)]
    for at, row in enumerate(sorted(values, key=lambda row: str(row[form.columns["enterprise"] - 1]))):
        for column, value in enumerate(row, 1):
            form.sheet.cell(first + at, column).value = value
    form.put(form.row_of("class-A/Q4/"), outcome="已查")
    assert office.record("import", form.save()) == 0
    assert len(office.told()) == 1


def test_a_form_in_chinese_is_read_as_well(tmp_path: Path, capfd: Capture) -> None:
    office = Office(tmp_path, PLAN.replace("language: en", "language: zh-CN"))
    form = Filled(filled(office))
    assert [form.sheet.cell(4, form.columns[key]).value for key in ("outcome", "finding1", "day")] == [
        "检查结果", "隐患1", "实际日期",
    ]  # fmt: skip
    assert office.record("import", form.path) == 0
    assert "新登记 8 条，已有 0 条" in capfd.readouterr().out


def test_a_form_wants_xlsx(office: Office, capfd: Capture) -> None:
    assert run("schedule", office.plan, "--month", "3", "--form") == 2
    assert "--form is a form of XLSX" in capfd.readouterr().err


def test_a_form_offers_lists_and_locks_what_is_fixed(office: Office) -> None:
    form = form_of(office)
    cell = {key: form.sheet.cell(5, column) for key, column in form.columns.items()}
    assert form.sheet.protection.sheet
    assert {key for key, one in cell.items() if not one.protection.locked} == {
        "outcome", "officers", "day", "note", *(f"{kind}{n}" for n in (1, 2, 3) for kind in ("finding", "severity")),
    }  # fmt: skip
    hidden = {key for key, one in cell.items() if form.sheet.column_dimensions[one.column_letter].hidden}
    assert {"visit", "check"} <= hidden | {"check"}
    assert form.sheet.row_dimensions[3].hidden
    lists = [one.formula1 for one in form.sheet.data_validations.dataValidation if one.type == "list"]
    assert lists[0] == '"inspected,partly inspected,door closed,refused entry,moved away,ceased business"'


@pytest.mark.debian
@pytest.mark.parametrize(
    "kind", ["xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "ods", "csv:Text - txt - csv (StarCalc):44,34,76,1"]
)
def test_a_form_that_libreoffice_saved_again_is_the_same_form(
    office: Office, tmp_path: Path, capfd: Capture, kind: str
) -> None:
    form, again = filled(office), tmp_path / "again"
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", again, form], check=True, capture_output=True, timeout=240
    )
    saved = again / f"form.{kind.partition(':')[0]}"
    assert office.record("import", saved) == 0
    assert len(office.told()) == 8
    capfd.readouterr()
    assert office.record("import", form) == 0
    assert capfd.readouterr().out.startswith("0 new, 8 already recorded")
    if saved.suffix == ".xlsx":
        kept = Filled(saved)
        assert kept.sheet.row_dimensions[3].hidden
        assert kept.sheet.protection.sheet
        assert not kept.sheet.cell(5, kept.columns["outcome"]).protection.locked
        lists = [one.formula1 for one in kept.sheet.data_validations.dataValidation if one.type == "list"]
        assert "inspected" in lists[0]


def test_a_form_of_five_hundred_rows_is_written_and_taken_over_quickly(tmp_path: Path) -> None:
    rows = "".join(f"  - {{id: N{n}, name: 企业{n}号, class: B, grid: shimen}}\n" for n in range(500))
    office = Office(tmp_path, PLAN.replace("patrols:", rows + "patrols:"))
    form = form_of(office, "--quarter", "Q1")
    rows_ = range(5, form.spare())
    assert len(rows_) >= 500
    for row in rows_:
        form.put(row, outcome="已查", **({"finding1": "配电箱未接地"} if form.sheet.cell(row, 5).value else {}))
    path = form.save()
    started = time.perf_counter()
    assert office.record("import", path) == 0
    assert time.perf_counter() - started < 5  # measured: 0.5 s
    assert len(office.told()) >= 1000
