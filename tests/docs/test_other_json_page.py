"""The page on the JSON of overdue, status and diff describes the keys that these commands write."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from safeplan.core.compare import Change

from .pages import DOCS, run, text_of

PAGE = DOCS / "reference" / "json-overdue-status-diff.md"
PLAN = DOCS / "reference" / "example" / "two-days.yaml"
TARGETS = """\
targets:
  - {name: 隐患整改率, measure: rectification-rate, at_least: 90%}
"""
TOLD = (
    "record visit Q1 --day 2026-03-02 --finding 电线老化",
    "record penalty Q1 --day 2026-03-02 --text 安全出口上锁",
    "record penalty Q1 --day 2026-03-03 --text 安全出口上锁",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    (folder / "plan.yaml").write_text(text_of(PLAN) + TARGETS, encoding="utf-8")
    for line in TOLD:
        found = run(f"safeplan {line} --as 王强", folder)
        assert found.code == 0, found.err
    return folder


def written(line: str, office: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(f"safeplan {line} --format json", office).out)
    return document


def test_every_key_of_overdue_is_described_in_its_order(office: Path) -> None:
    from generator import other_json_page as page

    found = written("overdue --as-of 2026-04-20", office)
    assert list(found) == list(page.OVERDUE)
    assert list(found["rows"][0]) == list(page.ROW)
    assert list(found["penalties"][0]) == list(page.PENALTY)


def test_every_key_of_status_is_described_in_its_order(office: Path) -> None:
    from generator import other_json_page as page

    found = written("status --as-of 2026-04-20", office)
    assert list(found) == list(page.STATUS)
    assert list(found["targets"][0]) == list(page.TARGET)


def test_every_key_of_diff_is_described_in_its_order(tmp_path: Path) -> None:
    from generator import other_json_page as page

    shutil.copy(PLAN, tmp_path / "old.yaml")
    (tmp_path / "new.yaml").write_text(text_of(PLAN).replace("2026-03-10", "2026-03-11"), encoding="utf-8")
    found = written("diff old.yaml new.yaml", tmp_path)
    assert list(found) == list(page.DIFF)
    assert list(found["changes"][0]) == list(page.CHANGE)


@pytest.mark.parametrize("change", Change)
def test_every_change_is_on_the_page(change: Change) -> None:
    assert f"`{change.value}`" in text_of(PAGE)
