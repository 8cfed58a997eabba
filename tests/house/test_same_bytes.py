"""Same version, same input: same bytes, whatever the hash seed, time zone, locale and number of workers."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

STREET = Path(__file__).parents[2] / "examples/plans/street.yaml"
ELSEWHERE = {
    "another hash seed": {"PYTHONHASHSEED": "4711"},
    "another time zone": {"TZ": "America/St_Johns"},
    "another locale": {"LC_ALL": "C", "LANG": "C"},
    "another width": {"COLUMNS": "47"},
}


@cache
def made(format_: str, environment: tuple[tuple[str, str], ...] = (), jobs: int = 1) -> bytes:
    command = [sys.executable, "-m", "safeplan", "schedule", str(STREET), "--all", "--format", format_]
    command += ["--today", "2026-03-09", "--jobs", str(jobs), "--with-surprise"]
    environ = os.environ | {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"} | dict(environment)
    return subprocess.run(command, env=environ, capture_output=True, check=True).stdout


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "text", "markdown", "html", "ics", "brief"])
@pytest.mark.parametrize("place", ELSEWHERE)
def test_the_bytes_do_not_depend_on_where_it_runs(format_: str, place: str) -> None:
    assert made(format_, tuple(ELSEWHERE[place].items())) == made(format_)


def test_the_bytes_do_not_depend_on_the_number_of_workers() -> None:
    assert made("json", jobs=2) == made("json")


def test_there_is_something_to_compare() -> None:
    assert len(made("json")) > 100_000
