"""`safeplan explain` answers about whatever is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.plans import SHORT, run, write

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Q1", "class A类"),
        ("桥头饭庄", "桥头饭庄 (Q2)"),
        ("zhao", "赵志刚 (zhao)"),
        ("石门村", "1 enterprises"),
        ("2026-02-17", "a day off"),
        ("class-A/Q1/2026-02/1", "1–28 Feb"),
    ],
)
def test_a_thing_is_explained(tmp_path: Path, capfd: Capture, asked: str, said: str):
    assert run("explain", asked, "--plan", write(tmp_path)) == 0
    assert said in capfd.readouterr().out


def test_what_is_missing_is_explained_with_a_number(tmp_path: Path, capfd: Capture):
    assert run("explain", "Q1", "-p", write(tmp_path, SHORT)) == 0
    out = capfd.readouterr().out
    assert "Unplaced" in out and "A类 1–31 May × 4: " in out


def test_what_is_not_there_gives_exit_code_2(tmp_path: Path, capfd: Capture):
    assert run("explain", "Q9", "-p", write(tmp_path)) == 2
    assert "nothing in the plan is called Q9" in capfd.readouterr().err
