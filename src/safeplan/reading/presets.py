"""Presets: rules shipped with safeplan, and how they lie under a plan (rules.md, Presets and defaults).

A preset is a plan file of its own, with `about` at its top and `source` and `verified` on its lines; where a line of a
plan has no `source`, a list `sources` says it of a path. Merging works on trees, so every value keeps the place it was
written at; a preset's file is called `preset:NAME`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from safeplan.reading.limits import Limits
from safeplan.reading.yaml_tree import Entry, Mapping, Node, Scalar, Sequence, read_tree
from safeplan.terms.diagnostic import Diagnostic, error, warning
from safeplan.terms.origin import Place

PRESET = "preset:"
"""Begins the name of the file that a preset's values have as their place."""

_FOLDER = files("safeplan.reading") / "presets"
_OWN_NONE = frozenset({"partial"})
_DESCRIBING = frozenset({"about", "sources", "verified"})


@dataclass(frozen=True, slots=True)
class Preset:
    """A preset as it is shipped: its name, a sentence about it, its text, and its tree with every key."""

    name: str
    about: str
    text: str
    tree: Mapping


def preset_names() -> tuple[str, ...]:
    """Name the presets there are, in alphabetical order."""
    names = (entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(".yaml"))
    return tuple(sorted(name.removesuffix(".yaml") for name in names))


def read_preset(name: str) -> Preset:
    """Read a preset.

    Raises
    ------
    KeyError
        When there is none of that name.
    """
    if name not in preset_names():
        raise KeyError(name)
    data = (_FOLDER / f"{name}.yaml").read_bytes()
    tree, problems = read_tree(data, PRESET + name, Limits())
    if tree is None or problems:
        raise ValueError(name, problems)
    about = tree.entries.get("about")
    text = about.value.text if about and isinstance(about.value, Scalar) else ""
    return Preset(name, text, data.decode("utf-8"), tree)


def verified_lines(preset: Preset) -> tuple[int, int]:
    """Count the sources of a preset that somebody verified, and all."""
    flags = list(_flags(preset.tree))
    return flags.count("true"), len(flags)


def _flags(node: Node) -> Iterator[str]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _flags(item)
    elif isinstance(node, Mapping):
        for key, entry in node.entries.items():
            if key == "verified" and isinstance(entry.value, Scalar):
                yield entry.value.text
            else:
                yield from _flags(entry.value)


def lay_presets_under(plan: Mapping) -> tuple[Mapping, list[Diagnostic]]:
    """Lay the presets that a plan uses under it.

    Mappings merge key by key; lists of lines with `name` merge by name, the plan's first; other lists are replaced. The
    value `none` takes a key of a preset away, `drop: true` a line. Later presets win over earlier ones.
    """
    diagnostics: list[Diagnostic] = []
    under = Mapping({}, plan.place)
    for name, place in _used(plan):
        if name in preset_names():
            under = _as_mapping(_lay(_laid(read_preset(name).tree), under))
        else:
            near = difflib.get_close_matches(name, preset_names(), 1)
            diagnostics.append(
                error(
                    "unknown-preset", place, found=name, expected=preset_names(), suggestion=near[0] if near else None
                )
            )
    merged = _as_mapping(_lay(plan, under))
    return _as_mapping(_without_drops(merged, diagnostics, _dropped(under, plan))), diagnostics


def _used(plan: Mapping) -> Iterable[tuple[str, Place]]:
    entry = plan.entries.get("use")
    if entry is None:
        return
    for node in entry.value.items if isinstance(entry.value, Sequence) else (entry.value,):
        if isinstance(node, Scalar) and node.text.strip():
            yield node.text.strip(), node.place


def _as_mapping(node: Node) -> Mapping:
    assert isinstance(node, Mapping)
    return node


def _laid(node: Node) -> Node:
    """Give a preset as it lies under a plan: without what describes it, and without a source that nobody verified."""
    if isinstance(node, Sequence):
        return Sequence(tuple(_laid(item) for item in node.items), node.place)
    if isinstance(node, Scalar):
        return node
    entries = {key: entry for key, entry in node.entries.items() if key not in _DESCRIBING}
    verified = node.entries.get("verified")
    if verified is not None and not (isinstance(verified.value, Scalar) and verified.value.text == "true"):
        entries.pop("source", None)
    return Mapping({key: Entry(entry.key_place, _laid(entry.value)) for key, entry in entries.items()}, node.place)


def _lay(over: Node, under: Node) -> Node:
    if isinstance(over, Mapping) and isinstance(under, Mapping):
        entries = {}
        for key, entry in over.entries.items():
            below = under.entries.get(key)
            if below is None:
                entries[key] = entry
            elif not (_is_none(entry.value) and key not in _OWN_NONE):
                entries[key] = Entry(entry.key_place, _lay(entry.value, below.value))
        entries |= {key: entry for key, entry in under.entries.items() if key not in over.entries}
        return Mapping(entries, over.place)
    if isinstance(over, Sequence) and isinstance(under, Sequence) and _lines(over) and _lines(under):
        below_by_name = {_name(item): item for item in under.items}
        lines = [
            _lay(item, below_by_name[_name(item)]) if _name(item) in below_by_name else item for item in over.items
        ]
        own = {_name(item) for item in over.items}
        return Sequence((*lines, *(item for item in under.items if _name(item) not in own)), over.place)
    return over


def _is_none(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == "none"


def _name(node: Node) -> str | None:
    entry = node.entries.get("name") if isinstance(node, Mapping) else None
    return entry.value.text.strip() if entry is not None and isinstance(entry.value, Scalar) else None


def _lines(node: Sequence) -> bool:
    return all(_name(item) is not None for item in node.items)


def _is_dropped(node: Node) -> bool:
    entry = node.entries.get("drop") if isinstance(node, Mapping) else None
    return entry is not None and isinstance(entry.value, Scalar) and entry.value.text == "true"


def _dropped(under: Mapping, plan: Mapping) -> frozenset[Place]:
    """Give the places of the lines that a plan drops and that no preset has."""
    idle = set()
    for key, entry in plan.entries.items():
        below = under.entries.get(key)
        names = {_name(item) for item in below.value.items} if below and isinstance(below.value, Sequence) else set()
        for item in entry.value.items if isinstance(entry.value, Sequence) else ():
            if _is_dropped(item) and _name(item) not in names:
                idle.add(item.place)
    return frozenset(idle)


def _without_drops(node: Node, diagnostics: list[Diagnostic], idle: frozenset[Place]) -> Node:
    """Take the dropped lines away; one that no preset has is said."""
    if isinstance(node, Scalar):
        return node
    if isinstance(node, Mapping):
        entries = {
            key: Entry(entry.key_place, _without_drops(entry.value, diagnostics, idle))
            for key, entry in node.entries.items()
        }
        return Mapping(entries, node.place)
    for item in node.items:
        if item.place in idle:
            diagnostics.append(warning("nothing-to-drop", item.place, found=_name(item)))
    kept = tuple(_without_drops(item, diagnostics, idle) for item in node.items if not _is_dropped(item))
    return Sequence(kept, node.place)
