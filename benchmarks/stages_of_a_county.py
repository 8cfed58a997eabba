"""Measure how long each stage of a command takes: what the bars of the command line go by (`safeplan.cli.courses`).

    python benchmarks/stages_of_a_county.py --enterprises 20000 [--runs 3]

A county with a ledger of its year up to the middle of November, as `overdue_of_a_ledger.py` writes it. Each command
runs in a process of its own, so that a stage takes what it takes there, with what it loads. Prints the seconds of each
stage, and of writing each format: medians over all runs and commands that go through it.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

from make_county import write_county
from overdue_of_a_ledger import ENTERPRISES_AN_EVENT, TODAY, write_ledger

import safeplan

LISTENING = """
import json, sys, time
from safeplan.cli.course import Course
from safeplan.cli import main
heard = []
Course.told = lambda course, stage, share: heard.append((stage, time.perf_counter()))
try:
    main(sys.argv[2:])
finally:
    heard.append(("", time.perf_counter()))
    open(sys.argv[1], "w").write(json.dumps(heard))
"""
"""safeplan, which writes down when it told what."""

MAIL = "mail: {sender: safety@example.org, allow: [example.org]}\n"
OTHER, WEEK = "other.db", "2026-W47"
FORMATS = ("brief", "csv", "docx", "html", "ics", "json", "jsonl", "markdown", "terminal", "text", "xlsx")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("capacity",),
    ("explain", "E0000001"),
    ("schedule", "--week", WEEK, "--form", "-o", "form.xlsx", "-f"),
    ("record", "import", "form.xlsx", "--dry-run"),
    ("leave", "p00-001", "2026-11-23", "--dry-run"),
    ("record", "visit", "E0000001", "--ledger", OTHER),  # there nothing was adopted: the year is foreseen
    ("schedule", "--ledger", OTHER, "--format", "json"),
    ("diff", "adopted", "plan.yaml", "--format", "json"),
    ("issue", "--week", WEEK),
    ("mail", "--week", WEEK, "--output", "letters", "-f"),
    ("overdue",),
    ("status",),
    ("report", "--month", "10"),
    ("dossier", "E0000001"),
    ("init", "started", "--register", "enterprises.csv", "-f"),
    ("init", "--next-year", "--plan", "plan.yaml", "-f"),
    ("ledger", "verify"),
    ("ledger", "backup", "-o", "copy.db", "-f"),
    *(("ledger", "export", "-o", f"ledger.{form}", "-f") for form in ("csv", "jsonl", "xlsx")),
)
ON_A_DAY = {"explain", "leave", "schedule", "diff", "issue", "mail"}


def main() -> None:
    """Make the county and its ledger, run every command, print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--enterprises", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    wishes = parser.parse_args()
    stages: dict[str, list[float]] = defaultdict(list)
    writing: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, wishes.enterprises)
        for _ in range(wishes.runs):
            shutil.copy(folder / "told.db", folder / "safeplan.db")
            (folder / OTHER).unlink(missing_ok=True)
            for command in COMMANDS:
                for stage, seconds in heard(folder, command):
                    of_a_file = stage == "write" and command[1:2] == ("export",)
                    (writing[f"ledger {command[3].rpartition('.')[2]}"] if of_a_file else stages[stage]).append(seconds)
            for form in FORMATS:  # a year without a ledger: all of it lies ahead
                command = ("schedule", "--all", "--format", form, "-o", "roster", "-f", "--ledger", "none.db")
                for stage, seconds in heard(folder, command, "2026-01-01"):
                    if stage != "ledger":
                        (writing[form] if stage == "write" else stages[stage]).append(seconds)
    show("stage", stages)
    show("writing", writing)


def make(folder: Path, enterprises: int) -> None:
    """Write the plan, with letters to every officer, and the ledger."""
    write_county(enterprises, folder)
    path = folder / "plan.yaml"
    text = re.sub(r"\{id: (p[\d-]+),", r"{id: \1, email: \1@example.org,", path.read_text(encoding="utf-8"))
    path.write_text(text + MAIL, encoding="utf-8")
    write_ledger(safeplan.read_plan(path), folder / "told.db", round(enterprises / ENTERPRISES_AN_EVENT))


def heard(folder: Path, command: tuple[str, ...], today: str = TODAY.isoformat()) -> Iterator[tuple[str, float]]:
    """Run a command and give its stages with the seconds that each took when it came; of letters those of one."""
    told = folder / "told.json"
    day = ("--today", today) if command[0] in ON_A_DAY else ()
    done = subprocess.run(
        [sys.executable, "-c", LISTENING, str(told), *command, *day], cwd=folder, capture_output=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(f"{command} failed: {done.stderr.decode()}")
    for stage, times in groupby(pairwise(json.loads(told.read_text())), key=lambda both: both[0][0]):
        seconds = [ended - began for (_, began), (_, ended) in times]
        yield stage, sum(seconds) / (len(seconds) if stage == "letters" else 1)


def show(title: str, measured: dict[str, list[float]]) -> None:
    """Print the medians."""
    print(f"| {title} | s |\n| --- | --- |")
    for name, seconds in sorted(measured.items()):
        print(f"| {name} | {statistics.median(seconds):.2f} |")


if __name__ == "__main__":
    main()
