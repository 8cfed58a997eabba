"""The one place where the referee's tests meet safeplan: a plan's path in, its schedule's JSON out."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def schedule_json(path: Path, today: dt.date | None = None) -> dict[str, Any]:
    """By the public API, in this process: what the property tests call thousands of times."""
    import safeplan
    from safeplan.core.choice import Choice
    from safeplan.output.json import render_json

    return json.loads(render_json(safeplan.schedule(safeplan.read_plan(path), today=today), Choice(with_surprise=True)))


def schedule_json_by_command(path: Path) -> dict[str, Any]:
    """By the command line, as an outsider would. Exit code 1 (something unplaced) is a good schedule too."""
    command = [
        sys.executable,
        "-m",
        "safeplan",
        "schedule",
        "--plan",
        str(path),
        "--all",
        "--with-surprise",
        "--format",
        "json",
    ]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise RuntimeError(f"exit {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)
