"""The offices' own ledgers taken over: 检查台账, 巡查日志, 隐患台账, and what `ledger export` wrote."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from cli.plans import run
from cli.recording import PLAN, Office

Capture = pytest.CaptureFixture[str]

INSPECTIONS = """\
石桥村2026年检查台账,,,,
序号,检查日期,单位名称,检查人员,检查结果,备注
1,2026-03-02,液化气站,赵志刚、张小梅,已查,
2,２０２６年３月３日,桥头饭庄,zhao,关门,店主13812345678
3,2026/3/4,楚天塑业有限公司,张小梅,正常,
合计,,3,,,
填表人：王会计,,,,,
"""
FINDINGS = """\
序号,检查日期,单位名称,所属网格,隐患部位,隐患内容,隐患类别,隐患级别,检查人员,整改措施,整改责任人,联系电话,整改期限,整改完成时间,复查时间,复查人,复查结论,销号日期
1,2026-03-02,液化气站,石桥村,储罐区,阀门渗漏,3.1,重大,赵志刚,更换阀门,周经理,13800000000,2026-03-20,2026-03-10,2026-03-12,张小梅,合格,2026-03-12
2,2026-03-03,小卖部,石桥村,,灭火器过期,,一般,zhao,更换,,,,2026-03-05,2026-03-06,zhao,不合格,
3,2026-03-04,桥头饭庄,,,电线老化,,,zhang,,,,,,,,,2026-03-09
"""
MENDED = "检查日期,单位名称,隐患内容,整改完成时间,复查时间,复查结论\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def table(office: Office, text: str, name: str = "台账.csv", encoding: str = "utf-8") -> Path:
    path = office.folder / name
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_ledger_of_inspections_is_taken_over(office: Office, capfd: Capture, encoding: str) -> None:
    path = table(office, INSPECTIONS, encoding=encoding)
    assert office.record("import", path) == 0
    assert [(one["enterprise"], one["day"], one["outcome"], one["officers"]) for one in office.told()] == [
        ("Q1", "2026-03-02", "done", ["zhao", "zhang"]),
        ("Q2", "2026-03-03", "closed", ["zhao"]),
        ("Q4", "2026-03-04", "done", ["zhang"]),
    ]
    assert office.told()[0]["visit"] == "class-A/Q1/2026-03/1"
    assert office.told()[1]["note"] == "店主138********"
    assert office.record("import", path) == 0
    assert "0 new, 3 already recorded" in capfd.readouterr().out


def test_a_ledger_of_findings_brings_what_became_of_them(office: Office, capfd: Capture) -> None:
    path = table(office, FINDINGS)
    assert office.record("import", path) == 0
    told = office.told()
    assert [one["kind"] for one in told] == [
        "finding", "rectified", "reinspection", "finding", "rectified", "reinspection", "finding", "reinspection",
    ]  # fmt: skip
    assert told[0] == {
        "kind": "finding", "day": "2026-03-02", "who": "王会计", "enterprise": "Q1", "severity": "major", "code": "3.1",
        "text": "储罐区：阀门渗漏", "measures": "更换阀门", "officers": ["zhao"], "due": "2026-03-20",
    }  # fmt: skip
    assert [one["finding"] for one in told if "finding" in one] == [1, 1, 4, 4, 7]
    assert [one["verdict"] for one in told if "verdict" in one] == ["pass", "fail", "pass"]
    assert told[3]["enterprise"] == "Q5"  # of two of that name the one in the row's grid
    assert told[7]["day"] == "2026-03-09"
    assert "周经理" not in str(told)
    assert "1380000" not in str(told)
    assert office.record("import", path) == 0
    assert "0 new, 8 already recorded" in capfd.readouterr().out


def test_a_row_that_leaves_the_result_open_is_left_for_the_next_time(office: Office, capfd: Capture) -> None:
    text = INSPECTIONS.replace("正常", "").replace("关门", "　")
    assert office.record("import", table(office, text)) == 0
    assert "1 new, 0 already recorded, 2 rows not filled in" in capfd.readouterr().out


def test_where_no_column_says_how_it_ended_a_row_of_an_inspection_ledger_is_one_that_was_made(office: Office) -> None:
    assert office.record("import", table(office, "检查日期,单位名称,检查人员\n2026-03-02,液化气站,zhao\n")) == 0
    assert office.told()[0]["outcome"] == "done"


@pytest.mark.parametrize("name", ["roster.xlsx", "roster.csv"])
def test_a_roster_is_no_record_of_what_happened(office: Office, capfd: Capture, name: str) -> None:
    roster = office.folder / name
    assert run("schedule", office.plan, "--month", "3", "-o", roster) == 0
    assert office.record("import", roster) == 2
    assert "nothing was recorded" in capfd.readouterr().err
    assert office.told() == []


def test_a_ledger_that_went_on_adds_what_is_new(office: Office, capfd: Capture) -> None:
    office.record("import", table(office, FINDINGS))
    further = FINDINGS.replace("2026-03-06,zhao,不合格,", "2026-03-16,zhao,合格,2026-03-16")
    capfd.readouterr()
    assert office.record("import", table(office, further)) == 0
    assert capfd.readouterr().out.splitlines()[-1].startswith("1 new, 7 already recorded")
    assert office.told()[-1]["verdict"] == "pass"


def test_a_patrol_log_names_grids_and_what_was_found(office: Office) -> None:
    log = (
        "日期,网格,企业名称,巡查人,巡查内容,发现问题\n"
        "2026-03-05,石门村,,张小梅,夜间用火,无\n"
        "2026-03-06,石门村,楚天塑业有限公司,张小梅,用电,重大：配电箱未接地\n"
    )
    assert office.record("import", table(office, log)) == 0
    told = office.told()
    assert [one["kind"] for one in told] == ["visit", "visit", "finding"]
    assert (told[0]["grid"], told[0]["family"], told[0]["visit"]) == (
        "shimen",
        "patrol",
        "patrol-夜巡/shimen/2026-03/1",
    )
    assert (told[2]["severity"], told[2]["text"]) == ("major", "配电箱未接地")


def test_a_workbook_with_serial_days_and_a_title_is_taken_over(office: Office) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["检查情况一览表"])
    sheet.append(["序号", "检查起止时间", "单位名称", "社会信用代码", "执法人员1", "执法人员2", "查处一般隐患(项)"])
    sheet.append([1, datetime(2026, 3, 2), "液化气站", "", "赵志刚", "张小梅", 0])
    sheet.append([2, 46084, "桥头饭庄", "", "赵志刚", "张小梅", 1])  # 3 March as a number
    sheet.append([3, "2026年3月4日9:00至10:30", "改了名的站", "91420000MA4K00000X", "赵志刚", "张小梅", 0])
    book.create_sheet("说明").append(["填表说明"])
    path = office.folder / "检查.xlsx"
    book.save(path)
    assert office.record("import", path) == 0
    assert [(one["enterprise"], one["day"]) for one in office.told()] == [
        ("Q1", "2026-03-02"), ("Q2", "2026-03-03"), ("Q1", "2026-03-04"),
    ]  # fmt: skip
    assert all(one["officers"] == ["zhao", "zhang"] for one in office.told())


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_the_ledger_exported_is_known_to_it(tmp_path: Path, capfd: Capture, language: str) -> None:
    office = Office(tmp_path, PLAN.replace("language: en", f"language: {language}"))
    office.record("visit", "Q4", "--day", "2026-03-02", "--by", "zhao", "--finding", "重大：3.1=安全出口上锁")
    office.record("visit", "shimen", "--day", "2026-03-05", "--by", "zhang", "--outcome", "部分")
    office.record("rectified", "F2", "--day", "2026-03-09")
    office.record("reinspection", "F2", "fail", "--day", "2026-03-10", "--by", "zhao,zhang")
    exported = tmp_path / "台账.xlsx"
    assert run("ledger", "export", office.plan, "-o", exported) == 0
    capfd.readouterr()
    assert office.record("import", exported) == 0
    told = capfd.readouterr().out
    assert told.startswith("0 new, 5 already" if language == "en" else "新登记 0 条，已有 5 条")
    again = Office(tmp_path / "again", PLAN) if (tmp_path / "again").mkdir() is None else office
    assert again.record("import", exported) == 0
    kinds = sorted(one["kind"] for one in again.told())
    assert kinds == ["finding", "rectified", "reinspection", "visit", "visit"]


@pytest.mark.parametrize(
    ("text", "where", "code"),
    [
        ("检查日期,单位名称,检查结果\n2026-02-30,液化气站,已查\n", "row 2, column 检查日期", "bad-day"),
        ("检查日期,单位名称,检查结果\n,液化气站,已查\n", "row 2, column 检查日期", "empty-cell"),
        ("检查日期,单位名称,检查结果\n2999-03-01,液化气站,已查\n", "row 2, column 检查日期", "future-day"),
        ("检查日期,单位名称,检查结果\n2026-03-01,液化气厂,已查\n", "row 2, column 单位名称", "unknown-enterprise"),
        ("检查日期,单位名称,检查结果\n2026-03-01,小卖部,已查\n", "row 2, column 单位名称", "several-in-grid"),
        ("检查日期,企业编号,检查结果\n2026-03-01,Q99,已查\n", "row 2, column 企业编号", "unknown-enterprise"),
        ("检查日期,单位名称,检查人员\n2026-03-01,液化气站,赵钱孙\n", "row 2, column 检查人员", "unknown-officer"),
        ("检查日期,单位名称,检查性质\n2026-03-01,液化气站,观光\n", "row 2, column 检查性质", "not-a-family"),
        ("检查日期,单位名称,检查结果\n2026-03-01,液化气站,还行\n", "row 2, column 检查结果", "not-an-outcome"),
        ("检查日期,网格,发现问题\n2026-03-01,石门村,乱堆\n", "row 2, column 发现问题", "finding-without-enterprise"),
        ("检查日期,单位名称,隐患内容,隐患级别\n2026-03-01,液化气站,x,轻微\n", "column 隐患级别", "not-a-severity"),
        ("检查日期,单位名称,隐患内容\n2026-03-01,液化气站,\n", "row 2, column 隐患内容", "empty-cell"),
        ("检查日期,单位名称,隐患内容,复查结论\n2026-03-01,液化气站,x,合格\n", "台账.csv:2", "empty-cell"),
        (MENDED + "2026-03-01,液化气站,x,,2026-03-02,好\n", "row 2, column 复查结论", "not-a-verdict"),
        (MENDED + "2026-03-01,液化气站,x,2026-02-02,,\n", "row 2, column 整改完成时间", "mended-before-found"),
        ("单位名称,隐患内容\n液化气站,x\n", "台账.csv:1", "missing-column"),
        ("日期,单位名称,检查人员\n2026-03-02,液化气站,zhao\n", "台账.csv:1", "tells-no-outcome"),
        ("甲,乙\n1,2\n", "台账.csv", "no-known-column"),
        ("", "台账.csv", "empty-file"),
    ],
)  # fmt: skip
def test_a_bad_row_is_located_and_nothing_is_recorded(
    office: Office, capfd: Capture, text: str, where: str, code: str
) -> None:
    good = "2026-03-02,桥头饭庄,已查\n" if text.startswith("检查日期,单位名称,检查结果\n") else ""
    assert office.record("import", table(office, text + good)) == 2
    said = capfd.readouterr().err
    line = next(one for one in said.splitlines() if f"error[{code}]" in one)
    assert where in line
    assert not (office.folder / "safeplan.db").exists()


def test_nothing_follows_a_finding_that_is_closed_in_the_ledger(office: Office, capfd: Capture) -> None:
    office.record("finding", "Q2", "电线老化", "--day", "2026-03-04")
    office.record("reinspection", "F1", "pass", "--day", "2026-03-08")
    text = "检查日期,单位名称,隐患内容,复查时间,复查结论\n2026-03-04,桥头饭庄,电线老化,2026-03-10,不合格\n"
    assert office.record("import", table(office, text)) == 2
    assert "row 2, column 复查时间: error[closed-already]: F1 is closed already" in capfd.readouterr().err


def test_a_file_that_is_not_there_is_said(office: Office, capfd: Capture) -> None:
    assert office.record("import", office.folder / "none.xlsx") == 2
    assert "there is no file" in capfd.readouterr().err


def test_every_code_of_taking_over_is_in_a_test_of_it() -> None:
    from safeplan.words.diagnostics_recording import SENTENCES

    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_record_import*.py"))
    assert [code for code in SENTENCES if f'"{code}"' not in tests and f"[{code}]" not in tests] == []


def test_a_day_today_is_not_ahead(office: Office) -> None:
    text = f"检查日期,单位名称\n{date(2026, 11, 1)},液化气站\n"
    assert office.record("import", table(office, text)) == 0
