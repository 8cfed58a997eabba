"""Changing a plan file as a person would: values in place, lines commented out, marks behind lines; all else stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

import yaml

Node: TypeAlias = Any  # yaml.Node: its stubs know no styles and no marks of children
Path: TypeAlias = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BEFORE_CHILD = re.compile(r"\s*(?:- +)?")
_AFTER_CHILD = re.compile(r"\s*(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Part:
    """A value of the file: its path, the node, of a mapping's value its key, and the part that holds it."""

    path: Path
    node: Node
    key: Node | None = None
    parent: Part | None = None

    @property
    def text(self) -> str:
        """The text of a scalar, as YAML reads it."""
        return str(self.node.value) if isinstance(self.node, yaml.ScalarNode) else ""

    @property
    def start(self) -> int:
        """Where it begins, with its key."""
        return int((self.key or self.node).start_mark.index)

    def parts(self) -> Iterator[Part]:
        """Give what it holds, in the order of the file."""
        if isinstance(self.node, yaml.SequenceNode):
            for at, one in enumerate(self.node.value):
                yield Part((*self.path, at), one, None, self)
        elif isinstance(self.node, yaml.MappingNode):
            for key, value in self.node.value:
                yield Part((*self.path, str(key.value)), value, key, self)

    def get(self, name: str | int) -> Part | None:
        """Give the value of a key, or an item."""
        return next((one for one in self.parts() if one.path[-1] == name), None)

    def below(self) -> Iterator[Part]:
        """Give every part below it, itself last."""
        for one in self.parts():
            yield from one.below()
        yield self


@dataclass(slots=True)
class PlanText:
    """The text of a plan file, and what is to be changed in it. What is asked for twice is done once."""

    text: str
    _edits: dict[tuple[int, int, str], None] = field(default_factory=dict)
    _hidden: set[int] = field(default_factory=set)
    _marks: dict[int, str] = field(default_factory=dict)

    def root(self) -> Part:
        """Give the whole file as a part."""
        return Part((), yaml.compose(self.text, Loader=_LOADER))

    def raw(self, node: Node) -> str:
        """Give a node as it is written."""
        return self.text[node.start_mark.index : _end(node)]

    def replace(self, node: Node, new: str) -> None:
        """Write something else in a node's place."""
        self._edit(int(node.start_mark.index), _end(node), new)

    def insert(self, at: Part, new: str) -> None:
        """Write something behind the last value of a mapping in braces, or on a line of its own below it."""
        *_, last = at.parts()
        end = _end(last.node)
        if at.node.flow_style:
            self._edit(end, end, f", {new}")
        else:
            line = self.text.find("\n", max(at.start, end - 1))
            line = len(self.text) if line < 0 else line
            self._edit(line, line, f"\n{' ' * int(at.node.start_mark.column)}{new}")

    def mark(self, part: Part, why: str) -> None:
        """Put a comment behind the line on which a part ends."""
        self._marks.setdefault(self._last_line(part), why)

    def drop(self, parts: Iterable[Part], why: str) -> None:
        """Take parts of one list or mapping out, with a mark; all of them: that list or mapping itself.

        Lines of their own are commented out; what stands among others on a line is cut. What can be neither stays, and
        is marked.
        """
        gone = list(parts)
        if not gone:
            return
        holder, paths = gone[0].parent, {one.path for one in gone}
        if holder is not None and holder.parent is not None and all(one.path in paths for one in holder.parts()):
            self.drop([holder], why)
        elif holder is not None and holder.node.flow_style:
            self._cut(holder, paths, why)
        else:
            for one in gone:
                self._comment_out(one, why)

    def _cut(self, holder: Part, gone: set[Path], why: str) -> None:
        every = list(holder.parts())
        for one, after in pairwise(every):
            if one.path in gone and any(other.path not in gone for other in every[every.index(after) :]):
                self._edit(one.start, after.start, "")
        last_kept = max(at for at, one in enumerate(every) if one.path not in gone)
        if last_kept < len(every) - 1:
            self._edit(_end(every[last_kept].node), _end(every[-1].node), "")
        self.mark(holder, why)

    def _comment_out(self, part: Part, why: str) -> None:
        first, last = self.text.count("\n", 0, part.start), self._last_line(part)
        before = self.text[self.text.rfind("\n", 0, part.start) + 1 : part.start]
        after = self.text[_end(part.node) :].partition("\n")[0]
        if _BEFORE_CHILD.fullmatch(before) and _AFTER_CHILD.fullmatch(after) and not self._opens_item(part, before):
            self._hidden |= set(range(first, last + 1))
        self._marks.setdefault(last, why)

    @staticmethod
    def _opens_item(part: Part, before: str) -> bool:
        """Whether a key stands on the line of the dash of its mapping, so that its line cannot go alone."""
        return part.key is not None and "-" in before

    def _edit(self, start: int, end: int, new: str) -> None:
        self._edits.setdefault((start, end, new))

    def _last_line(self, part: Part) -> int:
        return self.text.count("\n", 0, max(part.start, _end(part.node) - 1))

    def result(self) -> str:
        """Give the text with everything changed."""
        edits = sorted([*self._edits, *self._of_lines()], key=lambda one: one[:2])
        written, at = [], 0
        for start, end, new in edits:
            if start >= at:  # what lies in a part that was cut goes with it
                written += [self.text[at:start], new]
                at = end
        return "".join((*written, self.text[at:]))

    def _of_lines(self) -> Iterator[tuple[int, int, str]]:
        """Give the edits that comment lines out, each block of them in one column, and that put marks behind lines."""
        begin = 0
        indent = 0
        for number, line in enumerate(self.text.split("\n")):
            if number in self._hidden and line.strip():
                own = len(line) - len(line.lstrip())
                indent = own if number - 1 not in self._hidden else min(indent, own)
                yield begin + indent, begin + indent, "# "
            if number in self._marks:
                end = begin + len(line.removesuffix("\r"))
                yield end, end, f"  # {self._marks[number]}"
            begin += len(line) + 1


def _end(node: Node) -> int:
    """Give where a node ends: that of a list or mapping of lines is the end of what it holds."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return int(node.end_mark.index)
    inner = [one for pair in node.value for one in (pair if isinstance(pair, tuple) else (pair,))]
    return max((_end(one) for one in inner), default=int(node.start_mark.index))
