"""safeplan overdue: exit codes, what is shown, filters, formats, cron; and a plan without a ledger."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from cli.plans import run
from cli.recording import PLAN, Office

TEXT = PLAN.replace(
    "retry:",
    "  overdue: [{after: 0 days, step: 督促, to: zhao}, {after: 10 days, step: 挂牌督办, to: lead}]\n"
    "permit_reminder: 60 days\n"
    "retry:",
).replace(
    "  - {id: shimen, name: 石门村}",
    "  - {id: shimen, name: 石门村, level: 村, roles: {lead: zhang, coordinator: []}}\n"
    "staffing: [{level: 村, roles: {coordinator: 1}}]",
).replace("name: 桥头饭庄,", "name: 桥头饭庄, permits: [{name: 食品经营许可证, expires: 2026-03-15}],")  # fmt: skip
FEBRUARY = "2026-02-02"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, TEXT)


@pytest.fixture
def begun(office: Office) -> Office:
    """Give an office whose ledger begins on the year's second working day, with two findings."""
    assert office.record("visit", "Q1", "--day", "2026-01-04", "--by", "zhao", "--finding", "配电箱未接地") == 0
    assert office.record("visit", "Q4", "--day", "2026-01-05", "--by", "zhang") == 0
    return office


def asked(office: Office, *arguments: object) -> int:
    return run("overdue", office.plan, *arguments)


def rows(office: Office, capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, Any]]:
    capsys.readouterr()
    asked(office, "--format", "json", *arguments)
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["rows"]
    return found


def test_what_was_not_done_ends_with_1(begun: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert asked(begun, "--as-of", FEBRUARY) == 1
    out = capsys.readouterr().out
    for said in (
        "Visits not made",
        "桥头饭庄",
        "Findings not mended",
        "F2",
        "挂牌督办",
        "lead: 赵志刚",
        "safeplan notice F2",
    ):
        assert said in out
    assert "Empty roles" in out and "events, head" in out


def test_nothing_overdue_ends_with_0_and_quiet_is_silent(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    calm = TEXT.replace("staffing: [{level: 村, roles: {coordinator: 1}}]\n", "")
    office.plan.write_text(calm, encoding="utf-8")
    assert asked(office, "--as-of", "2026-01-02") == 0
    assert "nothing is overdue" in capsys.readouterr().out
    assert asked(office, "--as-of", "2026-01-02", "-q") == 0
    assert capsys.readouterr() == ("", "")


def test_quiet_says_all_when_something_is_overdue(begun: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert asked(begun, "--as-of", FEBRUARY, "-q") == 1
    captured = capsys.readouterr()
    assert "桥头饭庄" in captured.out and captured.err == ""


def test_without_a_ledger_it_says_so_and_makes_none(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(office, "--as-of", "2026-03-20") == 1
    out = capsys.readouterr().out
    assert "there is no ledger yet" in out
    assert "食品安全工作会议" in out and "食品经营许可证" in out and "no figure" in out
    assert "Visits not made" not in out
    assert not (office.folder / "safeplan.db").exists()


def test_the_json_has_a_head_and_a_row_for_each(begun: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    asked(begun, "--as-of", FEBRUARY, "--format", "json")
    found = json.loads(capsys.readouterr().out)
    assert found["as_of"] == FEBRUARY and found["since"] == "2026-01-04"
    assert found["ledger"]["events"] == 3 and len(found["ledger"]["head"]) == 64
    assert found["count"] == sum(row["overdue"] for row in found["rows"])
    (finding,) = (row for row in found["rows"] if row["section"] == "rectification")
    assert finding == {
        "section": "rectification", "id": "F2", "kind": "general", "name": "配电箱未接地", "enterprise": "Q1",
        "enterprise_name": "液化气站", "grid": "shiqiao", "grid_name": "石桥村", "from": "2026-01-04",
        "due": "2026-01-19", "days": 14, "overdue": True, "role": "lead", "officers": ["zhao"],
        "officer_names": ["赵志刚"], "step": "挂牌督办", "step_to": "lead", "next_step": None, "next_step_to": None,
        "next_day": None, "command": "safeplan notice F2", "figure": None, "wanted": None,
    }  # fmt: skip


def test_a_visit_that_is_recorded_by_the_command_it_names_is_gone(
    begun: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(begun, capsys, "--as-of", FEBRUARY, "--section", "visits")
    assert [row["id"] for row in before] == ["class-A/Q2/2026-01/1", "patrol-夜巡/shimen/2026-01/1"]
    assert before[0]["command"] == "safeplan record visit --visit class-A/Q2/2026-01/1"
    assert begun.record("visit", "--visit", before[0]["id"], "--day", FEBRUARY, "--by", "zhao") == 0
    after = rows(begun, capsys, "--as-of", FEBRUARY, "--section", "visits")
    assert [row["id"] for row in after] == ["patrol-夜巡/shimen/2026-01/1"]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        pytest.param(["--section", "rectification"], ["F2"], id="a section"),
        pytest.param(["--section", "rect,vac"], ["F2", "coordinator"], id="the beginnings of two"),
        pytest.param(["--section", "逾期未整改"], ["F2"], id="in Chinese"),
        pytest.param(["--section", "visits", "--grid", "石门"], ["patrol-夜巡/shimen/2026-01/1"], id="a grid"),
        pytest.param(["--section", "rectification", "--officer", "张小梅"], [], id="an officer who has none"),
        pytest.param(["--section", "permits"], ["食品经营许可证"], id="a permit to be reminded of"),
    ],
)
def test_filters_choose(
    begun: Office, capsys: pytest.CaptureFixture[str], arguments: list[str], ids: list[str]
) -> None:
    assert [row["id"] for row in rows(begun, capsys, "--as-of", FEBRUARY, *arguments)] == ids


def test_a_reminder_alone_is_shown_and_ends_with_0(begun: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert asked(begun, "--as-of", FEBRUARY, "--section", "permits") == 0
    assert "days left: 41" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("within", "shown"),
    [
        ("6d", False), ("7d", True), ("7 days", True), ("1w", True), ("4wd", False), ("5wd", True), ("5工作日", True),
        ("7天", True),
    ],
)  # fmt: skip
def test_within_shows_what_falls_due_soon(
    begun: Office, capsys: pytest.CaptureFixture[str], within: str, shown: bool
) -> None:
    found = rows(begun, capsys, "--as-of", "2026-01-23", "--within", within, "--section", "visits")
    assert [row["overdue"] for row in found] == []
    found = rows(begun, capsys, "--as-of", "2026-01-12", "--within", within, "--section", "rectification")
    assert [row["id"] for row in found] == (["F2"] if shown else [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--section", "foo"], "foo is no section", id="section"),
        pytest.param(["--section", "re"], "re is no section", id="the beginning of two"),
        pytest.param(["--section", ""], "is no section", id="no section"),
        pytest.param(["--within", "7"], "7 is no length of time", id="a bare number"),
        pytest.param(["--within", "99999999d"], "99999999d is no length of time", id="beyond all calendars"),
        pytest.param(["--as-of", "soon"], "soon is no day", id="day"),
        pytest.param(["--officer", "nobody"], "there is no officer nobody", id="officer"),
        pytest.param(["--grid", "nowhere"], "there is no grid nowhere", id="grid"),
        pytest.param(["--format", "ics"], "there is no format ics", id="a format of schedules alone"),
        pytest.param(["-o", "x.ics"], "there is no format ics", id="its ending"),
    ],
)
def test_what_makes_no_sense_ends_with_2(
    begun: Office, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    capsys.readouterr()
    assert asked(begun, "--as-of", FEBRUARY, *arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("form", ["terminal", "text", "markdown", "html", "brief", "csv", "json", "jsonl"])
def test_every_text_format_names_the_late(begun: Office, capsys: pytest.CaptureFixture[str], form: str) -> None:
    capsys.readouterr()
    assert asked(begun, "--as-of", FEBRUARY, "--format", form) == 1
    out = capsys.readouterr().out
    assert "桥头饭庄" in out and "赵志刚" in out


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "html", "md", "csv", "json", "jsonl"])
def test_files_are_written_whole_and_never_over_another(begun: Office, suffix: str) -> None:
    output = begun.folder / f"overdue.{suffix}"
    assert asked(begun, "--as-of", FEBRUARY, "-o", output) == 1
    assert output.stat().st_size > 100
    assert asked(begun, "--as-of", FEBRUARY, "-o", output) != 1
    assert asked(begun, "--as-of", FEBRUARY, "-o", output, "-f") == 1


def test_the_ledger_is_never_the_output(begun: Office) -> None:
    before = (begun.folder / "safeplan.db").read_bytes()
    assert asked(begun, "--format", "text", "-o", begun.folder / "safeplan.db", "-f") != 1
    assert (begun.folder / "safeplan.db").read_bytes() == before


def test_csv_has_a_line_for_each_row(begun: Office, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = rows(begun, capsys, "--as-of", FEBRUARY)
    asked(begun, "--as-of", FEBRUARY, "--format", "csv")
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["id"] for row in found] == [row["id"] for row in wanted]
    assert found[0].keys() == wanted[0].keys()


def test_surprise_visits_stay_hidden_and_count(begun: Office, capsys: pytest.CaptureFixture[str]) -> None:
    surprise = "priorities: {M01: [{name: 飞行检查, where: {class: B}, visits: 1, family: patrol, surprise: true}]}\n"
    begun.plan.write_text(TEXT + surprise, encoding="utf-8")
    capsys.readouterr()
    assert asked(begun, "--as-of", FEBRUARY) == 1
    out = capsys.readouterr().out
    assert "飞行检查" not in out and "2 visits not shown" in out
    asked(begun, "--as-of", FEBRUARY, "--with-surprise")
    assert "飞行检查" in capsys.readouterr().out


def test_an_earlier_day_knows_nothing_of_what_came_later(begun: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert begun.record("reinspection", "F2", "pass", "--day", "2026-01-30") == 0
    assert rows(begun, capsys, "--as-of", FEBRUARY, "--section", "rectification") == []
    early = rows(begun, capsys, "--as-of", "2026-01-20", "--section", "rectification")
    assert [(row["id"], row["days"], row["step"], row["next_step"], row["next_day"]) for row in early] == [
        ("F2", 1, "督促", "挂牌督办", "2026-01-30")
    ]


def test_penalties_near_the_threshold_are_told(begun: Office, capsys: pytest.CaptureFixture[str]) -> None:
    for day in ("2026-01-20", "2026-01-21"):
        assert begun.record("penalty", "Q1", "--text", day, "--day", day) == 0
    capsys.readouterr()
    asked(begun, "--as-of", FEBRUARY)
    assert "3 in 180 days or 4 in a year" in capsys.readouterr().out
    asked(begun, "--as-of", FEBRUARY, "--section", "visits")
    assert "3 in 180 days" not in capsys.readouterr().out


def test_it_speaks_chinese(begun: Office, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    asked(begun, "--as-of", FEBRUARY, "--lang", "zh-CN")
    out = capsys.readouterr().out
    for said in ("逾期清单", "逾期未检查", "逾期未整改", "岗位空缺", "责任人"):
        assert said in out
