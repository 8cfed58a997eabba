"""What a plan leaves open: empty values, and the placeholders that drafts are full of, are not set."""

from __future__ import annotations

from dataclasses import dataclass, field

from safeplan.reading.yaml_tree import Entry, Mapping, Node, Scalar, Sequence
from safeplan.terms.diagnostic import Diagnostic, warning
from safeplan.terms.text import is_indefinite, is_placeholder

_HOW_OFTEN = ("visits", "every", "times")
"""Keys whose value is a number of times; 定期 there is none."""

_PEOPLE = ("officers", "teams", "grids")
"""Lists whose lines are called by their ids until they have a name."""

Keys = tuple[str, ...]


def without_unset(tree: Mapping) -> tuple[Mapping, list[Diagnostic]]:
    """Take away what is not set: empty values, and placeholders, which are warned of at their place.

    Some things are known though their value is not: a role that somebody is to hold is held by nobody yet, an officer,
    a team or a grid without a name is called by its id, and a selector left open chooses nobody.
    """
    classes = tree.entries.get("classes")
    spared = frozenset(classes.value.entries) if classes and isinstance(classes.value, Mapping) else frozenset()
    cleaner = _Cleaner(spared)
    cleaned = cleaner.mapping(tree, ())
    return cleaned, cleaner.warnings


@dataclass(slots=True)
class _Cleaner:
    """Cleans a tree; `spared` are texts that are no placeholders: a class may be called X."""

    spared: frozenset[str]
    warnings: list[Diagnostic] = field(default_factory=list)

    def node(self, node: Node, keys: Keys) -> Node | None:
        """Give a node without what is not set, None when nothing is; `keys` lead to it from the top."""
        if isinstance(node, Mapping):
            return self.mapping(node, keys)
        if isinstance(node, Sequence):
            items = (self._item(item, keys) for item in node.items)
            return Sequence(tuple(item for item in items if item is not None), node.place)
        if not node.text.strip():
            return None
        if is_placeholder(node.text) and node.text.strip() not in self.spared:
            self._warn(node)
            return None
        return node

    def mapping(self, node: Mapping, keys: Keys) -> Mapping:
        """Give a mapping without the keys that are not set."""
        entries: dict[str, Entry] = {}
        for key, entry in node.entries.items():
            value = self._value(key, entry.value, (*keys, key))
            if value is not None:
                entries[key] = Entry(entry.key_place, value)
        return Mapping(entries, node.place)

    def _value(self, key: str, written: Node, keys: Keys) -> Node | None:
        value = self.node(written, keys)
        if key == "where" and value != written and isinstance(written, Mapping):
            return written  # taken away, it would choose everybody
        if key in _HOW_OFTEN and isinstance(value, Scalar) and is_indefinite(value.text):
            self._warn(value)
            return None
        if keys[:2] == ("grids", "roles") and len(keys) == 3:
            return _holders(written, value)
        return value

    def _item(self, item: Node, keys: Keys) -> Node | None:
        cleaned = self.node(item, keys)
        if not isinstance(item, Mapping) or not isinstance(cleaned, Mapping):
            return cleaned
        if keys[:2] == ("grids", "roles"):
            return None if _is_open(item, cleaned) else cleaned
        if len(keys) == 1 and keys[0] in _PEOPLE:
            return _called_by_id(item, cleaned)
        return cleaned

    def _warn(self, node: Scalar) -> None:
        self.warnings.append(warning("placeholder", node.place, found=node.text.strip()))


def _holders(written: Node, cleaned: Node | None) -> Node:
    """Give the holders of a role: nobody where they are not set."""
    if cleaned is None or _is_open(written, cleaned):
        return Sequence((), written.place)
    return cleaned


def _is_open(written: Node, cleaned: Node) -> bool:
    """Whether who holds a role was left open, though it may be known from when."""
    if not isinstance(written, Mapping) or not isinstance(cleaned, Mapping):
        return False
    return "officer" in written.entries and "officer" not in cleaned.entries


def _called_by_id(written: Mapping, cleaned: Mapping) -> Mapping | None:
    """Call a line without a name by its id; one that has neither yet is not there yet."""
    names, ids = written.entries.get("name"), cleaned.entries.get("id")
    if (
        "name" in cleaned.entries
        or names is None
        or not isinstance(names.value, Scalar)
        or not names.value.text.strip()
    ):
        return cleaned
    if ids is None:
        return None if "id" in written.entries else cleaned
    return Mapping({**cleaned.entries, "name": Entry(names.key_place, ids.value)}, cleaned.place)
