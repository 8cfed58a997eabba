"""Modifiers whose factor rounding takes back are warned of, with the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading.plans import SOUND, read


@pytest.mark.parametrize(
    ("modifier", "said"),
    [
        pytest.param(
            "where: {tags: key}, times: 1.25",
            [("A类", "1 per month", "1.25", 1), ("B类", "1 per quarter", "1.25", 1)],
            id="each class that has enterprises",
        ),
        pytest.param("where: {tags: key}, times: 1.5", [], id="half is rounded up"),
        pytest.param("where: {tags: key}, times: 0.5",
                     [("A类", "1 per month", "0.5", 1), ("B类", "1 per quarter", "0.5", 1)], id="half of one is one"),
        pytest.param("where: {tags: key}, times: 0.4", [], id="less than half is none"),
        pytest.param("where: {tags: key}, times: 1", [], id="once is meant"),
        pytest.param("where: {class: B, tags: key}, times: 1.25", [("B类", "1 per quarter", "1.25", 1)],
                     id="only the class that it is about"),
        pytest.param("where: {class: none}, times: 1.25", [], id="about no class"),
        pytest.param("where: {any: [{class: A}, {tags: key}]}, times: 1.4",
                     [("A类", "1 per month", "1.4", 1), ("B类", "1 per quarter", "1.4", 1)], id="it may be any class"),
    ],
)  # fmt: skip
def test_a_factor_without_effect(modifier: str, said: list[tuple[str, str, str, int]], tmp_path: Path) -> None:
    result = read(tmp_path, SOUND + f"modifiers: [{{name: 加密, {modifier}}}]\n")
    found = [one.values for one in result.diagnostics if one.code == "modifier-without-effect"]
    assert [(one["name"], one["often"], one["figure"], one["n"]) for one in found] == said


def test_a_class_that_owes_many_at_once_feels_a_small_factor(tmp_path: Path) -> None:
    text = SOUND.replace("1 per month, family: patrol}\n  B", "12 per year, family: patrol}\n  B")
    result = read(tmp_path, text + "modifiers: [{name: 加密, where: {class: A}, times: 1.25}]\n")
    assert "modifier-without-effect" not in [one.code for one in result.diagnostics]
