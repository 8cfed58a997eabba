"""What is imported when, and by whom."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("polars", "numpy", "pydantic", "sqlalchemy", "holidays", "xlsxwriter", "docx", "python_calamine")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]], ids=" ".join)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    script = f"""
import sys
sys.argv = ["safeplan", *{arguments!r}]
from safeplan.cli import main
try:
    main()
except SystemExit:
    loaded = [name for name in {HEAVY!r} if name in sys.modules]
    print("LOADED", *loaded, file=sys.stderr)
"""
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stderr.splitlines()[-1] == "LOADED"


def test_the_package_itself_is_light() -> None:
    script = f"import sys, safeplan; print([n for n in {HEAVY!r} if n in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
