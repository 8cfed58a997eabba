"""Which plan a command takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.plans import run, write

Capture = pytest.CaptureFixture[str]


def test_the_plan_of_the_folder_is_taken_and_stderr_says_so(tmp_path: Path, monkeypatch, capfd: Capture):
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFEPLAN_PLAN", raising=False)
    assert run("schedule", "--week", "2026-W05") == 0
    assert "plan.yaml" in capfd.readouterr().err


def test_both_defaults_are_an_error(tmp_path: Path, monkeypatch, capfd: Capture):
    write(tmp_path)
    write(tmp_path, name="safeplan.yaml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFEPLAN_PLAN", raising=False)
    assert run("schedule") == 2
    assert "both safeplan.yaml and plan.yaml are here" in capfd.readouterr().err


def test_no_plan_says_how_to_begin(tmp_path: Path, monkeypatch, capfd: Capture):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFEPLAN_PLAN", raising=False)
    assert run("check") == 2
    assert "safeplan init" in capfd.readouterr().err


def test_the_variable_names_the_plan(tmp_path: Path, monkeypatch, capfd: Capture):
    monkeypatch.setenv("SAFEPLAN_PLAN", str(write(tmp_path, name="other.yaml")))
    monkeypatch.chdir(tmp_path)
    assert run("check") == 0
    assert "other.yaml" in capfd.readouterr().err


def test_the_option_names_the_plan_too(tmp_path: Path, capfd: Capture):
    assert run("schedule", "--plan", write(tmp_path), "--month", "1") == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("missing", ["gone.yaml", "."])
def test_what_is_no_file_is_said(tmp_path: Path, capfd: Capture, missing: str):
    assert run("schedule", tmp_path / missing) == 2
    assert capfd.readouterr().err.count("\n") == 1
