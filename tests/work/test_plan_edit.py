"""Changing a plan's text: only what is asked for changes, and it stays YAML."""

from __future__ import annotations

import pytest
import yaml

from safeplan.work.plan_edit import Part, PlanText

TEXT = """\
# a plan
name: 甲计划   # its name
pins:                # by hand
  - {enterprise: E1, day: 2026-05-13}
  - enterprise: E2
    window: 2026-06-01/2026-06-12   # two weeks

    reason: 举报
  - {enterprise: E3, except: [li]}
leave: [2026-05-06, friday, 2026-06-03 pm, monday am]   # away
one: {seed: x, per: quarter}
two: {per: quarter, seed: x}
three:
  seed: x
  per: quarter   # often
list:
  - seed: y
    per: month
only: {days: [2026-05-06]}
"""


def at(edit: PlanText, *path: str | int) -> Part:
    part = edit.root()
    for step in path:
        found = part.get(step)
        assert found is not None, (path, step)
        part = found
    return part


def changed(edit: PlanText) -> list[str]:
    """The lines that are not as they were."""
    old = TEXT.splitlines()
    return [line for line in edit.result().splitlines() if line not in old]


def test_nothing_asked_nothing_changed() -> None:
    assert PlanText(TEXT).result() == TEXT


def test_a_value_is_written_in_its_place() -> None:
    edit = PlanText(TEXT)
    edit.replace(at(edit, "name").node, "乙计划")
    edit.mark(at(edit, "name"), "CHANGE")
    assert changed(edit) == ["name: 乙计划   # its name  # CHANGE"]


def test_items_of_lines_are_commented_out() -> None:
    edit = PlanText(TEXT)
    edit.drop([at(edit, "pins", 0), at(edit, "pins", 1)], "GONE")
    assert changed(edit) == [
        "  # - {enterprise: E1, day: 2026-05-13}  # GONE",
        "  # - enterprise: E2",
        "  #   window: 2026-06-01/2026-06-12   # two weeks",
        "  #   reason: 举报  # GONE",
    ]
    assert yaml.safe_load(edit.result())["pins"] == [{"enterprise": "E3", "except": ["li"]}]


def test_all_items_gone_the_list_goes() -> None:
    edit = PlanText(TEXT)
    edit.drop(list(at(edit, "pins").parts()), "GONE")
    assert "pins" not in yaml.safe_load(edit.result())
    assert "# pins:                # by hand\n" in edit.result()


@pytest.mark.parametrize(
    ("gone", "kept"),
    [
        ((0, 2), "[friday, monday am]"),
        ((2, 3), "[2026-05-06, friday]"),
        ((0, 1, 3), "[2026-06-03 pm]"),
        ((1,), "[2026-05-06, 2026-06-03 pm, monday am]"),
    ],
)
def test_items_in_brackets_are_cut(gone: tuple[int, ...], kept: str) -> None:
    edit = PlanText(TEXT)
    edit.drop([at(edit, "leave", one) for one in gone], "GONE")
    assert changed(edit) == [f"leave: {kept}   # away  # GONE"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("one", "seed"), "one: {per: quarter}  # GONE"),
        (("two", "seed"), "two: {per: quarter}  # GONE"),
        (("three", "seed"), "  # seed: x  # GONE"),
        (("list", 0, "seed"), "  - seed: y  # GONE"),  # its line holds the dash: it stays, marked
        (("only", "days", 0), "# only: {days: [2026-05-06]}  # GONE"),
    ],
)
def test_keys_are_taken_out(path: tuple[str | int, ...], line: str) -> None:
    edit = PlanText(TEXT)
    edit.drop([at(edit, *path)], "GONE")
    assert changed(edit) == [line]
    assert yaml.safe_load(edit.result())["name"] == "甲计划"


def test_something_is_written_behind_the_last_value() -> None:
    edit = PlanText(TEXT)
    edit.insert(at(edit, "one"), "a: 1")
    edit.insert(at(edit, "pins", 1), "a: 1")
    edit.insert(at(edit, "three"), "a: 1")
    edit.insert(edit.root(), "a: 1")
    assert changed(edit) == ["    a: 1", "one: {seed: x, per: quarter, a: 1}", "  a: 1", "a: 1"]
    assert "per: quarter   # often\n  a: 1\n" in edit.result()
    read = yaml.safe_load(edit.result())
    assert read["pins"][1] == {"enterprise": "E2", "window": "2026-06-01/2026-06-12", "reason": "举报", "a": 1}


def test_line_ends_of_windows_stay() -> None:
    edit = PlanText(TEXT.replace("\n", "\r\n"))
    edit.drop([at(edit, "pins", 0)], "GONE")
    edit.mark(at(edit, "name"), "CHANGE")
    assert edit.result().count("\r\n") == TEXT.count("\n")
    assert "# its name  # CHANGE\r\n" in edit.result()
