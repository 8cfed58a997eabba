"""`safeplan diff` compares plans, rosters in files, and what was adopted or issued; 1: there are differences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.plans import GOOD, run, write

Capture = pytest.CaptureFixture[str]
TODAY = ("--today", "2026-02-02")


def changes(capfd: Capture) -> list[tuple[str, str, str | None]]:
    read = json.loads(capfd.readouterr().out)
    return [(one["change"], one["visit"], one["why"]) for one in read["changes"]]


def test_a_plan_differs_in_nothing_from_itself(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    assert run("diff", plan, plan) == 0
    assert "no visit changes; all 9 stay as they are" in capfd.readouterr().out


def test_two_plans_are_compared_visit_by_visit(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    other = write(
        tmp_path, GOOD.replace("{id: Q3, name: 小卖部, class: A", "{id: Q4, name: 加油站, class: A"), "other.yaml"
    )
    assert run("diff", plan, other, "--format", "json") == 1
    found = changes(capfd)
    assert {one for one in found if one[0] == "dropped"} == {
        ("dropped", f"class-A/Q3/2026-0{month}/1", "not-owed") for month in (1, 2, 3)
    }
    assert {one for one in found if one[0] == "added"} == {
        ("added", f"class-A/Q4/2026-0{month}/1", "owed") for month in (1, 2, 3)
    }


def test_what_became_of_the_adopted_roster(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    assert run("diff", "adopted", plan) == 2
    assert "no roster of this plan was adopted yet" in capfd.readouterr().err
    run("adopt", plan)
    run("leave", "zhao", "2026-02-03/2026-02-28", "-p", plan, *TODAY)
    capfd.readouterr()
    assert run("diff", "adopted", plan, *TODAY, "--format", "json") == 1
    found = changes(capfd)
    assert {why for _, _, why in found} == {"leave"}
    assert run("diff", "adopted", plan, "--to", "2026-01-31", *TODAY) == 0


def test_what_moves_when_the_holidays_of_next_year_are_known(tmp_path: Path, capfd: Capture):
    text = GOOD.replace("period: 2026-01-01/2026-03-31", "period: 2027").replace("1 per month", "4 per month")
    plan = write(tmp_path, text)
    assert run("adopt", plan, "--today", "2026-10-20") == 0
    off = "[2027-01-01/2027-01-03, 2027-02-05/2027-02-12, 2027-10-01/2027-10-07]"
    worked = "[2027-02-20, 2027-10-09]"
    write(tmp_path, text + f"calendar: {{statutory: {{2027: {{days_off: {off}, workdays: {worked}}}}}}}\n")
    capfd.readouterr()
    assert run("diff", "adopted", plan, "--today", "2026-11-20", "--format", "json") == 1
    read = json.loads(capfd.readouterr().out)
    moved = [one for one in read["changes"] if one["why"] == "day-off"]
    assert {one["change"] for one in read["changes"]} == {"moved"}
    assert moved and all("2027-02-05" <= one["was"] <= "2027-10-07" for one in moved)
    assert len(read["changes"]) < 20 < read["same"]
    assert run("diff", "adopted", plan, "--today", "2026-11-20") == 1
    assert "Oct is a day off" in capfd.readouterr().out


def test_what_was_issued_is_compared_on_its_days(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    assert run("issue", plan, "--week", "2026-02-02", *TODAY) in (0, 2)
    capfd.readouterr()
    assert run("issue", plan, "--week", "2026-03-23", *TODAY) == 0
    assert run("diff", "issued", plan, "--from", "2026-03-23", "--to", "2026-03-29", *TODAY) == 0


def test_a_week_in_a_file_is_compared_with_that_week(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    paper = tmp_path / "week.json"
    run("schedule", plan, "--month", "3", "--format", "json", "-o", paper)
    assert run("diff", paper, plan) == 0
    read = json.loads(paper.read_text(encoding="utf-8"))
    gone = read["visits"].pop(1)
    paper.write_text(json.dumps(read), encoding="utf-8")
    capfd.readouterr()
    assert run("diff", paper, plan, "--format", "json") == 1
    assert changes(capfd) == [("added", gone["id"], "owed")]


def test_a_surprise_takes_part_only_where_it_is_asked_for(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path)
    more = "priorities:\n  M03:\n    - {name: 突击, where: {id: Q3}, visits: 1, family: patrol, surprise: true}\n"
    other = write(tmp_path, GOOD + more, "other.yaml")
    assert run("diff", plan, other, "--format", "json", "--with-surprise") == 1
    assert [one for one in changes(capfd) if "突击" in one[1]]
    run("diff", plan, other, "--format", "json")
    assert not [one for one in changes(capfd) if "突击" in one[1]]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("adopted", "issued", "name the plan file as the other side"),
        ("nothing.yaml", "nothing.json", "there is no file nothing.yaml"),
    ],
)
def test_what_cannot_be_compared_is_refused(old: str, new: str, why: str, capfd: Capture):
    assert run("diff", old, new) == 2
    assert why in capfd.readouterr().err


@pytest.mark.parametrize("name", ["text", "markdown", "csv", "html", "xlsx", "docx"])
def test_every_format_is_written(tmp_path: Path, name: str):
    plan = write(tmp_path)
    other = write(tmp_path, GOOD.replace("1 per month", "2 per month"), "other.yaml")
    target = tmp_path / "diff.out"
    assert run("diff", plan, other, "--format", name, "-o", target) == 1
    assert target.stat().st_size > 100
