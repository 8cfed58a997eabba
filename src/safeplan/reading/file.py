"""A tree into a PlanFile: what is empty or a placeholder is not set, every problem is located."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from safeplan.plan.file import PlanFile
from safeplan.reading.problems import diagnostics_of
from safeplan.reading.yaml_tree import Entry, Mapping, Node, Scalar, Sequence, place_of, plain
from safeplan.terms.diagnostic import Diagnostic, TermError, warning
from safeplan.terms.span import parse_period
from safeplan.terms.text import is_placeholder


def plan_file(tree: Mapping) -> tuple[PlanFile | None, list[Diagnostic]]:
    """Validate a tree whose tables are read in and whose presets are laid under.

    Returns
    -------
    PlanFile or None, list of Diagnostic
        None when there are errors.
    """
    try:
        return PlanFile.model_validate(plain(tree), context={"year": year_of(tree)}), []
    except ValidationError as failure:
        return None, diagnostics_of(failure, PlanFile, lambda path, key: place_of(tree, path, key=key))


def year_of(tree: Mapping) -> int | None:
    """Read the year that days without one mean: that of the period's first day; None when there is no period."""
    entry = tree.entries.get("period")
    if entry is None or not isinstance(entry.value, Scalar):
        return None
    try:
        return parse_period(entry.value.text).first.year
    except TermError:
        return None


def without_unset(tree: Mapping) -> tuple[Mapping, list[Diagnostic]]:
    """Take away what is not set: empty values, and placeholders, which are warned of at their place."""
    classes = tree.entries.get("classes")
    spared = frozenset(classes.value.entries) if classes and isinstance(classes.value, Mapping) else frozenset()
    warnings: list[Diagnostic] = []
    cleaned = _cleaned(tree, spared, warnings)
    return cleaned if isinstance(cleaned, Mapping) else Mapping({}, tree.place), warnings


def _cleaned(node: Node, spared: frozenset[str], warnings: list[Diagnostic]) -> Node | None:
    """Give a node without what is not set; a class that is called X is no placeholder."""
    if isinstance(node, Scalar):
        if not node.text.strip():
            return None
        if is_placeholder(node.text) and node.text.strip() not in spared:
            warnings.append(warning("placeholder", node.place, found=node.text.strip()))
            return None
        return node
    if isinstance(node, Sequence):
        items = (_cleaned(item, spared, warnings) for item in node.items)
        return Sequence(tuple(item for item in items if item is not None), node.place)
    entries: dict[str, Entry] = {}
    for key, entry in node.entries.items():
        value = _cleaned(entry.value, spared, warnings)
        if value is not None:
            entries[key] = Entry(entry.key_place, value)
    return Mapping(entries, node.place)


def replaced(tree: Mapping, key: str, value: Node) -> Mapping:
    """Give a tree with another value at one of its keys."""
    old = tree.entries.get(key)
    entry: Any = Entry(old.key_place if old else value.place, value)
    return Mapping({**tree.entries, key: entry}, tree.place)
