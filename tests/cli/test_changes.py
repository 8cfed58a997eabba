"""`safeplan adopt`, `leave`, `request`, `pin`, `move`: answered by what changes; a refusal writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.plans import GOOD, run, write
from safeplan.core.events.changes import Leave, Moved, Pinned, Requested
from safeplan.core.events.rosters import Adopted
from safeplan.core.history import History, history_of
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import open_ledger

Capture = pytest.CaptureFixture[str]
TODAY = ("--today", "2026-02-02")


def history(folder: Path) -> History:
    ledger = open_ledger(LedgerPlace(folder / "safeplan.db"))
    assert ledger is not None
    with ledger:
        return history_of(ledger.records())


def test_the_roster_is_adopted_once(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    assert run("adopt", plan, "--approved-by", "村委会", "--number", "石村〔2026〕1号", "--as", "文书") == 0
    assert "adopted: 9 visits from 2026-01-01 to 2026-03-31, as event 1" in capfd.readouterr().out
    kept = history(tmp_path).of(Adopted).row(0, named=True)
    assert (kept["approved_by"], kept["paper"], kept["who"], len(kept["visits"]["id"])) == (
        "村委会",
        "石村〔2026〕1号",
        "文书",
        9,
    )
    assert run("adopt", plan) == 2
    assert "--again" in capfd.readouterr().err
    assert history(tmp_path).head.events == 1
    assert run("adopt", plan, "--again") == 0
    assert history(tmp_path).head.events == 2


def test_leave_says_who_goes_instead(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    run("adopt", plan)
    assert run("leave", "赵志刚", "2026-02-03/2026-02-28", "-p", plan, *TODAY, "--reason", "病假") == 0
    said = capfd.readouterr().out
    assert "赵志刚 is away: 2026-02-03/2026-02-28" in said
    assert "赵志刚 is away" in said.split("recorded as event 2")[1]
    told = history(tmp_path).of(Leave).row(0, named=True)
    assert (told["officer"], told["days"], told["reason"]) == ("zhao", "2026-02-03/2026-02-28", "病假")


def test_a_dry_run_records_nothing(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    assert run("leave", "zhao", "2026-02-03/2026-02-28", "-p", plan, *TODAY, "--dry-run") == 0
    assert "only tried; nothing was recorded" in capfd.readouterr().out
    assert not (tmp_path / "safeplan.db").exists()


def test_a_request_is_planned_in_its_time(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    run("adopt", plan)
    asked = ("request", "桥头饭庄", "--within", "3wd", "--cause", "complaint", "-p", plan, *TODAY)
    assert run(*asked) == 0
    assert "visit after a complaint, within 3 workdays" in capfd.readouterr().out
    assert history(tmp_path).of(Requested).select("enterprise", "cause").row(0) == ("Q2", "complaint")


def test_what_has_no_day_any_more_is_said_with_its_reason(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    assert run("leave", "zhao", "2026-02-02/2026-02-28", "-p", plan, *TODAY) == 0
    assert run("request", "Q1", "--within", "3wd", "-p", plan, *TODAY) == 1
    said = capfd.readouterr().out
    assert "Unplaced" in said
    assert "request" in said


def test_a_pin_fixes_day_and_people(tmp_path: Path):
    plan = write(tmp_path)
    asked = (
        "pin",
        "小卖部",
        "--day",
        "2026-02-14",
        "--officers",
        "zhang,zhao",
        "--family",
        "patrol",
        "-p",
        plan,
        *TODAY,
    )
    assert run(*asked) == 0
    told = history(tmp_path).of(Pinned).row(0, named=True)
    assert (told["enterprise"], str(told["on"]), told["officers"]) == ("Q3", "2026-02-14", ["zhang", "zhao"])


def test_a_planned_visit_moves_to_another_day_of_its_time(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    run("adopt", plan)
    capfd.readouterr()
    assert run("move", "class-A/Q1/2026-03/1", "--to", "2026-03-25", "-p", plan, *TODAY) == 0
    assert "1 moved; 8 visits stay as they are" in capfd.readouterr().out
    assert history(tmp_path).of(Moved)["visit"].to_list() == ["class-A/Q1/2026-03/1"]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("move", "class-A/Q1/2026-03/1", "--to", "2026-03-28"), "cannot be made on 2026-03-28"),
        (("move", "class-A/Q1/2026-03/1", "--to", "2026-01-05"), "lies before today"),
        (("move", "nothing", "--to", "2026-03-25"), "no planned visit is called nothing"),
        (("leave", "zhou", "2026-03-02"), "no officer zhou"),
        (("leave", "zhao", "2026-01-05/2026-01-09"), "is over already"),
        (("leave", "zhao", "sometimes"), "no span of days"),
        (("request", "Q9", "--within", "3d"), "no enterprise Q9"),
        (("request", "Q1", "--within", "3"), "no length of time"),
        (("request", "Q1", "--within", "3d", "--cause", "gossip"), "no cause"),
        (("pin", "Q1"), "say what to fix"),
        (("pin", "Q1", "--day", "2026-03-02", "--window", "2026-03-02/2026-03-06"), "not both"),
        (("pin", "Q1", "--day", "2026-03-02", "--family", "tea"), "no kind of check"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path, capfd: Capture, asked: tuple, why: str):
    plan = write(tmp_path)
    assert run(*asked, "-p", plan, *TODAY) == 2
    assert why in capfd.readouterr().err
    assert not (tmp_path / "safeplan.db").exists()


def test_the_answer_comes_in_the_language_of_the_plan(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path, GOOD.replace("language: en", "language: zh-CN"))
    assert run("leave", "zhao", "2026-02-03/2026-02-28", "-p", plan, *TODAY) == 0
    assert "赵志刚请假：2026-02-03/2026-02-28" in capfd.readouterr().out
