"""YAML into a tree of texts with their places, from PyYAML's event stream.

No value is guessed: scalars stay text, and the field that takes one gives it a type. One pass finds duplicate keys,
keeps the budget of aliases and the limit of depth; it stops at the event that goes too deep, since libyaml needs
minutes for 200 kB of `[`.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from safeplan.reading.encoding import decode
from safeplan.reading.findings import Findings
from safeplan.reading.limits import Limits
from safeplan.terms.diagnostic import Diagnostic, error, warning
from safeplan.terms.origin import Place

Node: TypeAlias = "Scalar | Sequence | Mapping"

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
_STANDARD = "tag:yaml.org,2002:"
_KNOWN_TAGS = frozenset(
    {None, "!"} | {_STANDARD + name for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")}
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; `quoted` when it was written in quotes or as a block, so that an empty one is meant."""

    text: str
    place: Place
    quoted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a mapping and where its key stands."""

    key_place: Place
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; its keys are texts, in the order of the file (those of merge keys first)."""

    entries: dict[str, Entry]
    place: Place


def read_tree(data: bytes, file: str, limits: Limits) -> tuple[Mapping | None, list[Diagnostic]]:
    """Read the bytes of a YAML file.

    Parameters
    ----------
    data
        The file's bytes, UTF-8 or GB18030.
    file
        Its name as the plan spells it, for the places.
    limits
        Size, depth and alias budget.

    Returns
    -------
    Mapping or None, list of Diagnostic
        None when there is nothing to go on with; a tree with errors is as much as could be read.
    """
    if len(data) > limits.plan_bytes:
        return None, [error("too-large", Place(file), found=len(data), limit=limits.plan_bytes, setting="plan_bytes")]
    text = decode(data, file)
    if isinstance(text, Diagnostic):
        return None, [text]
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        return None, [error("control-character", _place_at(text, forbidden.start(), file), found=_code(forbidden))]
    findings = Findings(limits.of_a_code)
    for hidden in _HIDDEN.finditer(text):
        findings.add(warning("hidden-character", _place_at(text, hidden.start(), file), found=_code(hidden)))
    with _without_collection():
        tree = _Builder(file, limits, findings).build(text)
    return tree, findings.listed()


def plain(node: Node) -> dict[str, Any] | list[Any] | str:
    """Give a tree as nested dicts, lists and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(entry.value) for key, entry in node.entries.items()}


def node_at(node: Node, path: Iterable[str | int]) -> Node | None:
    """Give the node at a path of keys and positions, or None."""
    for step in path:
        found = _child(node, step)
        if found is None:
            return None
        node = found[0]
    return node


def place_of(node: Node, path: Iterable[str | int], *, key: bool = False) -> Place:
    """Give the place of the deepest node that exists on a path of keys and positions.

    With `key`, the place of that node's own key, if it stands in a mapping, in place of its value's.
    """
    place = node.place
    for step in path:
        found = _child(node, step)
        if found is None:
            break
        node, key_place = found
        place = key_place if key and key_place else node.place
    return place


def lines_of(data: bytes, file: str = "") -> list[str]:
    """Give the lines of a file as its places count them; none when it cannot be decoded."""
    text = decode(data, file)
    return [] if isinstance(text, Diagnostic) else _BREAK.split(text)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the garbage collector from walking a growing tree again and again: a third of the time, measured on 3 MB."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _child(node: Node, step: str | int) -> tuple[Node, Place | None] | None:
    if isinstance(node, Mapping):
        entry = node.entries.get(str(step))
        return None if entry is None else (entry.value, entry.key_place)
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step], None
    return None


def _place_at(text: str, offset: int, file: str) -> Place:
    before = _BREAK.split(text[:offset])
    return Place(file, len(before), len(before[-1]) + 1)


def _code(match: re.Match[str]) -> str:
    return f"U+{ord(match[0]):04X}"


class _Stop(Exception):
    """The rest of the file is not read; the reason is among the findings."""


class _Open:
    """A list or mapping that has begun and not ended."""

    __slots__ = ("anchor", "entries", "items", "key", "merged", "merging", "place", "size", "waiting")

    def __init__(self, place: Place, anchor: str | None, is_mapping: bool) -> None:
        self.place = place
        self.anchor = anchor
        self.items: list[Node] = []
        self.entries: dict[str, Entry] | None = {} if is_mapping else None
        self.merged: dict[str, Entry] = {}
        self.waiting = False  # for the value of `key`, or of a merge key
        self.key: tuple[str, Place] | None = None
        self.merging = False
        self.size = 1


class _Builder:
    def __init__(self, file: str, limits: Limits, findings: Findings) -> None:
        self._file = file
        self._limits = limits
        self._findings = findings
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._unfinished: set[str] = set()
        self._expanded = 0
        self._root: Node | None = None
        self._documents = 0

    def build(self, text: str) -> Mapping | None:
        loader = LOADER(text)
        try:
            self._read(loader)
        except _Stop:
            return self._as_mapping(self._root)
        except yaml.MarkedYAMLError as failure:
            self._findings.add(self._syntax(failure, text))
            return None
        finally:
            loader.dispose()
        return self._as_mapping(self._root)

    def _read(self, loader: Any) -> None:
        file, take, next_event = self._file, self._take, loader.get_event
        scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        ends, alias, document = (yaml.MappingEndEvent, yaml.SequenceEndEvent), yaml.AliasEvent, yaml.DocumentStartEvent
        while True:
            event = next_event()
            kind = type(event)
            if kind in ends:
                self._end()
                continue
            if kind is yaml.StreamEndEvent:
                return
            mark = event.start_mark
            place = Place(file, mark.line + 1, mark.column + 1)
            if kind is scalar:
                node = Scalar(event.value, place, bool(event.style))
                if event.tag is not None:
                    self._check_tag(event.tag, place)
                if event.anchor is not None:
                    self._anchors[event.anchor] = (node, 1)
                take(node, 1)
            elif kind is mapping or kind is sequence:
                self._begin(event, place, kind is mapping)
            elif kind is alias:
                self._alias(event.anchor, place)
            elif kind is document:
                self._documents += 1
                if self._documents > 1:
                    self._stop(error("several-documents", place))

    def _begin(self, event: Any, place: Place, is_mapping: bool) -> None:
        if len(self._open) >= self._limits.depth:
            self._root = None
            self._stop(error("too-deep", place, limit=self._limits.depth, setting="depth"))
        self._check_tag(event.tag, place)
        if event.anchor is not None:
            self._unfinished.add(event.anchor)
        self._open.append(_Open(place, event.anchor, is_mapping))

    def _end(self) -> None:
        done = self._open.pop()
        node: Node
        if done.entries is None:
            node = Sequence(tuple(done.items), done.place)
        else:
            node = Mapping({**done.merged, **done.entries} if done.merged else done.entries, done.place)
        if done.anchor is not None:
            self._anchors[done.anchor] = (node, done.size)
            self._unfinished.discard(done.anchor)
        self._take(node, done.size)

    def _alias(self, anchor: str, place: Place) -> None:
        if anchor in self._unfinished:
            self._findings.add(error("alias-in-itself", place, found=anchor))
        elif anchor not in self._anchors:
            self._findings.add(error("unknown-alias", place, found=anchor))
        else:
            node, size = self._anchors[anchor]
            self._expanded += size
            if self._expanded > self._limits.aliases:
                self._root = None
                self._stop(error("alias-budget", place, limit=self._limits.aliases, setting="aliases"))
            self._take(node, size, place)
            return
        self._take(Scalar("", place, False), 1)

    def _take(self, node: Node, size: int, place: Place | None = None) -> None:
        """Put a finished node where it belongs; `place` is where an alias of it stands."""
        if not self._open:
            self._root = node
            return
        into = self._open[-1]
        into.size += size
        entries = into.entries
        if entries is None:
            into.items.append(node)
        elif not into.waiting:
            into.waiting = True
            into.key = self._key(node, place)
            into.merging = isinstance(node, Scalar) and node.text == "<<" and not node.quoted
        else:
            into.waiting = False
            if into.key is None:
                return
            key, key_place = into.key
            if into.merging:
                self._merge(into, node, place or node.place)
            elif key in entries:
                first = entries[key].key_place
                self._findings.add(error("duplicate-key", key_place, found=key, first_line=first.line))
            else:
                entries[key] = Entry(key_place, node)

    def _key(self, node: Node, place: Place | None) -> tuple[str, Place] | None:
        if isinstance(node, Scalar):
            return node.text, place or node.place
        self._findings.add(error("key-not-a-text", place or node.place))
        return None

    def _merge(self, into: _Open, node: Node, place: Place) -> None:
        for source in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(source, Mapping):
                into.merged = {**source.entries, **into.merged}
            else:
                self._findings.add(error("merge-not-a-mapping", place))

    def _check_tag(self, tag: str | None, place: Place) -> None:
        if tag not in _KNOWN_TAGS:
            self._findings.add(error("unknown-tag", place, found=str(tag).replace(_STANDARD, "!!")))

    def _stop(self, reason: Diagnostic) -> None:
        self._findings.add(reason)
        raise _Stop

    def _as_mapping(self, root: Node | None) -> Mapping | None:
        if isinstance(root, Mapping):
            return root
        if root is not None and not (isinstance(root, Scalar) and not root.text):
            found = "list" if isinstance(root, Sequence) else "text"
            self._findings.add(error("not-a-mapping", root.place, key="plan", found=found))
        elif not self._findings.listed():
            self._findings.add(error("empty-file", Place(self._file)))
        return None

    def _syntax(self, failure: yaml.MarkedYAMLError, text: str) -> Diagnostic:
        mark = failure.problem_mark or failure.context_mark
        lines = _BREAK.split(text)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if line >= len(lines) and not lines[min(line, len(lines)) - 1].strip():
            # What is missing at the end of the file is shown at the end of what is written.
            line = max((n for n, written in enumerate(lines, 1) if written.strip()), default=1)
            column = len(lines[line - 1].rstrip()) + 1
        elif line > len(lines):
            line, column = len(lines), len(lines[-1]) + 1
        place = Place(self._file, line, column)
        if failure.problem == "exceeded maximum nesting depth":  # libyaml looks ahead of the events it gives
            return error("too-deep", place, limit=self._limits.depth, setting="depth")
        # The parser often notices a line later: look at the line it names and the one before.
        for number in (line, line - 1):
            written = lines[number - 1] if 0 < number <= len(lines) else ""
            indent = written[: len(written) - len(written.lstrip())]
            if "\t" in indent:
                return error("tab-indent", Place(self._file, number, indent.index("\t") + 1))
            if "：" in written and ": " not in written and not written.rstrip().endswith(":"):
                return error("full-width-colon", Place(self._file, number, written.index("：") + 1))
        began = min(failure.context_mark.line + 1, line) if failure.context_mark else line
        return error("yaml-syntax", place, problem=str(failure.problem or failure), began=began)
