"""The tutorial works: its commands run one after another on a spreadsheet as an office has it, in both languages.

A block of YAML stands in place of the part of plan.yaml with the same key, or at its end; a block of text after a
command is what the command says.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .pages import DOCS, run, text_of, write_office_register

ENGLISH, CHINESE = DOCS / "tutorial.md", DOCS / "tutorial.zh-CN.md"
SURROUNDINGS = {ENGLISH: "C.UTF-8", CHINESE: "zh_CN.UTF-8"}
Office = tuple[Path, list[tuple[str, str]]]
"""The folder in which the tutorial was followed, and each block of text with what the commands before it said."""

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def walk(page: Path, folder: Path) -> list[tuple[str, str]]:
    """Do what the page says in a folder; give each block of text with what the commands before it said."""
    write_office_register(folder / "企业台账.xlsx")
    shown: list[tuple[str, str]] = []
    said, mistaken = "", False
    for language, block in BLOCK.findall(text_of(page)):
        if language == "text":
            shown.append((block, said))
        elif language == "yaml":
            put(folder / "plan.yaml", block)
            mistaken = "隆胜镇" in block
        else:
            said = ""
            for line in block.splitlines():
                if line.startswith("cd "):
                    folder = folder / line.removeprefix("cd ")
                    continue
                found = run(line, folder, SURROUNDINGS[page])
                said += found.out + found.err
                assert found.code == (2 if mistaken else 0), (line, said)
    return shown


def put(plan: Path, block: str) -> None:
    key = block.split(":")[0]
    written, found = re.subn(
        rf"^{key}:.*\n(?:(?: .*)?\n)*", lambda _: f"{block}\n", text_of(plan), count=1, flags=re.MULTILINE
    )
    plan.write_text(written if found else f"{text_of(plan)}\n{block}", encoding="utf-8")


@pytest.fixture(scope="module", params=[ENGLISH, CHINESE], ids=["English", "Chinese"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    return folder / "my-town", walk(request.param, folder)


def test_every_command_runs_and_says_what_the_tutorial_shows(office: Office) -> None:
    assert len(office[1]) == 4
    for block, said in office[1]:
        for line in block.splitlines():
            assert line in said


def test_the_pinned_visit_is_on_the_printed_roster(office: Office) -> None:
    import openpyxl

    book = openpyxl.load_workbook(office[0] / "week20.xlsx")
    rows = [[str(cell) for cell in row] for sheet in book for row in sheet.iter_rows(values_only=True)]
    pinned = [row for row in rows if "红星五金加工厂" in row]
    assert len(pinned) == 3  # the whole week, and a sheet for each of the two officers
    assert all(row[0].startswith("2026-05-13") for row in pinned)


def test_both_languages_have_the_same_commands_and_plan() -> None:
    both = [[b for b in BLOCK.findall(text_of(page)) if b[0] != "text"] for page in (ENGLISH, CHINESE)]
    assert both[0] == both[1]
    headings = [len(re.findall(r"^#+ ", text_of(page), re.MULTILINE)) for page in (ENGLISH, CHINESE)]
    assert headings[0] == headings[1]
