"""What carries each item of the seed plans: the rows of docs/coverage/*.yaml, their keys in the plans, and the page.

A row of `docs/coverage/P3.yaml` (one file a seed text) reads

    plan: town-annual-four-quarters.yaml
    items:
      P3-05: {class: M, key: "activities[安全生产例会].every", proof: activity, rule: activity-meeting-安全生产例会,
              rows: 4, first: 2026-01-05, last: 2026-10-12}

`key` is a path of keys as `safeplan check --effective` spells it: a line of a list by its id or name in brackets,
else by its number from 1 (a text of a list of texts also by itself: `use[seed-abc]`); a list of keys where several
carry the item. Without a key (class N) a comment carries it. What the other fields mean stands in
tests/examples/test_coverage.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.markdown import code, table

ROWS = Path(__file__).parents[1] / "coverage"
PLANS = Path(__file__).parents[2] / "examples" / "plans"
NAMES = ("id", "name", "file")
"""What a line of a list is called by, the first that it has."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a seed text: its plan, class (M, T or N), the keys that carry it, and what else its row says."""

    id: str
    plan: str
    class_: str
    keys: tuple[str, ...]
    proof: Mapping[str, Any]


def items() -> Iterator[Item]:
    """Read the rows of every text, in order."""
    for path in sorted(ROWS.glob("*.yaml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        rows = [
            (name, row) for name, rows in raw["items"].items() for row in (rows if isinstance(rows, list) else [rows])
        ]
        for name, row in rows:
            rest = dict(row)
            keys = rest.pop("key", ())
            yield Item(
                name,
                rest.pop("plan", raw["plan"]),
                rest.pop("class"),
                (keys,) if isinstance(keys, str) else tuple(keys),
                rest,
            )


def steps(key: str) -> list[str]:
    """Part a key into its steps: activities[例会].every → activities, [例会], every."""
    return re.findall(r"\[[^\]]*\]|[^.\[\]]+", key)


def index(lines: list[Any], step: str) -> int:
    """Give the place in a list of the line that a step in brackets means.

    Raises
    ------
    KeyError
        No line is called so.
    """
    wanted = step[1:-1]
    for at, line in enumerate(lines):
        names = [line] if isinstance(line, str) else [line[name] for name in NAMES if name in line][:1]
        if wanted in names:
            return at
    if wanted.isdecimal() and int(wanted) <= len(lines):
        return int(wanted) - 1
    raise KeyError(step)


def without(plan: Any, key: str) -> Any:
    """Take what a key holds out of a plan (nested mappings and lists of text), and what is empty without it.

    Raises
    ------
    KeyError
        The plan has no such key.
    """
    first, *rest = steps(key)
    at = index(plan, first) if isinstance(plan, list) else first
    left = plan[:] if isinstance(plan, list) else dict(plan)
    if rest:
        inner = without(plan[at], "".join(one if one.startswith("[") else f".{one}" for one in rest))
        if inner:
            left[at] = inner
            return left
    del left[at]
    return left


def lines_of(text: str, key: str) -> tuple[int, int]:
    """Give the first and last line (from 1) of a plan's text that a key stands on.

    Raises
    ------
    KeyError
        The plan has no such key.
    """
    node = _composed(text)
    first = node.start_mark.line
    for step in steps(key):
        if isinstance(node, yaml.MappingNode):
            pairs = {one.value: (one, value) for one, value in node.value}
            name, node = pairs[step]
            first = name.start_mark.line
        else:
            node = node.value[index([_plain(one) for one in node.value], step)]
            first = node.start_mark.line
    # A block ends where the next one begins: at the start of a line, which is not its own.
    last = node.end_mark.line - (node.end_mark.column == 0)
    while last > first and not text.splitlines()[last].split("#")[0].strip():
        last -= 1
    return first + 1, max(first, last) + 1


@cache
def _composed(text: str) -> yaml.Node:
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    return node.value if isinstance(node, yaml.ScalarNode) else {}


def marked_lines(text: str, item: str) -> list[int]:
    """Give the lines (from 1) of a plan's text in whose comments an item's id stands."""
    return [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(rf"#.*\b{re.escape(item)}\b", line)
    ]


_HEAD = """# What carries each item of the seed plans

Made from `docs/coverage/*.yaml` by `python docs/generate_coverage.py`. Classes: M expands to dates, quotas or checks;
T is a tracked task or figure; N is a note without a date. `tests/examples/test_coverage.py` takes every key of class M
out of its plan and watches the output that its proof names change.
"""


def page() -> str:
    """Give docs/coverage.md: every item with the line of the plan and the key that carry it."""
    parts = [_HEAD]
    texts: dict[str, list[Item]] = {}
    for item in items():
        texts.setdefault(item.id.split("-")[0], []).append(item)
    for name, found in texts.items():
        parts += [f"## {name}", "", table(("item", "class", "plan", "key", "proof"), map(_row, found))]
    return "\n".join(parts)


def _row(item: Item) -> tuple[str, ...]:
    text = (PLANS / item.plan).read_text(encoding="utf-8")
    line = lines_of(text, item.keys[0])[0] if item.keys else marked_lines(text, item.id)[0]
    keys = ", ".join(code(key) for key in item.keys) or "a comment"
    return item.id, item.class_, f"[{item.plan}:{line}](../examples/plans/{item.plan}#L{line})", keys, _proof(item)


def _proof(item: Item) -> str:
    said = dict(item.proof)
    kind = str(said.pop("proof", ""))
    said.pop("with", None)
    if {"first", "last"} <= said.keys():
        said["days"] = f"{said.pop('first')} to {said.pop('last')}"
    return ", ".join([kind, *(f"{key} {value}" for key, value in said.items())]).strip(", ")
