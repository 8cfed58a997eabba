"""The types of the plan's fields in words, from the annotations of the models."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from safeplan.plan.fields import Reference
from safeplan.plan.selector import Among
from safeplan.terms.day_of import DayOf
from safeplan.terms.days import Days
from safeplan.terms.duration import Duration
from safeplan.terms.frequency import Frequency
from safeplan.terms.goal import Goal
from safeplan.terms.recurrence import Recurrence
from safeplan.terms.share import Share
from safeplan.terms.span import Span

Link = Callable[[type[BaseModel]], str]

PLAIN: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    date: "[day](#values)",
    Span: "[span](#values)",
    Days: "[days](#values)",
    Frequency: "[frequency](#values)",
    Duration: "[duration](#values)",
    Share: "[share](#values)",
    Goal: "[share or whole number](#values)",
    DayOf: "[day of a unit](#values)",
    Recurrence: "[recurrence](#values)",
}
REFERENCES = {
    "carrier": ("id of a team, or a role of the grids", "ids of teams, or roles of the grids"),
    "owner": ("officer, or a role of the grids", "officers, or roles of the grids"),
    "season": ("name of a season", "names of seasons"),
    "class": ("key or label of a class", "keys or labels of classes"),
    "officer": ("id or name of an officer", "ids or names of officers"),
    "team": ("id or name of a team", "ids or names of teams"),
    "grid": ("id or name of a grid", "ids or names of grids"),
    "enterprise": ("id or name of an enterprise", "ids or names of enterprises"),
}
"""What a reference takes, and a list of them."""

EVERY = "unit (quarter, 2 months) or name of a season"


def field_words(field: FieldInfo, link: Link) -> str:
    """Say what a field takes, bounds included; `link` gives the words for another model."""
    words = type_words(field.annotation, link)
    return words + _bounds(field.metadata)


def type_words(annotation: Any, link: Link) -> str:
    """Say what an annotation takes.

    Raises
    ------
    KeyError
        A type without words: it wants a line in PLAIN.
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated and arguments[0] is Frequency and not _says_per(arguments[1:]):
        return EVERY
    if origin is Annotated:
        return type_words(arguments[0], link) + _bounds(_flat(arguments[1:]))
    if origin in (Union, UnionType):
        parts = [one for one in arguments if one is not NoneType]
        if Among in parts:
            return "[selector](#values)"
        return " or ".join(type_words(one, link) for one in parts)
    if origin is tuple:
        return f"list of {_plural(type_words(arguments[0], link))}"
    if origin is dict:
        return f"mapping of {_plural(type_words(arguments[1], link))}"
    if origin is Literal:
        return " or ".join(f"`{one}`" for one in arguments)
    if issubclass(annotation, Enum):
        return "one of " + _one_of(one.value for one in annotation)
    if issubclass(annotation, Reference):
        return REFERENCES[annotation.kind][0]
    if issubclass(annotation, BaseModel):
        return link(annotation)
    return PLAIN[annotation]


def models_of(annotation: Any) -> Iterable[type[BaseModel]]:
    """Give the models that an annotation holds."""
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        arguments = arguments[:1]
    if not arguments:
        return [annotation] if isinstance(annotation, type) and issubclass(annotation, BaseModel) else []
    return [model for one in arguments for model in models_of(one)]


def _says_per(metadata: Iterable[Any]) -> bool:
    """Whether a frequency is written with its number (1 per month), and not as a unit alone (`every: month`)."""
    schemas = [one.json_schema for one in metadata if isinstance(one, WithJsonSchema)]
    return any(" per " in text for schema in schemas for text in (schema or {}).get("examples", ()))


def _flat(metadata: Iterable[Any]) -> list[Any]:
    return [part for one in metadata for part in (one.metadata if isinstance(one, FieldInfo) else [one])]


def _bounds(metadata: Iterable[Any]) -> str:
    """Say the bounds and choices among the metadata of a field."""
    least = next((one.ge for one in metadata if getattr(one, "ge", None) is not None), None)
    most = next((one.le for one in metadata if getattr(one, "le", None) is not None), None)
    pattern = next((one.pattern for one in metadata if isinstance(getattr(one, "pattern", None), str)), None)
    choices = pattern and re.fullmatch(r"\^\(([\w|-]+)\)\$", pattern)
    if choices:
        return ", one of " + _one_of(one for one in choices[1].split("|") if one)
    if least is not None and most is not None:
        return f", {least:g} to {most:g}"
    return "" if least is None else f", {least:g} or more"


def _one_of(values: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in values)


def _plural(words: str) -> str:
    plurals = {"whole number": "whole numbers", "text": "texts", "number": "numbers", "list": "lists"}
    for one, many in (*plurals.items(), *REFERENCES.values()):
        if words == one or words.startswith((f"{one},", f"{one} ")):
            return many + words[len(one) :]
    return re.sub(r"^\[(day|span|duration|frequency)\]", r"[\1s]", words)
