"""The how-to pages work: each page's plan parts and commands are done one after another in a town's folder.

A block of YAML stands in place of the parts of plan.yaml with the same keys, or at its end; one that is no part of a
plan is only parsed. A command ends with 0, or as its comment says; a block of text is what the commands say.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from safeplan.plan.file import PlanFile

from .pages import DOCS, TOWN, blocks, run, text_of, write_office_register

PAGES = sorted((DOCS / "how-to").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
KEYS = {field.alias or name for name, field in PlanFile.model_fields.items()}


@pytest.fixture(scope="module", params=PAGES, ids=lambda page: page.stem)
def page(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_every_command_of_a_how_to_runs(page: Path, tmp_path: Path) -> None:
    write_office_register(tmp_path / "企业台账.xlsx")
    plan = tmp_path / "plan.yaml"
    plan.write_text(TOWN, encoding="utf-8")
    shown = ""
    for language, block in BLOCK.findall(text_of(page)):
        if language == "yaml":
            lay_over(plan, block)
        elif language == "python":
            (tmp_path / "program.py").write_text(block, encoding="utf-8")
            assert run("python program.py", tmp_path).code == 0
        elif language == "text":
            assert all(line in shown for line in block.splitlines()), shown
        else:
            for line in block.splitlines():
                said = re.search(r"# exit code (\d)", line)
                found = run(line, tmp_path)
                assert found.code == (int(said[1]) if said else 0), (line, found.out, found.err)
                shown += found.out
    found = run("safeplan check plan.yaml", tmp_path)
    assert found.code == 0, found.out


def lay_over(plan: Path, block: str) -> None:
    """Put the parts of a block in place of the plan's."""
    parts = yaml.load(block, Loader=yaml.BaseLoader)
    if set(parts) <= KEYS:
        whole = yaml.load(text_of(plan), Loader=yaml.BaseLoader) | parts
        plan.write_text(yaml.dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")


def test_a_how_to_is_short_and_names_the_task_in_both_languages(page: Path) -> None:
    text = text_of(page)
    assert re.match(r"# .+ \(.*[\u4e00-\u9fff].*\)\n", text)
    assert len(text.splitlines()) <= 80
    assert blocks(page, "sh")


def test_what_is_missing_has_a_reason_in_words_and_a_code(tmp_path: Path) -> None:
    from safeplan.terms.reason import Reason

    text = text_of(DOCS / "how-to" / "why-is-it-not-planned.md")
    assert all(f"`{reason}`" in text for reason in Reason)
