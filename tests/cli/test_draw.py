"""`safeplan draw`: commit, reveal, verify, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.plans import GOOD, run, write

Capture = pytest.CaptureFixture[str]

PLAN = (
    GOOD.replace("period: 2026-01-01/2026-03-31", "period: 2026")
    + "spot_checks:\n  - {name: 双随机抽查, share: 50%, per: quarter, family: inspection, random_officers: true}\n"
    + "  - {name: 全查, share: 100%, per: year, family: patrol}\n"
)
COMMIT = ("draw", "commit", "双随机", "--period", "Q2", "--event", "2026-04-02 福彩3D")


def test_a_draw_goes_through_both_acts_and_holds(tmp_path: Path, capfd: Capture) -> None:
    plan, fixed, record = write(tmp_path, PLAN), tmp_path / "c.html", tmp_path / "r.html"
    assert run(*COMMIT, "-p", plan, "-o", fixed) == 0
    said = capfd.readouterr().out
    assert "SHA-256 of the pool" in said
    assert "3 enterprises in the pool, 0 of them excluded, 2 to be drawn" in said
    assert run("draw", "verify", "双随机", fixed, "--period", "Q2", "-p", plan) == 0
    capfd.readouterr()
    assert (
        run("draw", "reveal", "双随机", "--period", "Q2", "--seed", "417", "--record", fixed, "-p", plan, "-o", record)
        == 0
    )
    said = capfd.readouterr().out
    assert 'seed: {2026-Q2: "417"}' in said
    assert "chosen by the planner" not in said
    assert run("draw", "verify", "双随机", record, "--period", "2026-Q2", "-p", plan) == 0
    write(tmp_path, PLAN.replace("per: quarter,", 'per: quarter, seed: {2026-Q2: "417"},'))
    assert run("draw", "verify", "双随机", record, "--period", "2026-Q2", "-p", plan) == 0


def test_the_pasted_line_brings_the_drawn_into_the_schedule(tmp_path: Path, capfd: Capture) -> None:
    plan = write(tmp_path, PLAN)
    assert run("draw", "reveal", "双随机", "--period", "Q2", "--seed", "417", "-p", plan) == 0
    rows = [line.split() for line in capfd.readouterr().out.splitlines()]
    drawn = [row[1] for row in rows if row[:1] in (["1"], ["2"]) and row[1].startswith("Q")]
    assert len(drawn) == 2
    plan = write(tmp_path, PLAN.replace("per: quarter,", 'per: quarter, seed: {2026-Q2: "417"},'))
    run("schedule", plan, "--format", "csv")
    said = capfd.readouterr().out
    assert all(f"spot-check-双随机抽查/{one}/2026-Q2/1" in said for one in drawn)
    assert "spot-check-双随机抽查/-/" not in said


def test_a_seed_without_commitment_is_noted_in_the_record(tmp_path: Path, capfd: Capture) -> None:
    plan = write(tmp_path, PLAN)
    assert run("draw", "reveal", "双随机", "--period", "Q2", "--seed", "417", "-p", plan) == 0
    assert "seed chosen by the planner" in capfd.readouterr().out


def test_a_plan_that_moved_since_is_refused_and_found(tmp_path: Path, capfd: Capture) -> None:
    plan, fixed = write(tmp_path, PLAN), tmp_path / "c.html"
    assert run(*COMMIT, "-p", plan, "-o", fixed) == 0
    write(tmp_path, PLAN.replace("{id: Q3, ", "{id: Q9, "))
    asked = ("--period", "Q2", "-p", plan)
    assert run("draw", "reveal", "双随机", "--seed", "417", "--record", fixed, *asked) == 2
    assert "commit again" in capfd.readouterr().err
    assert run("draw", "verify", "双随机", fixed, *asked) == 1
    assert "the plan's pool is another now" in capfd.readouterr().out


def test_a_forged_record_does_not_hold(tmp_path: Path, capfd: Capture) -> None:
    plan, record = write(tmp_path, PLAN), tmp_path / "r.html"
    run("draw", "reveal", "双随机", "--period", "Q2", "--seed", "417", "-p", plan, "-o", record)
    record.write_text(record.read_text("utf-8").replace('"seed": "417"', '"seed": "418"'), "utf-8")
    capfd.readouterr()
    found = {run("draw", "verify", "双随机", record, "--period", "Q2", "-p", plan)}
    assert found == {1}
    assert "seed gives" in capfd.readouterr().out


def test_a_replacement_is_in_the_record_with_its_reason(tmp_path: Path, capfd: Capture) -> None:
    plan = write(tmp_path, PLAN)
    asked = ("draw", "reveal", "双随机", "--period", "Q2", "--seed", "417", "-p", plan)
    assert run(*asked, "--replace", "Q1=关门停业") == 0
    said = capfd.readouterr().out
    assert "关门停业" in said
    assert run(*asked, "--replace", "Q1") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("draw", "commit", "抽抽", "--period", "Q2", "--event", "x"), "no spot check"),
        (("draw", "commit", "双随机", "--period", "2027-Q1", "--event", "x"), "there are: 2026-Q1"),
        (("draw", "commit", "全查", "--period", "2026", "--event", "x"), "nothing to draw"),
        (("draw", "commit", "双随机", "--period", "Q2", "--event", " "), "what will give the seed"),
        (("draw", "reveal", "双随机", "--period", "Q2"), "no seed"),
    ],
    ids=["an unknown rule", "an unknown period", "a share of everybody", "no event", "no seed"],
)
def test_what_cannot_be_drawn_is_said(tmp_path: Path, capfd: Capture, arguments: tuple[str, ...], said: str) -> None:
    assert run(*arguments, "-p", write(tmp_path, PLAN)) == 2
    assert said in capfd.readouterr().err


def test_what_is_no_record_is_refused(tmp_path: Path, capfd: Capture) -> None:
    plan = write(tmp_path, PLAN)
    assert run("draw", "verify", "双随机", plan, "--period", "Q2", "-p", plan) == 2
    assert "no record of a draw" in capfd.readouterr().err
