"""A tree into a PlanFile, every problem located."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import partial

from pydantic import ValidationError

from safeplan.plan.enterprise import Enterprise
from safeplan.plan.file import PlanFile
from safeplan.plan.selection import HEADINGS
from safeplan.reading.problems import Path, diagnostics_of
from safeplan.reading.yaml_tree import Entry, Mapping, Node, Scalar, Sequence, node_at, place_of, plain
from safeplan.terms.diagnostic import Diagnostic, TermError
from safeplan.terms.origin import Place
from safeplan.terms.span import Span, parse_period

_ROUNDS = 6
"""How often what cannot be read is cut out and the rest read again, to find what else is wrong."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a tree gave.

    Attributes
    ----------
    file
        The models; with errors among the diagnostics, of what could be read; None when not even that.
    tree
        The tree that the models mirror.
    enterprises
        For each enterprise of `file` its position among those written.
    lost
        Ids and names of things that were cut out, of which references are not unknown.
    diagnostics
        What is wrong, each at its place.
    """

    file: PlanFile | None
    tree: Mapping
    enterprises: tuple[int, ...]
    lost: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]


def plan_file(tree: Mapping) -> Made:
    """Validate a tree whose tables are read in and whose presets are laid under.

    What cannot be read is said, cut out, and the rest is read again, so that one run finds every problem.
    """
    period = period_of(tree)
    context = {"year": period.first.year if period else None, "period": period}
    written = tree.entries.get("enterprises")
    positions = list(range(len(written.value.items) if written and isinstance(written.value, Sequence) else 0))
    lost: set[str] = set()
    said: list[Diagnostic] = []
    for _ in range(_ROUNDS):
        try:
            file = PlanFile.model_validate(plain(tree), context=context)
        except ValidationError as failure:
            found = diagnostics_of(failure, PlanFile, partial(_place, tree))
            said += [one for one in found if not said or one.code != "missing-key"]  # it was cut a round before
            cuts = _cuts(failure, tree)
            if () in cuts:
                break
            tree = _without(tree, cuts, lost, positions)
        else:
            return Made(file, tree, tuple(positions), frozenset(lost), tuple(said))
    return Made(None, tree, (), frozenset(lost), tuple(said))


def _place(tree: Mapping, path: Path, key: bool) -> Place:
    return place_of(tree, path, key=key)


def _cuts(failure: ValidationError, tree: Mapping) -> set[Path]:
    """Give the paths to cut out: what is wrong, or what lacks something."""
    cuts = set()
    for one in failure.errors(include_url=False, include_context=False, include_input=False):
        path: Path = tuple(step for step in one["loc"] if step != "[key]")
        if one["type"] == "missing":
            path = path[:-1]
        while path and node_at(tree, path) is None:
            path = path[:-1]
        cuts.add(path)
    return cuts


def _without(tree: Mapping, cuts: set[Path], lost: set[str], positions: list[int]) -> Mapping:
    """Cut paths out, the last first, so that positions stay true; what was lost keeps its name."""
    for path in sorted(cuts, key=_last_first, reverse=True):
        node = node_at(tree, path)
        if node is None:
            continue
        lost |= {str(path[-1])} | _called(node)
        if path[0] == "enterprises" and len(path) == 2:
            del positions[int(path[1])]
        cut = _cut(tree, path)
        assert isinstance(cut, Mapping)
        tree = cut
    return tree


def _last_first(path: Path) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _called(node: Node) -> set[str]:
    """Give the id and the name of a thing."""
    entries = node.entries if isinstance(node, Mapping) else {}
    values = [entries[key].value for key in ("id", "name") if key in entries]
    return {value.text.strip() for value in values if isinstance(value, Scalar)}


def _cut(node: Node, path: Path) -> Node:
    step, rest = path[0], path[1:]
    if isinstance(node, Mapping):
        entry = node.entries[str(step)]
        entries = {**node.entries, str(step): Entry(entry.key_place, _cut(entry.value, rest))} if rest else {}
        kept = entries or {key: one for key, one in node.entries.items() if key != str(step)}
        return Mapping(kept, node.place)
    if isinstance(node, Sequence) and isinstance(step, int):
        middle = (_cut(node.items[step], rest),) if rest else ()
        return Sequence((*node.items[:step], *middle, *node.items[step + 1 :]), node.place)
    return node


_PARTS = ("location", "active", "contact")
"""Keys of an enterprise that stand for several fields."""

_SURELY_MEANT = 0.8
"""How near an unknown key must be to a known one to be a slip of the pen and not a column of the register's own."""


def own_columns(tree: Mapping) -> tuple[Mapping, list[dict[str, str]]]:
    """Take the register's own columns out of the enterprises that are written in the plan.

    Returns
    -------
    Mapping, list of dict
        The tree with fields only (known headings become their fields), and for each enterprise its own columns.
    """
    written = tree.entries.get("enterprises")
    if written is None or not isinstance(written.value, Sequence):
        return tree, []
    known = {
        *Enterprise.model_fields,
        *(field.alias or name for name, field in Enterprise.model_fields.items()),
        *_PARTS,
    }
    items: list[Node] = []
    own: list[dict[str, str]] = []
    for item in written.value.items:
        others: dict[str, str] = {}
        entries = item.entries if isinstance(item, Mapping) else {}
        fields: dict[str, Entry] = {}
        for key, entry in entries.items():
            field = _field(key, known)
            if field is not None or isinstance(entry.value, Mapping):
                fields[field or key] = entry
            else:
                others[key] = _joined(entry.value)
        items.append(Mapping(fields, item.place) if isinstance(item, Mapping) else item)
        own.append(others)
    return replaced(tree, "enterprises", Sequence(tuple(items), written.value.place)), own


def _field(key: str, known: set[str]) -> str | None:
    """Give the key that is meant by a known key, a heading or a slip of the pen; None for a column of its own."""
    if key in known or difflib.get_close_matches(key, known, 1, _SURELY_MEANT):
        return key
    name = HEADINGS.get(key)
    return (Enterprise.model_fields[name].alias or name) if name else None


def _joined(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    return ";".join(_joined(item) for item in node.items) if isinstance(node, Sequence) else ""


def period_of(tree: Mapping) -> Span | None:
    """Read the plan's period, whose first year is that of days without one; None when there is none."""
    entry = tree.entries.get("period")
    if entry is None or not isinstance(entry.value, Scalar):
        return None
    try:
        return parse_period(entry.value.text)
    except TermError:
        return None


def replaced(tree: Mapping, key: str, value: Node) -> Mapping:
    """Give a tree with another value at one of its keys."""
    old = tree.entries.get(key)
    entry = Entry(old.key_place if old else value.place, value)
    return Mapping({**tree.entries, key: entry}, tree.place)
