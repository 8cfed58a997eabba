"""safeplan status: figures, goals, trends, formats, and the exit code once a day has passed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.plans import run
from cli.recording import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def asked(office: Office, *arguments: object) -> int:
    return run("status", office.plan, *arguments)


def test_figures_denominators_goals_and_trends_are_shown(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.record("visit", "Q1", "--day", "2026-01-05") == 0
    assert office.record("visit", "Q2", "--day", "2026-02-05") == 0
    assert office.record("figure", "量化等级公示率", "93%", "--day", "2026-02-06") == 0
    capsys.readouterr()
    assert asked(office, "--as-of", "2026-03-09") == 0
    out = capsys.readouterr().out
    for said in ("93%", "≥ 90%", "met", "40%", "2/5", "≥ 100%", "behind", "≤ 3", "no figure", "Month by month", "█"):
        assert said in out


def test_without_a_ledger_there_is_no_figure(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(office, "--as-of", "2026-03-09") == 0
    out = capsys.readouterr().out
    assert "there is no ledger yet" in out and out.count("no figure") == 6


def test_a_plan_without_targets_says_so(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    text = office.plan.read_text(encoding="utf-8")
    office.plan.write_text(text[: text.index("targets:")], encoding="utf-8")
    assert asked(office) == 0
    assert "the plan has no targets" in capsys.readouterr().out


def test_a_target_that_is_missed_when_its_day_has_passed_ends_with_1(office: Office) -> None:
    assert asked(office, "--as-of", "2026-12-31") == 0
    assert asked(office, "--as-of", "2027-01-01") == 1


def test_the_json_gives_fractions_and_the_trend(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.record("visit", "Q1", "--day", "2026-01-05") == 0
    capsys.readouterr()
    asked(office, "--as-of", "2026-02-09", "--format", "json")
    found = json.loads(capsys.readouterr().out)
    coverage = next(one for one in found["targets"] if one["measure"] == "coverage")
    assert coverage == {
        "name": "A类覆盖率", "measure": "coverage", "figure": 0.2, "numerator": 1, "denominator": 5,
        "goal": {"at_least": "100%"}, "met": False, "due": "2026-12-31",
        "trend": [{"day": "2026-01-31", "figure": 0.2}, {"day": "2026-02-09", "figure": 0.2}],
    }  # fmt: skip
    asked(office, "--as-of", "2026-02-09", "--format", "jsonl")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["type"] for line in lines] == ["head", "target", "target", "target"]


@pytest.mark.parametrize("form", ["terminal", "text", "markdown", "html", "brief", "csv", "json", "jsonl"])
def test_every_text_format_names_the_targets(office: Office, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert asked(office, "--as-of", "2026-03-09", "--format", form) == 0
    assert "A类覆盖率" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "html", "md", "csv", "json", "jsonl"])
def test_files_are_written(office: Office, suffix: str) -> None:
    output = office.folder / f"status.{suffix}"
    assert asked(office, "--as-of", "2026-03-09", "-o", output) == 0
    assert output.stat().st_size > 50


def test_it_speaks_chinese(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    asked(office, "--as-of", "2026-03-09", "--lang", "zh-CN")
    out = capsys.readouterr().out
    assert "指标完成情况" in out and "无数据" in out and "已检查企业" in out
