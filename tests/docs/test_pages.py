"""The documentation hangs together: every page is reached from its index, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from safeplan.core.rules.kinds import KINDS

from .pages import DOCS, ROOT, text_of

PAGES = sorted(DOCS.rglob("*.md"))
ADDING = DOCS / "adding-a-rule.md"


def links(page: Path) -> list[str]:
    return [one for one in re.findall(r"\]\(([^)\s]+)\)", text_of(page)) if "://" not in one]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    from generator.markdown import anchor

    for link in links(page):
        target, _, fragment = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), link
        if fragment and not re.fullmatch(r"L\d+", fragment):
            assert fragment in {anchor(one) for one in re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)}, link


def test_every_page_is_in_the_index() -> None:
    listed = {(DOCS / link.partition("#")[0]).resolve() for link in links(DOCS / "README.md")}
    assert {page for page in PAGES if page.name != "README.md"} <= listed


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_both_readmes_lead_to_the_index_and_the_tutorial(readme: str) -> None:
    found = links(ROOT / readme)
    assert "docs/README.md" in found
    assert any(link.startswith("docs/tutorial") for link in found)


@pytest.mark.parametrize("kind", [expand.__module__.rpartition(".")[2] for expand in KINDS])
def test_every_kind_of_the_list_is_on_the_page_about_adding_one(kind: str) -> None:
    linked = set(links(ADDING))
    assert {f"../src/safeplan/plan/rules/{kind}.py", f"../src/safeplan/core/rules/{kind}.py"} <= linked


@pytest.mark.parametrize("module", sorted(path.stem for path in (ROOT / "src/safeplan/plan/rules").glob("[a-z]*.py")))
def test_every_model_of_a_rule_is_on_the_page_about_adding_one(module: str) -> None:
    assert f"../src/safeplan/plan/rules/{module}.py" in links(ADDING)


def test_the_names_of_code_that_the_page_mentions_are_there() -> None:
    text = text_of(ADDING)
    for name, path in (
        ("_patrols", "src/safeplan/reading/rule_lines.py"),
        ("grids_chosen", "src/safeplan/reading/rule_lines.py"),
        ("patrolled_grids", "tests/referee/owed.py"),
        ("_of_patrol", "tests/referee/owed.py"),
        ("KINDS", "src/safeplan/words/codes.py"),
    ):
        assert f"`{name}`" in text
        assert name in text_of(ROOT / path)
