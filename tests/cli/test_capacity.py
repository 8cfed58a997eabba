"""`safeplan capacity` reckons days and writes the annual plan table."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.plans import run

Capture = pytest.CaptureFixture[str]
PLAN = str(Path(__file__).parents[2] / "examples" / "plans" / "minimal.yaml")


def test_the_days_are_reckoned(capfd: Capture) -> None:
    assert run("capacity", PLAN, "--lang", "en") == 0
    assert "248" in capfd.readouterr().out


def test_the_annual_table_is_written_by_the_files_ending(tmp_path: Path) -> None:
    target = tmp_path / "annual.docx"
    assert run("capacity", PLAN, "--table", "-o", str(target)) == 0
    assert target.read_bytes().startswith(b"PK")


def test_a_format_of_rosters_alone_is_refused(capfd: Capture) -> None:
    assert run("capacity", PLAN, "--format", "ics") == 2
    assert "docx" in capfd.readouterr().err
