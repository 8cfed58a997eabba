"""`safeplan record visit`: what the ledger holds after it, what is printed, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.plans import run
from cli.recording import PLAN, Office

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_visit_names_the_planned_one_and_what_it_found_has_a_deadline(office: Office, capfd: Capture) -> None:
    found = ("--finding", "配电箱未接地", "--finding", "重大：3.1=安全出口上锁")
    assert office.record("visit", "楚天", "--day", "2026-03-02", "--by", "zhang,赵志刚", *found) == 0
    said = capfd.readouterr().out
    visit, general, major = office.told()
    assert visit == {
        "kind": "visit", "day": "2026-03-02", "who": "王会计", "enterprise": "Q4", "outcome": "done",
        "family": "patrol", "officers": ["zhang", "zhao"],
        "visit": "class-A/Q4/2026-03/1", "serves": ["class-A/Q4/2026-03/1"],
    }  # fmt: skip
    assert (general["severity"], general["text"], "code" in general) == ("general", "配电箱未接地", False)
    assert (major["severity"], major["code"], major["text"]) == ("major", "3.1", "安全出口上锁")
    assert {one["visit"] for one in (general, major)} == {"class-A/Q4/2026-03/1"}
    assert "planned as class-A/Q4/2026-03/1" in said
    assert re.search(r"^F2 .*配电箱未接地\n +to be mended by 2026-03-17$", said, re.MULTILINE)  # 15 days
    assert re.search(r"^F3 .*\n +to be mended by 2026-04-01$", said, re.MULTILINE)  # 30 days


def test_it_speaks_chinese_of_a_chinese_plan(tmp_path: Path, capfd: Capture) -> None:
    office = Office(tmp_path, PLAN.replace("language: en", "language: zh-CN"))
    assert office.record("visit", "桥头饭庄", "--day", "2026-03-05", "--outcome", "关门", "--by", "赵志刚") == 0
    said = capfd.readouterr().out
    assert "桥头饭庄：关门；赵志刚" in said
    assert "须于 2026-03-12 前再查" in said


def test_without_officers_those_of_the_roster_went(office: Office) -> None:
    assert office.record("visit", "Q4", "--day", "2026-03-02") == 0
    (visit,) = office.told()
    assert visit["officers"]


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("done", "done"),
        ("部分", "part"),
        ("关门", "closed"),
        ("拒检", "refused"),
        ("迁走", "moved"),
        ("停业", "ceased"),
    ],
)
def test_outcomes_come_in_chinese_and_as_codes(office: Office, written: str, outcome: str) -> None:
    assert office.record("visit", "Q2", "--day", "2026-03-05", "--outcome", written) == 0
    assert office.told()[0]["outcome"] == outcome


def test_what_met_a_closed_door_is_owed_again_and_what_has_moved_no_more(office: Office, capfd: Capture) -> None:
    office.record("visit", "Q1", "--day", "2026-03-05", "--outcome", "refused")
    office.record("visit", "Q2", "--day", "2026-03-05", "--outcome", "moved")
    said = capfd.readouterr().out
    assert "owed again by 2026-03-09" in said  # two working days
    assert "not planned any more from this day on" in said


def test_enterprise_and_day_may_be_one_word(office: Office) -> None:
    assert office.record("visit", "楚天塑业@2026-03-02") == 0
    assert (office.told()[0]["enterprise"], office.told()[0]["day"]) == ("Q4", "2026-03-02")


@pytest.mark.parametrize(
    "told",
    [("class-A/Q4/2026-03/1",), ("--visit", "class-A/Q4/2026-03"), ("Q4", "--visit", "class-A/Q4/2026-03/1")],
)
def test_a_planned_visit_is_named_by_its_id(office: Office, told: tuple[str, ...]) -> None:
    assert office.record("visit", *told, "--day", "2026-03-09") == 0
    assert office.told()[0]["visit"] == "class-A/Q4/2026-03/1"


def test_a_grid_is_patrolled(office: Office) -> None:
    assert office.record("visit", "石门村", "--day", "2026-03-05", "--by", "zhang") == 0
    (visit,) = office.told()
    assert (visit["grid"], visit["family"], visit["visit"]) == ("shimen", "patrol", "patrol-夜巡/shimen/2026-03/1")


def test_what_nobody_planned_is_kept_as_such(office: Office, capfd: Capture) -> None:
    office.record("visit", "Q1", "--day", "2025-11-02", "--by", "zhao")
    office.record("visit", "Q2", "--day", "2025-11-02", "--by", "zhao,zhang")
    assert [one["family"] for one in office.told()] == ["patrol", "inspection"]  # one alone makes no inspection
    assert all("visit" not in one for one in office.told())
    out, err = capfd.readouterr()
    assert "not in the roster" in out
    assert "2025-11-02 lies outside the plan's period" in err


def test_an_enterprise_is_visited_once_a_day(office: Office, capfd: Capture) -> None:
    office.record("visit", "Q4", "--day", "2026-03-02", "--outcome", "closed")
    assert office.record("visit", "Q4", "--day", "2026-03-02") == 2
    assert "safeplan record undo 1" in capfd.readouterr().err
    assert office.record("undo", "1") == 0
    assert office.record("visit", "Q4", "--day", "2026-03-02") == 0


def test_mobile_numbers_do_not_enter_the_ledger(office: Office) -> None:
    told = ("--note", "店主13812345678在家", "--finding", "联系 138 1234 5678")
    office.record("visit", "Q4", "--day", "2026-03-02", *told)
    assert [one.get("note", one.get("text")) for one in office.told()] == ["店主138********在家", "联系 138********"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        pytest.param(("楚天塑科",), "no enterprise and no grid is called 楚天塑科", id="an unknown name"),
        pytest.param(("小卖部",), "小卖部 (Q3), 小卖部 (Q5)", id="a name that two have"),
        pytest.param(("Q4", "--by", "zhaoo"), "no officer zhaoo; did you mean zhao", id="an unknown officer"),
        pytest.param(("Q4", "--day", "2999-01-01"), "lies ahead of today", id="a day ahead"),
        pytest.param(("Q4", "--day", "yesterday"), "yesterday is no day", id="no day"),
        pytest.param(("Q4", "--outcome", "fine"), "fine is no outcome", id="no outcome"),
        pytest.param(("Q4", "--family", "tour"), "tour is no kind of check", id="no family"),
        pytest.param(("Q4", "--finding", "重大："), "say what was found", id="a finding without words"),
        pytest.param(("shimen", "--finding", "x"), "belongs to an enterprise", id="a finding of a grid"),
        pytest.param(("--visit", "class-A/Q9/2026-03/1"), "no planned visit is called", id="an unknown visit"),
        pytest.param(("Q1", "--visit", "class-A/Q4/2026-03/1"), "is not one of Q1", id="a visit to another"),
        pytest.param((), "say what was visited", id="nothing named"),
        pytest.param(("Q4@2026-03-03", "--day", "2026-03-02"), "are two days; say one", id="two days"),
    ],
)
def test_what_cannot_be_is_refused_and_no_ledger_made(
    office: Office, capfd: Capture, told: tuple[str, ...], said: str
) -> None:
    day = () if "--day" in told else ("--day", "2026-03-02")
    assert office.record("visit", *told, *day) == 2
    assert said in capfd.readouterr().err
    assert not (office.folder / "safeplan.db").exists()


def test_the_ledger_and_who_tells_it_can_be_named(office: Office) -> None:
    other = office.folder / "other.db"
    assert run("record", "visit", "Q4", "--day", "2026-03-02", "-p", office.plan, "--ledger", other, "--as", "x") == 0
    assert other.exists()
    assert office.told() == []
