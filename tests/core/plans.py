"""Plans for the core's tests: written as the file would be, read by the real reader."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import safeplan
from safeplan.plan.plan import Plan

CREW: dict[str, Any] = {
    "grids": [{"id": "town", "name": "镇"}],
    "officers": [
        {"id": "wang", "name": "王强", "grids": ["town"], "certificate": "1"},
        {"id": "li", "name": "李芳", "grids": ["town"], "certificate": "2"},
    ],
}
"""A town with a certified pair."""


def plan_of(parts: dict[str, Any]) -> Plan:
    """Read a plan made of some of its parts."""
    return _read(yaml.safe_dump({"safeplan": 1, "name": "试验", **parts}, allow_unicode=True, sort_keys=False))


@cache
def _read(text: str) -> Plan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.yaml")
        path.write_text(text, encoding="utf-8")
        return safeplan.read_plan(path)


def firm(number: int, class_: str = "A", **more: Any) -> dict[str, Any]:
    """Give an enterprise of the town."""
    return {"id": f"E{number}", "name": f"企业{number}", "class": class_, "grid": "town", **more}
