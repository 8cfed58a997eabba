"""`safeplan issue`: a week is fixed, numbered and hashed; what was reviewed is issued as it was read, or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.plans import GOOD, run, write
from safeplan.core.events.rosters import Issued
from safeplan.core.history import History
from safeplan.ledger.place import LedgerPlace
from safeplan.work.ledgers import read_history

Capture = pytest.CaptureFixture[str]
TODAY = ("--today", "2026-02-02")
SURPRISE = (
    GOOD + "priorities:\n  M02:\n    - {name: 突击, where: {id: Q3}, visits: 1, family: patrol, surprise: true}\n"
)


def issued(folder: Path) -> list[dict]:
    history = read_history(LedgerPlace(folder / "safeplan.db")) or History.nothing()
    return history.of(Issued).to_dicts()


def week_of_a_visit(plan: Path, capfd: Capture) -> str:
    """The day of a visit that is still ahead."""
    capfd.readouterr()
    assert run("schedule", plan, *TODAY, "--from", "2026-02-09", "--format", "csv") == 0
    lines = capfd.readouterr().out.splitlines()
    return lines[1].split(",")[lines[0].split(",").index("date")]


def test_a_week_is_numbered_and_hashed(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    week = week_of_a_visit(plan, capfd)
    assert run("issue", plan, "--week", week, "--approved-by", "刘敏", "--number", "1号", *TODAY) == 0
    assert "issued as no. 1" in capfd.readouterr().out
    [paper] = issued(tmp_path)
    assert (paper["serial"], paper["approved_by"], paper["paper"]) == (1, "刘敏", "1号")
    assert len(paper["sha256"]) == 64
    assert all(paper["visits"]["officers"])


def test_the_very_same_is_not_issued_twice_and_another_replaces_it(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    week = week_of_a_visit(plan, capfd)
    assert run("issue", plan, "--week", week, *TODAY) == 0
    assert run("issue", plan, "--week", week, *TODAY) == 2
    assert "as no. 1" in capfd.readouterr().err
    gone = issued(tmp_path)[0]["visits"]["officers"][0][0]
    assert run("leave", gone, f"{week}/{week}", "-p", plan, *TODAY) in (0, 1)
    assert run("issue", plan, "--week", week, *TODAY) == 0
    assert "replaces no. 1" in capfd.readouterr().out
    assert [one["replaces"] for one in issued(tmp_path)] == [None, 1]


def test_issued_visits_stand_as_issued_in_the_schedule(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    week = week_of_a_visit(plan, capfd)
    run("issue", plan, "--week", week, *TODAY)
    capfd.readouterr()
    assert run("schedule", plan, *TODAY, "--week", week, "--format", "json") == 0
    assert capfd.readouterr().out.count('"state":"issued"') == len(issued(tmp_path)[0]["visits"]["id"])


def test_what_was_read_and_signed_is_issued(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path, SURPRISE)
    week = week_of_a_visit(plan, capfd)
    paper = tmp_path / "week.json"
    assert run("schedule", plan, *TODAY, "--week", week, "--with-surprise", "--format", "json", "-o", paper) == 0
    assert run("issue", plan, "--week", week, "--reviewed", paper, *TODAY) == 0


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        ("plan", "plan.yaml changed since the roster was read"),
        ("ledger", "something was recorded since the roster was read"),
        ("paper", "visits are not as they were read"),
        ("other", "is a roster of another plan"),
        ("junk", "is no roster as JSON"),
    ],
)
def test_what_moved_since_is_not_issued(tmp_path: Path, capfd: Capture, happens: str, why: str):
    plan = write(tmp_path)
    week = week_of_a_visit(plan, capfd)
    paper = tmp_path / "week.json"
    run("schedule", plan, *TODAY, "--week", week, "--format", "json", "-o", paper)
    text = paper.read_text(encoding="utf-8")
    if happens == "plan":
        plan.write_text(plan.read_text(encoding="utf-8") + "\n# a word\n", encoding="utf-8")
    elif happens == "ledger":
        run("record", "visit", "Q1", "--day", "2026-01-12", "--by", "zhao", "-p", plan)
    elif happens == "paper":
        paper.write_text(text.replace('"order":1', '"order":9', 1), encoding="utf-8")
    elif happens == "other":
        paper.write_text(text.replace("石桥村", "别的村", 1), encoding="utf-8")
    else:
        paper.write_text("[1, 2]", encoding="utf-8")
    before = len(issued(tmp_path))
    assert run("issue", plan, "--week", week, "--reviewed", paper, *TODAY) == 2
    assert why in capfd.readouterr().err
    assert len(issued(tmp_path)) == before == 0


def test_a_week_without_visits_is_not_issued(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    assert run("issue", plan, "--week", "2026-02-17", *TODAY) == 2
    assert "nothing to issue" in capfd.readouterr().err
