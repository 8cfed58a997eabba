"""Activities, figures, events, classes, waivers and counter-events."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.plans import run
from cli.recording import Office

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.mark.parametrize(
    ("asked", "day", "id_"),
    [
        pytest.param("activity-防火演练/-/2026-10/1", "2026-10-20", "activity-防火演练/-/2026-10/1", id="by its id"),
        pytest.param("防火演练", "2026-10-20", "activity-防火演练/-/2026-10/1", id="by its name"),
        pytest.param("防火", "2026-09-20", "activity-防火演练/-/2026-10/1", id="by how its name begins"),
        pytest.param("食品安全工作会议", "2026-04-02", "activity-食品安全工作会议/-/2026-Q2/1", id="that of the day"),
    ],
)
def test_an_activity_is_ticked(office: Office, asked: str, day: str, id_: str) -> None:
    assert office.record("activity", asked, "--day", day, "--evidence", "签到表", "--by", "zhao") == 0
    assert office.told() == [
        {
            "kind": "activity", "day": day, "who": "王会计", "activity": id_, "evidence": "签到表",
            "officers": ["zhao"],
        }
    ]  # fmt: skip


def test_an_activity_is_ticked_once(office: Office, capfd: Capture) -> None:
    told = ("activity", "activity-防火演练/-/2026-10/1", "--day", "2026-10-20")
    assert office.record(*told) == 0
    assert office.record(*told) == 2
    assert "is done already, on 2026-10-20 (event 1)" in capfd.readouterr().err


def test_of_several_of_a_name_one_is_to_be_named(office: Office, capfd: Capture) -> None:
    assert office.record("activity", "食品安全工作会议", "--day", "2026-02-20") == 2
    assert "activity-食品安全工作会议/-/2026-Q1/1, " in capfd.readouterr().err


@pytest.mark.parametrize(
    ("target", "written", "value"), [("量化", "93%", 0.93), ("量化等级公示率", "９３．５％", 0.935), ("事故", "2", 2)]
)
def test_a_figure_is_reported(office: Office, target: str, written: str, value: float) -> None:
    assert office.record("figure", target, written, "--day", "2026-06-30") == 0
    assert office.told()[0]["value"] == value


def test_an_event_may_lie_ahead_and_is_one_that_the_plan_waits_for(office: Office, capfd: Capture) -> None:
    assert office.record("event", "banquet", "--grid", "石桥", "--day", "2999-05-08") == 0
    assert office.record("event", "两会闭幕", "--day", "2026-03-11") == 0
    assert [(one["event"], one.get("grid")) for one in office.told()] == [("banquet", "shiqiao"), ("两会闭幕", None)]
    capfd.readouterr()
    assert office.record("event", "bankuet", "--day", "2026-05-08") == 2
    assert "it waits for: 两会闭幕, banquet; did you mean banquet?" in capfd.readouterr().err


def test_an_event_brings_its_visit(office: Office, capfd: Capture) -> None:
    office.record("event", "banquet", "--enterprise", "Q2", "--day", "2026-05-08")
    run("explain", "Q2", "-p", office.plan, "--today", "2026-05-08", "--ledger", office.folder / "safeplan.db")
    assert "农村宴席" in capfd.readouterr().out


def test_a_class_holds_from_a_day_on(office: Office) -> None:
    assert office.record("class", "Q3", "a类", "--from", "2999-07-01", "--reason", "重新评定") == 0
    assert office.told() == [
        {"kind": "class", "day": "2999-07-01", "who": "王会计", "enterprise": "Q3", "class": "A", "reason": "重新评定"}
    ]


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        pytest.param("class-A/Q2/2026-12/1", "class-A/Q2/2026-12/1", id="an obligation"),
        pytest.param("class-A/Q2/2026-12", "class-A/Q2/2026-12/1", id="how it begins"),
        pytest.param("activity-防火演练/-/2026-10/1", "activity-防火演练/-/2026-10/1", id="an activity"),
    ],
)
def test_what_is_owed_is_waived_with_a_reason(office: Office, asked: str, what: str) -> None:
    assert office.record("waive", asked, "--reason", "装修", "--day", "2026-03-02") == 0
    (event,) = office.told()
    assert (event["kind"], event["what"], event["reason"]) == ("waive", what, "装修")
    assert office.record("waive", what, "--reason", "装修") == 2


@pytest.mark.parametrize(
    ("told", "said"),
    [
        pytest.param(("activity", "会议"), "no activity of the plan is called 会议", id="an unknown activity"),
        pytest.param(("figure", "量化", "93"), "write 93%", id="a share without its sign"),
        pytest.param(("figure", "量化", "many"), "many is no figure", id="no figure"),
        pytest.param(("figure", "A类", "93%"), "safeplan reckons it", id="a reckoned target"),
        pytest.param(("figure", "公示", "93%"), "reported are: 量化等级公示率, 事故起数", id="an unknown target"),
        pytest.param(("event", "banquet", "--grid", "shimen", "--enterprise", "Q1"), "not both", id="two subjects"),
        pytest.param(("class", "Q3", "Z"), "no class Z; the plan has: A, B", id="an unknown class"),
        pytest.param(("waive", "class-A/Q2/2026-12/1"), "say why: --reason", id="a waiver without reason"),
        pytest.param(("waive", "class-A/Q2/2026-13/1", "--reason", "x"), "nothing that is owed", id="nothing owed"),
        pytest.param(("waive", "Q2@2026-01-01", "--reason", "x"), "no planned visit on 2026-01-01", id="no visit"),
        pytest.param(("undo", "1"), "the ledger has no event 1; it has 0", id="an unknown number"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(office: Office, capfd: Capture, told: tuple[str, ...], said: str) -> None:
    assert office.record(*told) == 2
    assert said in capfd.readouterr().err
    assert office.told() == []


def test_an_undone_event_stays_and_counts_no_more(office: Office, capfd: Capture) -> None:
    office.record("visit", "Q4", "--day", "2026-03-02", "--finding", "配电箱未接地")
    capfd.readouterr()
    assert office.record("undo", "1", "--reason", "登记错误") == 0
    assert "what it found stays: F2" in capfd.readouterr().out
    assert [one["kind"] for one in office.told()] == ["visit", "finding", "undo"]
    assert office.record("undo", "1") == 2
    assert "event 1 is undone already, by 3" in capfd.readouterr().err
    assert office.record("undo", "3", "--reason", "没有错") == 0  # the visit holds again
    assert office.record("visit", "Q4", "--day", "2026-03-02") == 2


def test_all_that_an_import_told_is_undone_at_once(office: Office, capfd: Capture) -> None:
    office.record("finding", "Q2", "电线老化", "--day", "2026-03-02")
    for day in ("03", "04", "05"):
        office.record("visit", "Q4", "--day", f"2026-03-{day}", "--finding", "配电箱未接地")
    office.record("rectified", "F1", "--day", "2026-03-06")
    office.record("undo", "3")
    assert office.record("undo", "1-3") == 2  # F1 has a step outside
    assert office.record("undo", "2-7", "--reason", "文件错误") == 0
    assert [one["target"] for one in office.told() if one["kind"] == "undo"] == [3, 7, 6, 5, 4, 2]
    assert office.record("undo", "2-7") == 2
    capfd.readouterr()
    assert office.record("undo", "7-99") == 2
    assert "the ledger has no event 7-99; it has 14" in capfd.readouterr().err
    assert office.record("undo", "F1-8") == 0


def test_a_finding_with_later_steps_is_not_undone_before_them(office: Office, capfd: Capture) -> None:
    office.record("finding", "Q4", "配电箱未接地", "--day", "2026-03-02")
    office.record("rectified", "F1", "--day", "2026-03-09")
    assert office.record("undo", "F1") == 2
    assert "undo those first: 2" in capfd.readouterr().err
    assert office.record("undo", "2") == 0
    assert office.record("undo", "F1") == 0
