"""On a terminal: figures and this week, colour, and never wider than the screen; elsewhere plain text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.plans import SHORT, write
from safeplan.output.cells import text_width

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")


def _on_terminal(*arguments: object, columns: int = 80, **environment: str) -> str:
    """Run safeplan with stdout on a pseudo-terminal and give what stood on the screen."""
    ours, theirs = pty.openpty()
    settings = {**os.environ, "COLUMNS": str(columns), "LINES": "40", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "safeplan", *map(str, arguments)],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**settings, **environment},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        shown += part
    process.communicate()
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_without_a_filter_a_screen_shows_figures_and_this_week(tmp_path: Path):
    screen = _on_terminal("schedule", write(tmp_path), "--today", "2026-02-03")
    assert "9 visits owed, 9 placed" in screen
    assert "2026-03" not in screen
    assert "Visits of each day" not in screen


def test_all_shows_everything(tmp_path: Path):
    screen = _on_terminal("schedule", write(tmp_path), "--today", "2026-02-03", "--all")
    assert "2026-03" in screen


def test_outside_the_period_the_first_week_is_shown(tmp_path: Path):
    screen = _on_terminal("schedule", write(tmp_path), "--today", "2026-11-24")
    assert "1 Jan 2026 to 4 Jan 2026" in screen


def test_no_line_is_wider_than_80_columns(tmp_path: Path):
    screen = _on_terminal("schedule", write(tmp_path, SHORT), "--all", NO_COLOR="1")
    assert max(text_width(line) for line in screen.splitlines()) <= 80


def test_colour_is_for_terminals_that_want_it(tmp_path: Path):
    plan = write(tmp_path)
    assert "\x1b[" in _on_terminal("schedule", plan, NO_COLOR="")
    assert "\x1b[" not in _on_terminal("schedule", plan, NO_COLOR="1")
    assert "\x1b[" not in _on_terminal("schedule", plan, TERM="dumb")


def test_a_workbook_is_not_thrown_onto_a_screen(tmp_path: Path):
    assert _on_terminal("schedule", write(tmp_path), "--format", "xlsx") == ""
