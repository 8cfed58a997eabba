"""Checking a plan, and showing it with its presets: what `safeplan check` does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from safeplan.core.calendar import calendar_of
from safeplan.core.permits import permits_ending
from safeplan.output import diagnostics_json
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.plan.plan import Plan
from safeplan.reading.plan import read_plan
from safeplan.reading.yaml_tree import Mapping, Node, Scalar, Sequence
from safeplan.terms.diagnostic import Severity
from safeplan.terms.origin import Place
from safeplan.terms.progress import Progress, silent
from safeplan.terms.span import Span
from safeplan.views.checks import counted
from safeplan.views.effective import effective_document
from safeplan.words.diagnostics import render
from safeplan.words.language import Words
from safeplan.work.errors import PlanError, WorkError
from safeplan.work.sources import plan_lines

_FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be printed, and how many errors and warnings it tells of."""

    data: bytes
    errors: int
    warnings: int


def check_plan(path: Path, form: str, words: Words, progress: Progress = silent) -> Checked:
    """Read a plan and say every problem.

    Raises
    ------
    WorkError
        `unknown-format`.
    """
    _must_be_known(form)
    found = read_plan(path, progress=progress).diagnostics
    errors = sum(one.severity is Severity.ERROR for one in found)
    if form == "json":
        data = diagnostics_json.render(found, words)
    else:
        text = render(found, words, plan_lines(path))
        data = "".join(f"{line}\n" for line in (text, counted(found, words)) if line).encode()
    return Checked(data, errors, len(found) - errors)


def effective_plan(path: Path, form: str, words: Words, progress: Progress = silent) -> bytes:
    """Show the plan with its presets laid under, each value with the file and line that say so.

    After it stand the permits that end within the period, from the first day of the reminder to their last day.

    Raises
    ------
    WorkError
        `unknown-format`; PlanError when the plan cannot even be read as YAML.
    """
    _must_be_known(form)
    result = read_plan(path, progress=progress)
    if result.tree is None:
        raise PlanError(result.diagnostics, plan_lines(path))
    progress("write", 0.0)
    values = [*_values(result.tree, ""), *(_permits(result.plan) if result.plan else ())]
    if form == "json":
        spelt = [{"key": key, "value": value, "file": at.file, "line": at.line} for key, value, at in values]
        return (json.dumps(spelt, ensure_ascii=False, indent=2) + "\n").encode()
    return DOCUMENT_FORMATS["text"].render(effective_document(values, path.name, words))


def _must_be_known(form: str) -> None:
    if form not in _FORMATS:
        raise WorkError("unknown-format", asked=form, known=[*_FORMATS])


def _values(node: Node, path: str) -> Iterator[tuple[str, str, Place]]:
    """Walk a tree: every text with its path of keys; the lines of a list by their name or id, else by number."""
    if isinstance(node, Scalar):
        yield path, node.text, node.place
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items, start=1):
            yield from _values(item, f"{path}[{_line_name(item) or number}]")
    else:
        for key, entry in node.entries.items():
            yield from _values(entry.value, f"{path}.{key}" if path else key)


def _permits(plan: Plan) -> Iterator[tuple[str, str, Place]]:
    register = plan.enterprises
    for code, name, expires, remind in permits_ending(plan, calendar_of(plan)).iter_rows():
        place = Place(plan.files[register["file"][code]], register["row"][code])
        yield f"permits_ending[{register['id'][code]}].{name}", str(Span(remind, expires)), place


def _line_name(node: Node) -> str | None:
    if isinstance(node, Mapping):
        for key in ("id", "name"):
            entry = node.entries.get(key)
            if entry is not None and isinstance(entry.value, Scalar):
                return entry.value.text
    return None
