"""The language of a plan, whatever else is wrong with the plan: it is what is wrong that is to be said in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from safeplan.plan.file import PlanFile
from safeplan.reading.encoding import decode
from safeplan.reading.limits import Limits
from safeplan.reading.yaml_tree import LOADER
from safeplan.terms.diagnostic import Diagnostic

_KEY = "language"
_BEGINS, _ENDS = (yaml.MappingStartEvent, yaml.SequenceStartEvent), (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def plan_language(path: Path) -> str | None:
    """Give the `language:` of a plan file, the default of a plan that does not say; None when that cannot be read.

    The file is read no further than to that key.
    """
    limits = Limits()
    try:
        if path.stat().st_size > limits.plan_bytes:
            return None
        text = decode(path.read_bytes(), path.name)
    except OSError:
        return None
    if isinstance(text, Diagnostic):
        return None
    try:
        for key, value in _top_level(yaml.parse(text, Loader=LOADER), limits.depth):
            if key == _KEY:
                return value
    except (yaml.YAMLError, _NotAPlan):
        return None
    return str(PlanFile.model_fields[_KEY].default)


class _NotAPlan(Exception):
    """The file is no mapping, or goes too deep."""


def _top_level(events: Iterator[Any], most: int) -> Iterator[tuple[str, str | None]]:
    """Give the keys of the mapping that a file is, each with its value if that is a text."""
    depth, key, is_mapping = 0, None, False
    for event in events:
        if isinstance(event, _BEGINS):
            depth += 1
            is_mapping = is_mapping or isinstance(event, yaml.MappingStartEvent)
            if depth > most or not is_mapping:
                raise _NotAPlan
            continue
        if isinstance(event, _ENDS):
            depth -= 1
        elif not isinstance(event, yaml.NodeEvent):
            continue
        if depth == 1:  # a node of the outermost mapping is complete
            text = event.value if isinstance(event, yaml.ScalarEvent) else None
            if key is None:
                key = text or ""
            else:
                yield key, text
                key = None
    if not is_mapping:
        raise _NotAPlan
