"""--help is quick, teaches, and fits; every command has help."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cli.plans import run
from safeplan.cli.app import app

HEAVY = ("polars", "numpy", "pydantic", "sqlalchemy", "holidays", "yaml", "icalendar", "xlsxwriter", "docx", "jinja2")
COMMANDS = [command.name for command in app.registered_commands]


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        pytest.param(["--help"], [], id="--help"),
        pytest.param(["--version"], [], id="--version"),
        # typer itself checks the values of a command's options with pydantic when that is installed
        pytest.param(["schedule", "--help"], ["pydantic"], id="a command's --help"),
    ],
)
def test_help_loads_nothing_heavy(arguments: list[str], loaded: list[str]):
    program = (
        "import sys\nfrom safeplan.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        f"print(*sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, text=True)
    assert set(done.stderr.split()) <= set(loaded)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capfd: pytest.CaptureFixture[str]):
    assert run(command, "--help") == 0
    out = capfd.readouterr().out
    assert f"safeplan {command}" in out.split("─╯")[-1]


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=" ".join)
def test_help_fits_80_columns(command: list[str]):
    environment = {**os.environ, "COLUMNS": "80", "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "safeplan", *command, "--help"], capture_output=True, check=False, env=environment
    )
    assert max(len(line) for line in done.stdout.decode().splitlines()) <= 80


def test_without_a_command_the_help_is_shown(capfd: pytest.CaptureFixture[str]):
    assert run() in (0, 2)
    assert "schedule" in "".join(capfd.readouterr())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete(shell: str):
    environment = {**os.environ, "_SAFEPLAN_COMPLETE": f"source_{shell}"}
    done = subprocess.run([sys.executable, "-m", "safeplan"], capture_output=True, check=False, env=environment)
    assert b"safeplan" in done.stdout.lower()
