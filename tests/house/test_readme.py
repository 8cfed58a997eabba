"""The two READMEs say the same, and what they show runs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ENGLISH, CHINESE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands() -> list[str]:
    lines = "".join(blocks(ENGLISH, "sh")).splitlines()
    return [line.split("  #")[0].strip() for line in lines if line.startswith("safeplan ")]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the README's plan and a spreadsheet as an office has it."""
    import xlsxwriter

    folder = tmp_path_factory.mktemp("office")
    plan = yaml.safe_load(blocks(ENGLISH, "yaml")[0])
    plan["enterprises"] = plan["enterprises"][:1]
    (folder / "plan.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    with xlsxwriter.Workbook(str(folder / "企业台账.xlsx")) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["隆盛镇企业台账"])
        sheet.write_row(1, 0, ["序号", "企业名称", "管理分类", "所属村", "联系电话"])
        for i, (name, letter, village) in enumerate(
            [("楚天塑业有限公司", "A类", "东街村"), ("隆盛农贸市场", "B", "东街村"), ("红星五金加工厂", "c", "西街村")]
        ):
            sheet.write_row(2 + i, 0, [i + 1, name, letter, village, "13800000000"])
    return folder


def test_both_readmes_have_the_same_headings_and_commands() -> None:
    assert len(re.findall(r"^#+ ", ENGLISH, re.MULTILINE)) == len(re.findall(r"^#+ ", CHINESE, re.MULTILINE))
    for language in ("sh", "yaml", "python"):
        assert blocks(ENGLISH, language) == blocks(CHINESE, language)


def test_every_command_of_the_readme_runs_one_after_another(office: Path) -> None:
    for command in commands():
        if "--install-completion" in command:
            continue
        arguments = shlex.split(command.split(" # ")[0])[1:]
        found = subprocess.run(
            [sys.executable, "-m", "safeplan", *arguments], cwd=office, capture_output=True, stdin=subprocess.DEVNULL
        )
        assert found.returncode == 0, (command, found.stdout.decode(), found.stderr.decode())


def test_the_python_of_the_readme_runs() -> None:
    found = subprocess.run([sys.executable, "-c", blocks(ENGLISH, "python")[0]], cwd=ROOT, capture_output=True)
    assert found.returncode == 0, found.stderr.decode()
    assert b"Figures" in found.stdout


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["English", "Chinese"])
def test_every_link_of_the_readme_leads_somewhere(text: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
