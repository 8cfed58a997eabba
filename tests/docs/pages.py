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

OFFICE_ROWS = [
    ("楚天塑业有限公司", "A类", "东街村", "化工", "东街1号"),
    ("隆盛农贸市场", "B", "东街村", "集贸市场", "东街8号"),
    ("红星五金加工厂", "c", "西街村", "五金", "西街12号"),
    ("东街液化气站", "甲", "东街村", "燃气", "东街30号"),
    ("西街便民超市", "C类", "西街村", "商贸", "西街3号"),
    ("隆盛中心小学食堂", "A", "西街村", "学校", "西街20号"),
]


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
        sheet.write_row(1, 0, ["序号", "企业名称", "管理分类", "所属村", "行业类别", "地址", "联系电话"])
        for i, (name, letter, village, sector, address) in enumerate(OFFICE_ROWS):
            sheet.write_row(2 + i, 0, [i + 1, name, letter, village, sector, address, f"1380000000{i}"])
        sheet.write_row(2 + len(OFFICE_ROWS), 0, ["合计", f"{len(OFFICE_ROWS)}家"])
