"""docs/reference/format.md: every key of the plan file, from the models that define the format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.markdown import anchor, code, table
from generator.type_words import field_words, models_of
from safeplan.plan.enterprise import Enterprise
from safeplan.plan.file import PlanFile, TableFile
from safeplan.plan.people import Location
from safeplan.plan.rules.base import Rule
from safeplan.plan.selector import EVERYTHING
from safeplan.reading.schema import json_schema

EXAMPLE = Path(__file__).parents[1] / "reference" / "example" / "plan.yaml"
SHARED = "Keys of every rule"
TABLES = "Tables"
REGISTER = "Columns of the register"

VALUES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "day",
        "ISO 8601; 月 and 日, of the plan's year unless it is written",
        ("2026-03-09", "2026年3月9日", "3月9日"),
    ),
    (
        "span",
        "first and last day, both included; one day is a span",
        ("2026-02-25/2026-03-13", "3月1日至5月31日", "10月25日——31日"),
    ),
    (
        "days",
        "a span or a weekday, or one half of each (am, pm)",
        ("2026-05-06/2026-05-12", "2026-06-03 pm", "friday", "monday am", "周五下午"),
    ),
    (
        "frequency",
        "N per day, week, month, quarter, half-year or year; N per K of them; N per a season; N alone: in the window",
        ("1 per month", "2 per 3 weeks", "1 per 2 years", "1 per term", "2"),
    ),
    (
        "duration",
        "a number and its unit, never guessed: days (calendar), workdays, weeks, months, years, hours",
        ("15 days", "10 workdays", "3wd", "1 month", "7天", "10个工作日"),
    ),
    ("share", "a percentage from 0 to 100", ("30%", "0.5%", "100％")),
    (
        "day of a unit",
        "which day of the quarter, month or week",
        ("2nd workday", "last workday", "friday", "1st friday", "25", "last day", "第2个工作日", "25日"),
    ),
    ("recurrence", "a rule of RFC 5545 on whole days", ("FREQ=MONTHLY;BYMONTHDAY=25",)),
)
"""How values are written: the word that the tables use, what it means, examples (each is parsed by a test)."""

_HEAD = f"""\
# The plan file

Every key of the format. This page is made from the models in `src/safeplan/plan/` (`make docs`); a test fails when it
is stale. An editor that knows YAML completes the same keys: `safeplan schema > safeplan.schema.json`. The examples are
[one plan](example/plan.yaml) that `safeplan check` finds no error in.

Keys are English; values may be in any language. A key that is not known is an error with the nearest known one.

## Values

A value is read by the type of its key, never guessed: `0012` stays the text 0012, `NO` stays NO. Only `true` and
`false` are truth values. Full-width digits and punctuation are read like half-width ones. What drafts leave open
(`xx%%`, `20xx年`, `x月x日`) is not set, and `safeplan check` lists it.

%s
- A **list** of short values may be one value alone, or a text parted by `;`, `；`, `、` or `|`, as in a
  cell of a table.
- An **id** is a text without white space and `/`. Ids that differ only by case or width are an error.
- A **selector** (`where:`) chooses enterprises. It maps columns to a value, to a list (any of them) or to a comparison
  (`">= 50"`, with `>=`, `<=`, `>`, `<`, `=`, `!=`); several columns must all hold. `grid` means that grid and all
  below. `any` and `all` take lists of selectors, `not` takes one. A column of the register that is no field may be
  used under its own heading. A selector that matches nothing is a warning with the nearest values.

```yaml
where: {{any: [{{sector: fire}}, {{tags: crowded-place}}], not: {{class: C}}, workers: ">= 50"}}
```

- A **preset** named in `use:` lies under the plan: mappings merge key by key, lists with `name` by name, other lists
  are replaced. The value `none` takes a preset's key away, `drop: true` in a line takes its line away.
  `safeplan check --effective` prints the plan with its presets, each value with where it comes from.

## {SHARED}

Classes, priorities, campaigns (and their phases), patrols, quotas, spot checks, holiday checks, triggers and pins take
these keys besides their own.

%s
## The keys of a plan

%s
"""

_TABLES = f"""\
## {TABLES}

Any list of the plan may come from a table beside it: in place of the list, or as one of its lines. The file lies in the
plan's folder or below. Fields are columns, called as the keys are.

```yaml
enterprises:
  - {{id: E0001, name: 楚天塑业有限公司, class: A, grid: dongjie}}
  - file: enterprises.xlsx
    columns: {{管辖片: grid}}
officers: {{file: officers.csv}}
```

%s
### {REGISTER}

The headings that are known without `columns:`. Case, width, white space and what stands in brackets do not matter. A
column with another heading keeps it, and selectors may use it. Personal columns are in no roster and no file that this
version writes.

%s
"""

Named = dict[type[BaseModel], str]


def page() -> str:
    """Give the page, in Markdown."""
    named = _named()
    values = table(
        ["value", "written as", "for instance"], [[name, how, ", ".join(map(code, some))] for name, how, some in VALUES]
    )
    shared = _fields(Rule, named, of_rule=True)
    head = _HEAD % (values, shared, _index())
    sections = [_section(path, model, named) for model, path in named.items() if model is not TableFile]
    tables = _TABLES % (_fields(TableFile, named), _register())
    return head + "\n".join([*sections, tables])


def _named() -> Named:
    """Give every model of the format with the path under which it is described: where it is met first."""
    named: Named = {TableFile: TABLES}
    for key, field in _keys(PlanFile):
        queue = [(key, model) for model in models_of(field.annotation)]
        while queue:
            path, model = queue.pop(0)
            if model not in named:
                named[model] = path
                queue += [(f"{path}.{name}", one) for name, part in _keys(model) for one in models_of(part.annotation)]
    return named


def _keys(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in model.model_fields.items():
        yield field.alias or name, field


def _index() -> str:
    named = {path: path for path in _named().values()}
    rows = []
    for key, field in _keys(PlanFile):
        spelt = f"[`{key}`](#{anchor(key)})" if key in named else code(key)
        takes = field_words(field, lambda model: "mapping").removesuffix(" of mapping")
        rows.append([spelt, takes, _default(field), field.description or ""])
    return table(["key", "takes", "left out", "meaning"], rows)


def _section(path: str, model: type[BaseModel], named: Named) -> str:
    parts = [f"{'#' * (3 + min(path.count('.'), 2))} {path}\n", f"{_first_paragraph(model)}\n"]
    if "." not in path:
        parts.append(f"```yaml\n{example_of(path)}```\n")
    if model is Enterprise:
        parts.append(f"The same fields are the columns of a [register](#{anchor(REGISTER)}).\n")
    parts.append(_fields(model, named))
    if issubclass(model, Rule):
        parts.append(f"And the [keys of every rule](#{anchor(SHARED)}).\n")
    return "\n".join(parts)


def _first_paragraph(model: type[BaseModel]) -> str:
    text = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    return re.sub(r" \(rules\.md[^)]*\)", "", text)


def _fields(model: type[BaseModel], named: Named, *, of_rule: bool = False) -> str:
    def link(other: type[BaseModel]) -> str:
        words = "latitude and longitude" if other is Location else named[other]
        return f"[{words}](#{anchor(named[other])})"

    rows = []
    for key, field in _keys(model):
        if not of_rule and issubclass(model, Rule) and _is_shared(key, field):
            continue
        meaning = field.description or _shared_description(model, key)
        rows.append([code(key), field_words(field, link), _default(field), meaning])
    if model is Enterprise:
        rows += [[code(key), takes, "–", meaning] for key, takes, meaning in _parts_of_enterprise()]
    return table(["key", "takes", "left out", "meaning"], rows)


def _is_shared(key: str, field: FieldInfo) -> bool:
    """Whether a rule's key is the one that all rules share, and not one that it asks for or gives another default."""
    shared = dict(_keys(Rule)).get(key)
    return shared is not None and shared.default == field.default and field.is_required() == shared.is_required()


def _shared_description(model: type[BaseModel], key: str) -> str:
    shared = dict(_keys(Rule)).get(key) if issubclass(model, Rule) else None
    return (shared.description or "") if shared else ""


def _parts_of_enterprise() -> Iterator[tuple[str, str, str]]:
    """Give the keys of an enterprise that stand for several of its fields."""
    known = {key for key, _ in _keys(Enterprise)}
    properties: dict[str, Any] = json_schema()["$defs"]["Enterprise"]["properties"]
    for key, schema in properties.items():
        if key not in known and key != "drop":
            inner = schema.get("properties")
            takes = "mapping: " + ", ".join(map(code, inner)) if inner else "list of two numbers"
            yield key, takes, schema.get("description", "")


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value = field.default
    if field.default_factory is not None or value in (None, "", ()):
        return "–"
    if value is EVERYTHING or isinstance(value, BaseModel):
        return "all"
    if isinstance(value, bool):
        return code(str(value).lower())
    if isinstance(value, Enum):
        return code(str(value.value))
    return code(value.isoformat() if isinstance(value, date) else str(value))


def _register() -> str:
    rows = []
    for key, field in _keys(Enterprise):
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        headings = extra.get("headings") or []
        personal = " (personal)" if extra.get("personal") else ""
        assert isinstance(headings, list)
        rows.append([code(key), "、".join(str(one) for one in headings), (field.description or "") + personal])
    return table(["field", "known headings", "meaning"], rows)


def example_of(key: str) -> str:
    """Give the lines of the example plan that stand under a key of its top."""
    text = EXAMPLE.read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(key)}:.*\n(?:[ ].*\n)*", text, re.MULTILINE)
    assert found is not None, f"{EXAMPLE.name} has no {key}"
    return found[0]
