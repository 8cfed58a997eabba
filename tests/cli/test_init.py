"""safeplan init: what it writes is checked and scheduled by the commands that it names."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.plans import run
from work.registers import credit_code, rows, write_csv, write_office_xlsx


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFEPLAN_PLAN", raising=False)


def test_two_commands_lead_from_an_empty_folder_to_a_roster(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("init") == 0
    said = capsys.readouterr().out
    assert "plan.yaml" in said and "safeplan check" in said and "safeplan schedule --week next" in said
    assert run("check", "--strict") == 0
    assert run("schedule", "--month", "3") == 0
    assert "Safety plan of Stonebridge" in capsys.readouterr().out


def test_the_language_of_the_plan_can_be_said(tmp_path: Path) -> None:
    assert run("init", "a", "--lang", "zh") == 0
    assert run("init", "b", "--lang", "en") == 0
    assert "石桥镇" in (tmp_path / "a" / "plan.yaml").read_text(encoding="utf-8")
    assert "Stonebridge" in (tmp_path / "b" / "plan.yaml").read_text(encoding="utf-8")
    assert run("init", "c", "--lang", "fr") == 2
    assert not (tmp_path / "c").exists()


def test_a_folder_that_is_not_the_current_one_is_named_in_what_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("init", "my plans/2026") == 0
    assert '  cd "my plans/2026"\n' in capsys.readouterr().out


def test_a_second_init_overwrites_nothing_without_force(capsys: pytest.CaptureFixture[str]) -> None:
    run("init")
    Path("plan.yaml").write_text("mine", encoding="utf-8")
    assert run("init") == 2
    assert "--force" in capsys.readouterr().err
    assert Path("plan.yaml").read_text(encoding="utf-8") == "mine"
    assert run("init", "--force") == 0


def test_an_office_workbook_is_checked_and_scheduled_in_three_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_office_xlsx(tmp_path / "企业台账.xlsx", rows(16))
    assert run("init", "--register", "企业台账.xlsx") == 0
    said = capsys.readouterr().out
    assert "企业名册" in said and "A 4, B 4, C 8" in said and "隆盛镇" in said
    assert run("check", "--strict") == 0
    assert run("schedule", "--month", "3", "-o", "roster.csv") == 0
    assert "隆盛第1塑料厂" in (tmp_path / "roster.csv").read_text(encoding="utf-8")


def test_guesses_and_open_questions_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = [
        {"厂名": row["企业名称"], "风险": ("A", "D")[at % 2], "电话": "13800000000", "在哪": row["所属村"]}
        for at, row in enumerate(rows(8))
    ]
    write_csv(tmp_path / "a.csv", made)
    assert run("init", "-r", "a.csv") == 0
    said = capsys.readouterr().out
    assert "风险 is the class of supervision (A, D)" in said
    assert "how often is class D类 visited? 4" in said
    assert "13800000000" not in said
    assert run("check") == 0


def test_what_is_wrong_with_the_register_is_said_at_its_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_csv(tmp_path / "a.csv", rows(4, 企业编号=["1", "2", "3", "3"], 统一社会信用代码=[credit_code(0)[:-1] + "?"]))
    assert run("init", "-r", "a.csv") == 1
    said = capsys.readouterr().out
    assert "a.csv, row 5, column 企业编号: error[duplicate-id]" in said


@pytest.mark.parametrize("name", ["nothing.xlsx", "a.txt", "."])
def test_a_register_that_cannot_be_read_is_an_error_of_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert run("init", "new", "-r", name) == 2
    said = capsys.readouterr().err
    assert "nothing was written" in said
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")
def test_on_a_terminal_what_cannot_be_told_is_asked(tmp_path: Path) -> None:
    made = [
        {"企业名称": row["企业名称"], "监管码": ("01", "02")[at % 2], "所属村": row["所属村"]}
        for at, row in enumerate(rows(8))
    ]
    write_csv(tmp_path / "a.csv", made)
    ours, theirs = pty.openpty()
    os.write(ours, "1\n石桥镇\n1\n2 per year\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "safeplan", "init", "-r", "a.csv"],
        stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=tmp_path, check=False, timeout=60,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0
    text = (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    assert "监管码: class" in text and "name: 石桥镇" in text
    assert "visits: 1 per month" in text and "visits: 2 per year" in text
    assert run("check", "--strict") == 0


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")
def test_an_interrupt_at_a_question_ends_it_and_writes_nothing(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [{"企业名称": f"厂{at}", "监管码": ("01", "02")[at % 2]} for at in range(8)])
    ours, theirs = pty.openpty()
    asked = subprocess.Popen(
        [sys.executable, "-m", "safeplan", "init", "new", "-r", "a.csv"],
        stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=tmp_path, env={**os.environ, "LC_ALL": "C.UTF-8"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while b" > " not in said:
        said += os.read(ours, 4096)
    time.sleep(0.2)  # the prompt is written just before the answer is waited for
    asked.send_signal(signal.SIGINT)
    asked.communicate(timeout=60)
    os.close(ours)
    assert asked.returncode == 130
    assert not (tmp_path / "new").exists()
