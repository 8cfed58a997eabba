"""The page on the JSON describes the keys that the program writes, and its example is the program's own."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from safeplan.terms.family import Family
from safeplan.terms.reason import Kind, Reason

from .pages import DOCS, blocks, run, text_of

PAGE = DOCS / "reference" / "json.md"
PLAN = DOCS / "reference" / "example" / "two-days.yaml"


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    found = run(f"safeplan schedule {PLAN.name} --format json --lang en --today 2026-03-01", PLAN.parent)
    assert found.code == 1
    document: dict[str, Any] = json.loads(found.out)
    return document


def test_the_example_of_the_page_is_what_the_command_writes(written: dict[str, Any]) -> None:
    shown = json.loads(blocks(PAGE, "json")[0])
    assert written["made_by"].pop("calendar").startswith(shown["made_by"].pop("calendar"))
    assert shown == written


def test_the_plan_of_the_page_is_the_file_beside_it() -> None:
    assert yaml.safe_load(blocks(PAGE, "yaml")[0]) == yaml.safe_load(text_of(PLAN))


def test_every_key_that_is_written_is_described_in_its_order(written: dict[str, Any]) -> None:
    from generator import json_page

    assert list(written) == list(json_page.TOP)
    assert list(written["visits"][0]) == list(json_page.VISIT)
    assert list(written["visits"][0]["serves"][0]) == list(json_page.SERVED)
    assert list(written["activities"][0]) == list(json_page.ACTIVITY)
    assert list(written["unplaced"][0]) == list(json_page.OPEN) == list(written["carried_over"][0])
    assert list(written["unplaced"][0]["proof"]) == list(json_page.PROOF)


@pytest.mark.parametrize("word", [*Kind, *Reason, *Family], ids=str)
def test_every_word_that_a_key_may_hold_is_on_the_page(word: str) -> None:
    assert re.search(rf"`{re.escape(word)}`", text_of(PAGE))
