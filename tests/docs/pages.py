"""The pages of the documentation as the tests read them: their blocks of code, and a folder to run them in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

NAMES = (
    "楚天塑业有限公司", "隆盛农贸市场", "红星五金加工厂", "东街液化气站", "西街便民超市", "隆盛中心小学食堂",
    "鑫源木器厂", "永发烟花爆竹零售店", "东街卫生院", "顺达汽修厂", "宏光印刷厂", "桥头饭庄",
)  # fmt: skip
SECTORS = ("化工", "集贸市场", "五金", "燃气", "商贸", "学校")
GAS = ("无", "瓶装", "管道")
OFFICE_ROWS = [
    (f"{name}{branch}", ("A类", "B", "c", "甲")[i % 4], ("东街村", "西街村")[i % 2], SECTORS[i % 6], f"新街{i + 1}号")
    for branch in ("", "二部", "三部")
    for i, name in enumerate(NAMES)
]
"""Thirty-six enterprises: A by two of its spellings, B and C."""


TOWN = """\
safeplan: 1
name: 隆盛镇2026年安全生产监督检查计划
period: 2026
language: zh-CN
use: [seed-abc]
grids:
  - {id: longsheng, name: 隆盛镇, level: 镇}
  - {id: dongjie, name: 东街村, level: 村, parent: longsheng, roles: {coordinator: huang}}
  - {id: xijie, name: 西街村, level: 村, parent: longsheng, roles: {coordinator: huang}}
officers:
  - {id: wang, name: 王强, grids: [longsheng], certificate: "23010001"}
  - {id: li, name: 李芳, grids: [longsheng], certificate: "23010002"}
  - {id: huang, name: 黄秀英}
enterprises:
  - file: 企业台账.xlsx
"""
"""The plan that the how-to pages change, beside the spreadsheet of an office."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(page), re.DOTALL | re.MULTILINE)


def commands(page: Path) -> list[str]:
    """The lines of a page's sh blocks that run safeplan, without their comments."""
    lines = "".join(blocks(page, "sh")).splitlines()
    return [line.split("  #")[0].strip() for line in lines if line and not line.startswith("#")]


def run(command: str, folder: Path, language: str = "C.UTF-8") -> Ran:
    """Run one line as a shell would, `safeplan` being the one under test."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "SAFEPLAN"))}
    environment |= {"LC_ALL": language, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    found = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, env=environment
    )
    return Ran(found.returncode, found.stdout.decode(), found.stderr.decode())


def write_office_register(path: Path) -> None:
    """Write a spreadsheet as an office has it: a title, headings, six enterprises, a total."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["隆盛镇企业台账"])
        sheet.write_row(1, 0, ["序号", "企业名称", "管理分类", "所属村", "行业类别", "地址", "用气", "联系电话"])
        for i, (name, letter, village, sector, address) in enumerate(OFFICE_ROWS):
            sheet.write_row(2 + i, 0, [i + 1, name, letter, village, sector, address, GAS[i % 3], f"138{i:08}"])
        sheet.write_row(2 + len(OFFICE_ROWS), 0, ["合计", f"{len(OFFICE_ROWS)}家"])
