"""`safeplan check` finds every problem at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.plans import BAD, GOOD, run, write

Capture = pytest.CaptureFixture[str]
WARNED = GOOD.replace("name: 石桥村2026年安全检查计划", "name: xx")


def test_a_good_plan_is_well(tmp_path: Path, capfd: Capture):
    assert run("check", write(tmp_path)) == 0
    assert "0 errors, 0 warnings" in capfd.readouterr().out


def test_errors_give_exit_code_2(tmp_path: Path, capfd: Capture):
    assert run("check", write(tmp_path, BAD)) == 2
    assert "unknown-class" in capfd.readouterr().out


def test_warnings_are_errors_when_strict(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path, WARNED)
    assert run("check", plan) == 0
    assert "0 errors, 1 warnings" in capfd.readouterr().out
    assert run("check", "--strict", plan) == 2


def test_diagnostics_come_as_json(tmp_path: Path, capfd: Capture):
    assert run("check", write(tmp_path, BAD), "--format", "json") == 2
    document = json.loads(capfd.readouterr().out)
    assert document["errors"] == 1
    one = document["diagnostics"][0]
    assert (one["code"], one["severity"], one["file"], one["line"]) == ("unknown-class", "error", "plan.yaml", 17)


def test_the_effective_plan_says_where_values_come_from(tmp_path: Path, capfd: Capture):
    plan = write(tmp_path, GOOD + "use: [seed-abc]\n")
    assert run("check", plan, "--effective") == 0
    out = capfd.readouterr().out
    assert "preset:seed-abc" in out and "plan.yaml:3" in out


def test_an_unknown_format_is_refused(tmp_path: Path):
    assert run("check", write(tmp_path), "--format", "xlsx") == 2
