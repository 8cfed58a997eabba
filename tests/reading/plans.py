"""A small sound plan, and ways to spoil it."""

from __future__ import annotations

from pathlib import Path

from safeplan.reading.plan import ReadResult, read_plan

SOUND = """\
safeplan: 1
name: 石桥镇2026年安全检查计划
period: 2026
seasons: {flood: 2026-05-15/2026-09-30}
classes:
  A: {label: A类, visits: 1 per month, family: patrol}
  B: {label: B类, visits: 1 per quarter, family: inspection}
caps:
  - {name: 一般, column: standard_level, per_year: {1: 1, 2: 2, none: 6}}
teams:
  - {id: brigade, name: 中队}
grids:
  - {id: zhen, name: 石桥镇, level: 镇, roles: {lead: zhao}}
  - {id: dong, name: 东村, level: 村, parent: zhen, roles: {coordinator: sun}}
officers:
  - {id: zhao, name: 赵志刚, grids: [zhen], teams: [brigade], certificate: "42000001"}
  - {id: qian, name: 钱小梅, grids: [zhen], teams: [brigade], certificate: "42000002"}
  - {id: sun, name: 孙国良, grids: [dong]}
patrols:
  - {name: 夜巡, grids: {level: 村}, visits: 1 per month, by: coordinator}
enterprises:
  - {id: Q1, name: 石桥液化气站, class: A, grid: dong, sector: gas, tags: [key]}
  - {id: Q2, name: 桥头饭庄, class: B, grid: dong, sector: catering, closed: [2026-06-01/2026-06-30]}
pins:
  - {enterprise: Q2, day: 2026-05-13, cause: complaint}
"""
"""Nothing is wrong with it, and every kind of thing is in it."""


def read(folder: Path, text: str = SOUND, **files: str | bytes) -> ReadResult:
    """Write a plan with files beside it (a name's `_` before its suffix is a dot), and read it."""
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        path = folder / f"{stem}.{suffix}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return read_plan(path)


def spoilt(old: str, new: str) -> str:
    """Give the sound plan with one place changed."""
    assert old in SOUND, old
    return SOUND.replace(old, new, 1)


def codes(result: ReadResult) -> list[str]:
    """Give the codes of what was found, in order."""
    return [one.code for one in result.diagnostics]
