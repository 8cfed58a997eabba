"""Small plans on disk, and safeplan run on them in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeplan.cli import main

GOOD = """\
safeplan: 1
name: 石桥村2026年安全检查计划
period: 2026-01-01/2026-03-31
language: en
classes:
  A: {label: A类, visits: 1 per month, family: patrol}
teams: [{id: t, name: 中队}]
grids:
  - {id: shiqiao, name: 石桥村}
  - {id: shimen, name: 石门村}
officers:
  - {id: zhao, name: 赵志刚, grids: [shiqiao, shimen], certificate: "1", teams: [t]}
  - {id: zhang, name: 张小梅, grids: [shiqiao, shimen], certificate: "2", teams: [t]}
enterprises:
  - {id: Q1, name: 液化气站, class: A, grid: shiqiao, contact: {name: 周经理, phone: "13800000000"}}
  - {id: Q2, name: 桥头饭庄, class: A, grid: shiqiao}
  - {id: Q3, name: 小卖部, class: A, grid: shimen}
"""
SHORT = GOOD.replace("family: patrol}", "family: patrol, minutes: 300, days: holidays}").replace(
    "period: 2026-01-01/2026-03-31", "period: 2026-05-01/2026-05-31"
).replace("1 per month", "9 per month")  # fmt: skip
"""Nine visits a month to each of three, on the few days off around 1 May: most cannot be placed."""
BAD = GOOD.replace("class: A, grid: shimen", "class: B, grid: shimen")


def write(folder: Path, text: str = GOOD, name: str = "plan.yaml") -> Path:
    """Write a plan and give its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    """Run safeplan in this process and give its exit code."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)
