"""The plan's text is YAML whatever the register holds, and its comments end with their line."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from safeplan.words.language import Words
from safeplan.work.plan_text import register_plan, scalar, starting_plan
from safeplan.work.register_columns import Mapped, SetAside
from safeplan.work.register_draft import Draft, FoundClass, Village

EVIL = '坏\n  evil: [1]\u2028"}#'
DRAFT = Draft(
    file=EVIL,
    sheet=EVIL,
    header=3,
    town=EVIL,
    town_level="镇",
    town_known=False,
    columns=(Mapped(EVIL, "class", "guessed", (EVIL,)), Mapped("电话", "contact_phone", "guessed", ("13800000000",))),
    aside=(SetAside(EVIL + "2", "credit_code", "repeated", 2, (5, 6)),),
    kept=(EVIL,),
    villages=(Village("v", EVIL, "村", 3), Village("w", EVIL, "村", 3, "v")),
    classes=(
        FoundClass("A", "A类", 1, preset=True),
        FoundClass("D", EVIL, 2),
        FoundClass("E", "E", 1, visits="1 per year"),
    ),
    has_classes=True,
    has_grids=True,
    has_coordinates=True,
    enterprises=4,
    diagnostics=(),
)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_a_scalar_is_read_back_as_it_was_in_any_place(text: str) -> None:
    assert yaml.load(f"- {{a: {scalar(text)}, b: 1}}", yaml.BaseLoader) == [{"a": text, "b": "1"}]
    assert "\n" not in scalar(text)


@pytest.mark.parametrize(
    "text", ["东街村", "D类", "E0001", "隆盛镇2026年安全检查计划", "企业台账.xlsx", "1 per half-year"]
)
def test_plain_words_stand_without_quotes(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_a_register_holds_never_becomes_a_key(language: str) -> None:
    text = register_plan(DRAFT, "台账.xlsx", 2026, Words(language))
    read = yaml.load(text, yaml.BaseLoader)
    assert set(read) == {"safeplan", "name", "period", "language", "use", "classes", "grids", "officers", "enterprises"}
    assert read["enterprises"][0]["columns"][EVIL] == "class"
    assert read["grids"][1]["name"] == EVIL
    assert "13800000000" not in text, "what stands in a personal column is not repeated in the plan"


def test_the_preset_is_used_only_for_classes_that_it_has() -> None:
    own = replace(DRAFT, classes=(FoundClass("D", "D类", 2, visits="1 per year"),))
    assert "use" not in yaml.load(register_plan(own, "a.csv", 2026, Words("en")), yaml.BaseLoader)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_first_line_tells_editors_where_the_schema_is(language: str) -> None:
    first = "# yaml-language-server: $schema=safeplan.schema.json"
    assert starting_plan(2026, Words(language)).splitlines()[0] == first
    assert register_plan(DRAFT, "a.csv", 2026, Words(language)).splitlines()[0] == first
