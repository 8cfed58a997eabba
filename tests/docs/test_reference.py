"""The reference is made from the program: every page is fresh, every key described, every command documented."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from generator.commands_page import commands
from pydantic import BaseModel

from safeplan.plan.enterprise import Enterprise
from safeplan.plan.file import PlanFile, TableFile
from safeplan.terms.day_of import DayOf
from safeplan.terms.days import Days
from safeplan.terms.duration import Duration
from safeplan.terms.frequency import Frequency
from safeplan.terms.recurrence import Recurrence
from safeplan.terms.share import Share
from safeplan.terms.span import Span
from safeplan.terms.text import parse_day

from .pages import DOCS, run, text_of

REFERENCE = DOCS / "reference"
EXAMPLE = REFERENCE / "example" / "plan.yaml"
PARSERS: dict[str, Callable[[str], object]] = {
    "day": lambda text: parse_day(text, 2026),
    "span": lambda text: Span.parse(text, 2026),
    "days": lambda text: Days.parse(text, 2026),
    "frequency": Frequency.parse,
    "duration": Duration.parse,
    "share": Share.parse,
    "day of a unit": DayOf.parse,
    "recurrence": Recurrence.parse,
}


def models() -> dict[type[BaseModel], str]:
    from generator.format_page import _named

    return {PlanFile: "", **_named()}


def values() -> list[tuple[str, str]]:
    from generator.format_page import VALUES

    return [(name, example) for name, _, examples in VALUES for example in examples]


@pytest.fixture(scope="module")
def stale() -> list[str]:
    found = subprocess.run(
        [sys.executable, str(DOCS / "generate_reference.py"), "--check"], capture_output=True, text=True
    )
    assert found.returncode in (0, 1), found.stderr
    return found.stdout.split()


@pytest.mark.parametrize(
    "page", ["format.md", "commands.md", "json.md", "json-overdue-status-diff.md", "diagnostics.md"]
)
def test_a_page_of_the_reference_is_as_the_program_is(page: str, stale: list[str]) -> None:
    assert page not in stale, "`make docs` writes it anew"


@pytest.mark.parametrize(
    ("model", "key"),
    [pytest.param(model, key, id=f"{model.__name__}.{key}") for model in models() for key in model.model_fields],
)
def test_every_key_of_the_format_says_what_it_is(model: type[BaseModel], key: str) -> None:
    shared = next(
        base.model_fields[key] for base in reversed(model.__mro__) if key in getattr(base, "model_fields", {})
    )
    assert model.model_fields[key].description or shared.description


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_model_of_the_format_has_a_section(model: type[BaseModel]) -> None:
    path = models()[model] or "The keys of a plan"
    assert re.search(rf"^##+ {re.escape(path)}$", text_of(REFERENCE / "format.md"), re.MULTILINE)


def test_every_known_heading_of_the_register_is_in_the_format_page() -> None:
    page = text_of(REFERENCE / "format.md").split("### Columns of the register")[1]
    for field in Enterprise.model_fields.values():
        extra = field.json_schema_extra
        for heading in extra["headings"] if isinstance(extra, dict) else ():  # type: ignore[union-attr]
            assert str(heading) in page


@pytest.mark.parametrize(("value", "text"), values(), ids=lambda one: one)
def test_every_example_of_a_value_is_read(value: str, text: str) -> None:
    PARSERS[value](text)


def test_the_example_plan_holds_every_key_of_a_plan() -> None:
    raw = yaml.load(text_of(EXAMPLE), Loader=yaml.BaseLoader)
    assert set(raw) == {field.alias or name for name, field in PlanFile.model_fields.items()}


def test_the_example_plan_has_no_error() -> None:
    found = run("safeplan check plan.yaml --lang en", EXAMPLE.parent)
    assert found.code == 0, found.out
    assert "0 errors" in found.out


def test_every_link_within_a_page_of_the_reference_leads_to_a_heading() -> None:
    from generator.markdown import anchor

    for page in sorted(REFERENCE.glob("*.md")):
        text = text_of(page)
        anchors = {anchor(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors, page.name


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_documented_with_all_its_options(name: str) -> None:
    page = text_of(REFERENCE / "commands.md")
    section = re.search(rf"^## {name}\n(.*?)(?=^## )", page, re.DOTALL | re.MULTILINE)
    assert section is not None
    command = dict(commands())[name]
    assert command.help
    for parameter in command.params:
        assert parameter.help, parameter.name
        assert any(one in section[1] for one in (*parameter.opts, parameter.metavar or "")), parameter.name


def test_a_table_file_has_its_keys_in_the_section_on_tables() -> None:
    section = text_of(REFERENCE / "format.md").split("\n## Tables\n")[1]
    assert all(f"`{key}`" in section for key in TableFile.model_fields)


def test_the_generator_makes_the_same_pages_in_every_language(tmp_path: Path, stale: list[str]) -> None:
    found = run(f"{sys.executable} {DOCS / 'generate_reference.py'} --check", tmp_path, "zh_CN.UTF-8")
    assert found.out.split() == stale
