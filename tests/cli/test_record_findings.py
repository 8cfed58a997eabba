"""Findings and what becomes of them, told one line each."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.recording import Office

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """One finding, F1, of 2 March."""
    made = Office(tmp_path)
    assert made.record("finding", "楚天", "配电箱未接地", "--day", "2026-03-02") == 0
    return made


def test_a_finding_keeps_all_that_is_said(office: Office, capfd: Capture) -> None:
    order = ("--due", "2026-03-20", "--measures", "拆除锁具", "--by", "zhao", "--paper", "石安整〔2026〕3号")
    told = ("--severity", "重大", "--code", "3.1", *order)
    capfd.readouterr()
    assert office.record("finding", "Q4", "安全出口上锁", "--day", "2026-03-03", *told) == 0
    assert office.told()[1] == {
        "kind": "finding", "day": "2026-03-03", "who": "王会计", "enterprise": "Q4", "severity": "major", "code": "3.1",
        "text": "安全出口上锁", "measures": "拆除锁具", "officers": ["zhao"], "due": "2026-03-20",
        "paper": "石安整〔2026〕3号",
    }  # fmt: skip
    assert capfd.readouterr().out == (
        "F2   2026-03-03 楚天塑业有限公司: major finding: 3.1 安全出口上锁\n     to be mended by 2026-03-20\n"
    )


def test_a_finding_goes_its_way(office: Office, capfd: Capture) -> None:
    assert office.record("rectified", "F1", "--day", "2026-03-09") == 0
    assert office.record("reinspection", "f1", "不合格", "--day", "2026-03-10", "--by", "zhao,zhang") == 0
    assert "to be mended by 2026-03-25" in capfd.readouterr().out  # 15 days anew
    assert office.record("extension", "1", "--until", "2026-05-01", "--reason", "配件未到", "--day", "2026-03-11") == 0
    assert office.record("extension", "F1", "--granted", "--day", "2026-03-12") == 0
    assert office.record("rectified", "楚天塑业", "--day", "2026-04-09") == 0
    assert office.record("reinspection", "F1", "pass", "--day", "2026-04-10") == 0
    assert [one["kind"] for one in office.told()] == [
        "finding", "rectified", "reinspection", "extension", "extension", "rectified", "reinspection",
    ]  # fmt: skip
    assert office.told()[2] == {
        "kind": "reinspection", "day": "2026-03-10", "who": "王会计", "finding": 1, "verdict": "fail",
        "officers": ["zhao", "zhang"],
    }  # fmt: skip
    assert office.told()[3]["reason"] == "配件未到"
    assert (office.told()[4]["answer"], office.told()[4]["until"]) == ("granted", "2026-05-01")  # as it was asked for
    assert "extended to 2026-05-01" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("told", "said"),
    [
        pytest.param(("rectified", "F9"), "no finding F9; open are: F1", id="an unknown number"),
        pytest.param(("rectified", "桥头"), "桥头 has no open finding", id="an enterprise without"),
        pytest.param(("rectified", "F1", "--day", "2026-03-01"), "comes before F1 was found", id="before it was found"),
        pytest.param(("reinspection", "F1", "perhaps"), "no result of a reinspection", id="no verdict"),
        pytest.param(("reinspection", "F1", "pass", "--due", "2026-04-01"), "leave --due out", id="passed with a due"),
        pytest.param(("reinspection", "F1", "fail", "--due", "2026-03-01"), "comes before", id="due before the day"),
        pytest.param(("extension", "F1"), "--until", id="until nothing"),
        pytest.param(("extension", "F1", "--granted", "--refused"), "not both", id="granted and refused"),
        pytest.param(("extension", "F1", "--until", "2026-03-02"), "must come after", id="until before"),
        pytest.param(("finding", "Q4", "配电箱未接地", "--day", "2026-03-02"), "already, as F1", id="the same again"),
        pytest.param(("finding", "Q4", "x", "--severity", "bad"), "bad is no severity", id="no severity"),
        pytest.param(("finding", "Q9", "x"), "there is no enterprise Q9", id="an unknown enterprise"),
        pytest.param(("finding", "Q4", "x", "--due", "2026-03-01"), "comes before", id="due before it was found"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(office: Office, capfd: Capture, told: tuple[str, ...], said: str) -> None:
    day = () if "--day" in told else ("--day", "2026-03-09")
    assert office.record(*told, *day) == 2
    assert said in capfd.readouterr().err
    assert len(office.told()) == 1


def test_nothing_follows_a_closed_finding(office: Office, capfd: Capture) -> None:
    office.record("reinspection", "F1", "pass", "--day", "2026-03-10")
    for told in (("rectified", "F1"), ("reinspection", "F1", "fail"), ("extension", "F1", "--refused")):
        assert office.record(*told, "--day", "2026-03-11") == 2
    assert "F1 was closed on 2026-03-10 (event 2)" in capfd.readouterr().err


def test_a_finding_waits_for_one_reinspection(office: Office) -> None:
    assert office.record("rectified", "F1", "--day", "2026-03-09") == 0
    assert office.record("rectified", "F1", "--day", "2026-03-10") == 2
    assert office.record("reinspection", "F1", "fail", "--day", "2026-03-11") == 0
    assert office.record("rectified", "F1", "--day", "2026-03-12") == 0


def test_an_event_that_is_no_finding_is_told_so(office: Office, capfd: Capture) -> None:
    office.record("rectified", "F1", "--day", "2026-03-09")
    assert office.record("rectified", "F2", "--day", "2026-03-10") == 2
    assert "F2 is no finding, but some other event" in capfd.readouterr().err


def test_of_several_open_findings_of_an_enterprise_one_is_to_be_named(office: Office, capfd: Capture) -> None:
    office.record("finding", "Q4", "灭火器过期", "--day", "2026-03-02")
    assert office.record("rectified", "Q4", "--day", "2026-03-09") == 2
    assert "F1 配电箱未接地, F2 灭火器过期" in capfd.readouterr().err


def test_penalties_are_counted_over_180_days_and_a_year(office: Office, capfd: Capture) -> None:
    days = ("2025-03-21", "2025-09-20", "2025-09-21", "2026-03-20")
    for day in days:
        assert office.record("penalty", "Q4", "--text", "安全出口上锁", "--day", day) == 0
    said = capfd.readouterr().out.splitlines()
    assert said[-2].strip() == "number 1 in 180 days, number 4 in a year"
    assert "closure can be proposed" in said[-1]
    assert office.record("penalty", "Q4", "--text", "又一次", "--day", "2026-03-19") == 0
    assert capfd.readouterr().out.splitlines()[-2].strip() == "number 2 in 180 days, number 4 in a year"
    assert office.record("penalty", "Q4", "--text", "又一次", "--day", "2026-03-19") == 2
