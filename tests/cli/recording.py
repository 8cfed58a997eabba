"""A plan in whose folder things are recorded, and what its ledger holds afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cli.plans import run, write
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import open_ledger

PLAN = """\
safeplan: 1
name: 石桥村2026年安全检查计划
period: 2026
language: en
classes:
  A: {label: A类, visits: 1 per month, family: patrol}
  B: {label: B类, visits: 1 per quarter, family: patrol}
teams: [{id: t, name: 中队}]
grids:
  - {id: shiqiao, name: 石桥村}
  - {id: shimen, name: 石门村}
officers:
  - {id: zhao, name: 赵志刚, grids: [shiqiao, shimen], certificate: "1", teams: [t]}
  - {id: zhang, name: 张小梅, grids: [shiqiao, shimen], certificate: "2", teams: [t]}
enterprises:
  - {id: Q1, name: 液化气站, class: A, grid: shiqiao, credit_code: 91420000MA4K00000X}
  - {id: Q2, name: 桥头饭庄, class: A, grid: shiqiao, address: 新街12号}
  - {id: Q3, name: 小卖部, class: B, grid: shimen}
  - {id: Q4, name: 楚天塑业有限公司, class: A, grid: shimen, address: 石门村工业区三号路}
  - {id: Q5, name: 小卖部, class: B, grid: shiqiao}
patrols: [{name: 夜巡, grids: [shimen], visits: 1 per month}]
triggers: [{name: 农村宴席, event: banquet, within: 1 workday, family: patrol}]
campaigns: [{name: 消防整治, phases: [{name: 整治, from: 2026-01-05, until: 两会闭幕, activity: 动员会}]}]
activities:
  - {name: 食品安全工作会议, kind: meeting, every: quarter, day: 2nd workday, owner: zhao}
  - {name: 防火演练, kind: drill, month: 10, owner: zhao}
rectification:
  deadlines: {general: 15 days, major: 30 days}
  reinspect: {within: 10 workdays, from: earlier}
retry: {closed: 5 workdays, refused: 2 workdays}
targets:
  - {name: 量化等级公示率, measure: reported, at_least: 90%}
  - {name: 事故起数, measure: reported, at_most: 3}
  - {name: A类覆盖率, measure: coverage, at_least: 100%}
"""


class Office:
    """A folder with a plan, and safeplan run in it."""

    def __init__(self, folder: Path, text: str = PLAN) -> None:
        self.folder = folder
        self.plan = write(folder, text)

    def record(self, *arguments: object) -> int:
        """Run `safeplan record` and give its exit code."""
        return run("record", *arguments, "-p", self.plan, "--as", "王会计")

    def told(self) -> list[dict[str, Any]]:
        """Give the events of the ledger: kind, day, who, and the fields of the body."""
        ledger = open_ledger(LedgerPlace(self.folder / "safeplan.db"))
        if ledger is None:
            return []
        with ledger:
            rows = ledger.records().rows(named=True)
        return [
            {"kind": row["kind"], "day": str(row["day"]), "who": row["who"], **json.loads(row["body"])} for row in rows
        ]
