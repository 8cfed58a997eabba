"""Every item of the seed plans is carried by an example plan: taking its line out changes what the plan brings.

To add items, write `docs/coverage/<text>.yaml` (U1.yaml; the form stands in docs/generator/coverage.py), put each id
into a comment of the plan (`# U1-05`) on a line that the key stands on, or in the comment right above it, and run
`python docs/generate_coverage.py`. A row of class M says its `proof`:

- `visit`, `activity`, `unplaced`: `rule:` how the rule's id begins (or several); at least `rows:` (1) of them, all
  from `first:` to `last:` (dates, due days; of the unplaced the windows); `code:` of the unplaced. Without the key
  those rows differ.
- `check`: the diagnostic's `code:` and a `subject:` that one of its values names. Without the key it is gone; with
  `appears: true` it is there only without the key.
- `effective`: `check --effective` lists the key, or what it `shows:` (with `value:`, if said); without the key not.
- `overdue`: a `section:` of what is overdue (of `targets`, where they stand) after a year in which only findings were
  told, as of the day after the plan or of `as_of:`, names what the key is about; without the key its rows differ. Roles
  are looked at as the plan has them, and as they would be after everybody has left.

Several keys are taken out one at a time, each with the keys of `with:` that cannot stand without it; an item with
several proofs has a list of rows. T and N items need a class and a key that is there (N may do with a comment); the
plan must be free of errors without the key where the proof is a schedule.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.append(str(Path(__file__).parents[2] / "docs"))

from generator.coverage import PLANS, Item, items, lines_of, marked_lines, steps, without
from tests.made.ledgers import told

import safeplan
from safeplan.core.activities import dated_activities
from safeplan.core.calendar import calendar_of
from safeplan.core.choice import Choice
from safeplan.core.events.findings import Finding, Rectified
from safeplan.core.overdue.overdue import Overdue, overdue
from safeplan.core.overdue.spelt import spelt
from safeplan.core.tables import Schedule
from safeplan.output.json import render_json
from safeplan.output.schedule_lines import activity_lines
from safeplan.plan.plan import Plan
from safeplan.reading.plan import read_plan
from safeplan.words.language import Words
from safeplan.work.checks import effective_plan

ITEMS = list(items())
OWED = [item for item in ITEMS if item.class_ == "M"]
CLASSES = {  # items of each text by class, as they were counted in the texts: M, T, N
    "P1": (9, 16, 3), "P2": (4, 13, 1), "P3": (23, 60, 13), "P4": (5, 16, 0), "P5": (6, 11, 3), "P6": (12, 20, 2),
    "P7": (12, 2, 0), "P8": (9, 16, 1), "U1": (12, 25, 4), "U2": (10, 13, 3), "U3": (7, 11, 4), "U4": (4, 15, 2),
}  # fmt: skip


class Output:
    """All that is said of a plan: diagnostics, the effective listing, the schedule's JSON, each when asked for."""

    def __init__(self, path: Path) -> None:
        self.found = read_plan(path)
        self.diagnostics = frozenset((one.code, repr(sorted(one.values.items()))) for one in self.found.diagnostics)
        listed = json.loads(effective_plan(path, "json", Words("en")))
        self.effective = frozenset((one["key"], one["value"]) for one in listed)

    @property
    def plan(self) -> Plan:
        assert self.found.plan is not None, self.diagnostics
        return self.found.plan

    @cached_property
    def made(self) -> Schedule:
        return safeplan.schedule(self.plan, today=self.plan.first)

    @cached_property
    def schedule(self) -> Mapping[str, Any]:
        made: Mapping[str, Any] = json.loads(render_json(self.made, Choice(with_surprise=True)))
        return made

    def activities(self, other: Output) -> list[Any]:
        """Give the activities as the JSON has them; visits, which take longer, are those of another schedule."""
        dated = dated_activities(self.plan, calendar_of(self.plan))
        lines = activity_lines(replace(other.made, plan=self.plan, activities=dated.activities))
        return [json.loads(line) for line in lines]


@cache
def whole(plan: str) -> Output:
    return Output(PLANS / plan)


@cache
def text_of(plan: str) -> str:
    return (PLANS / plan).read_text(encoding="utf-8")


def lacking(item: Item, key: str) -> Output:
    """Give what is said of the item's plan without a key and without what cannot stand without it."""
    raw = yaml.load(text_of(item.plan), Loader=yaml.CBaseLoader)
    for one in (key, *as_list(item.proof.get("with", ()))):
        raw = without(raw, one)
    with tempfile.TemporaryDirectory() as folder:
        for table in PLANS.glob("*.csv"):
            (Path(folder) / table.name).write_bytes(table.read_bytes())
        path = Path(folder) / item.plan
        path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return Output(path)


def as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def rows_of(item: Item, output: Output) -> list[tuple[str, ...]]:
    """Give the rows of the schedule that the item's proof names: id, first day, last day, family or code, and who."""
    rule, proof = tuple(as_list(item.proof["rule"])), item.proof["proof"]
    if proof != "activity" and not any(line.id.startswith(rule) for line in output.plan.rules):
        return []  # no visit can serve a rule that is gone: nothing needs to be placed to know that
    if proof == "visit":
        return [
            (one["id"], one["date"], one["date"], one["family"], *one["officers"])
            for one in output.schedule["visits"]
            if any(served["rule"].startswith(rule) for served in one["serves"])
        ]
    if proof == "activity":
        return [
            (one["id"], one["due"], one["due"], *one["owners"])
            for one in output.activities(whole(item.plan))
            if one["rule"].startswith(rule)
        ]
    return [
        (one["obligation"], one["from"], one["to"], one["code"])
        for one in output.schedule["unplaced"]
        if one["rule"].startswith(rule) and item.proof.get("code", one["code"]) == one["code"]
    ]


def year_undone(plan: Plan, as_of: date) -> Overdue:
    """Say what is overdue after a year in which three findings were told, one of them as mended, and nothing else."""
    where = plan.enterprises["id"][0]
    late = Finding(day=plan.first, enterprise=where, text="甲", due=plan.first + timedelta(days=9))
    first = Finding(day=plan.first, enterprise=where, text="乙")
    mended = Finding(day=plan.first, enterprise=where, text="丙")
    return overdue(plan, told(first, late, mended, Rectified(day=plan.first, finding=3)), as_of)


def late_rows(item: Item, output: Output) -> list[tuple[str, ...]]:
    """Give the rows of the section that the item's proof names."""
    plan, section = output.plan, item.proof["section"]
    as_of = item.proof.get("as_of", plan.last + timedelta(days=1))
    if section == "targets":
        stand = year_undone(plan, as_of).targets
        return [(one.target.name, str(one.goal), str(one.due), str(one.reached), str(one.met)) for one in stand]
    left = plan.file.model_copy(
        update={"grids": tuple(one.model_copy(update={"roles": {}}) for one in plan.file.grids)}
    )
    stands = [plan, replace(plan, file=left)] if section == "vacancies" else [plan]
    columns = ("id", "name", "subject", "due", "role", "step")
    rows = [
        row for one in stands for row in spelt(year_undone(one, as_of)).filter(section=section).select(columns).rows()
    ]
    return [tuple(str(one) for one in row) for row in rows]


def is_named(key: str, row: tuple[str, ...]) -> bool:
    """Whether a row is about the line that a key names: a target, an enterprise, a role of grids."""
    *_, last = names = [one.strip("[]") for one in steps(key)]
    about = {"targets": names[1:2], "enterprises": names[1:2], "staffing": [last]}.get(names[0], [])
    return all(one in row for one in about)


def is_told(item: Item, output: Output) -> bool:
    code, subject = item.proof["code"], str(item.proof.get("subject", ""))
    return any(one == code and subject in values for one, values in output.diagnostics)


def listed(key: str, output: Output) -> list[tuple[str, str]]:
    return [(one, value) for one, value in output.effective if one == key or one.startswith((f"{key}.", f"{key}["))]


@pytest.mark.parametrize("item", OWED, ids=lambda item: item.id)
def test_what_is_owed_shows_in_the_output_that_its_row_names(item: Item) -> None:
    said, output = item.proof, whole(item.plan)
    match said["proof"]:
        case "visit" | "activity" | "unplaced":
            rows = rows_of(item, output)
            assert len(rows) >= said.get("rows", 1)
            assert str(said["first"]) <= min(row[1] for row in rows)
            assert max(row[2] for row in rows) <= str(said["last"])
        case "check":
            assert is_told(item, output) is not said.get("appears", False)
        case "overdue":
            rows = late_rows(item, output)
            assert rows
            for key in item.keys:
                assert any(is_named(key, row) for row in rows), key
        case "effective":
            for key in item.keys:
                assert any(
                    str(said.get("value", value)) == value for _, value in listed(said.get("shows", key), output)
                ), key
        case other:
            pytest.fail(f"{other} is no proof")


@pytest.mark.parametrize(
    ("item", "key"), [pytest.param(item, key, id=f"{item.id}-{key}") for item in OWED for key in item.keys]
)
def test_without_the_line_that_carries_it_the_output_changes(item: Item, key: str) -> None:
    proof = item.proof["proof"]
    if proof in ("visit", "activity", "unplaced"):
        assert rows_of(item, lacking(item, key)) != rows_of(item, whole(item.plan))
        return
    output = lacking(item, key)
    if proof == "overdue":
        assert late_rows(item, output) != late_rows(item, whole(item.plan))
    elif proof == "check":
        assert is_told(item, output) is item.proof.get("appears", False)
    else:
        shown = item.proof.get("shows", key)
        assert set(listed(shown, output)) != set(listed(shown, whole(item.plan)))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_item_is_marked_where_its_key_stands(item: Item) -> None:
    text = text_of(item.plan)
    marks = marked_lines(text, item.id)
    assert marks
    assert item.keys or item.class_ == "N", "only a note may do with a comment"
    lines = text.splitlines()
    for key in item.keys:
        first, last = lines_of(text, key)
        while first > 1 and lines[first - 2].strip().startswith("#"):
            first -= 1
        assert any(first <= mark <= last for mark in marks), f"{key}: lines {first} to {last}, marks {marks}"


@pytest.mark.parametrize("text", sorted({item.id.split("-")[0] for item in ITEMS}))
def test_no_item_of_a_text_is_left_out(text: str) -> None:
    found = {item.id: item for item in ITEMS if item.id.startswith(f"{text}-")}
    assert list(found) == [f"{text}-{n:02}" for n in range(1, sum(CLASSES[text]) + 1)]
    assert tuple(sum(item.class_ == one for item in found.values()) for one in "MTN") == CLASSES[text]


def test_the_texts_have_113_items_to_date_218_to_track_and_36_notes() -> None:
    assert {item.id.split("-")[0] for item in ITEMS} == set(CLASSES)
    assert tuple(sum(of) for of in zip(*CLASSES.values(), strict=True)) == (113, 218, 36)


def test_the_page_of_coverage_is_as_the_plans_are() -> None:
    script = Path(__file__).parents[2] / "docs" / "generate_coverage.py"
    found = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True)
    assert found.returncode == 0, found.stderr or "python docs/generate_coverage.py writes it anew"
