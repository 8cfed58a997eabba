"""What pydantic finds wrong, as located diagnostics of few clear codes."""

from __future__ import annotations

import difflib
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from safeplan.terms.diagnostic import Diagnostic, TermError, Value, error
from safeplan.terms.origin import Place

Path = tuple[str | int, ...]
Locate = Callable[[Path, bool], Place | None]
"""Gives the place of a path of keys and positions; of the key itself when the second argument is true."""

_SHAPES = {
    "model_type": "not-a-mapping",
    "model_attributes_type": "not-a-mapping",
    "dict_type": "not-a-mapping",
    "tuple_type": "not-a-list",
    "list_type": "not-a-list",
}


def diagnostics_of(failure: ValidationError, model: type[BaseModel], locate: Locate) -> list[Diagnostic]:
    """Turn the errors of a validation into diagnostics.

    Parameters
    ----------
    failure
        What pydantic raised.
    model
        The model that was validated: its keys are suggested for misspelt ones.
    locate
        Gives the place of a path.
    """
    return [_diagnostic(one, path, model, locate) for path, one in _errors(failure)]


def _errors(failure: ValidationError, above: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Give each error with its path; those of a value that was validated on the way stand below its own."""
    for one in failure.errors(include_url=False):
        path = (*above, *(step for step in one["loc"] if step != "[key]"))
        cause = one.get("ctx", {}).get("error")
        if isinstance(cause, ValidationError):
            yield from _errors(cause, path)
        else:
            yield path, one


def _diagnostic(one: Any, path: Path, model: type[BaseModel], locate: Locate) -> Diagnostic:
    kind, found, context = one["type"], _shown(one["input"]), one.get("ctx", {})
    place = locate(path, kind == "extra_forbidden" or "[key]" in one["loc"])
    cause = context.get("error")
    if isinstance(cause, TermError):
        return error(cause.code, place, **({"key": _key(path)} | dict(cause.values)))
    if kind == "extra_forbidden":
        return unknown_key(str(path[-1]), keys_at(model, path[:-1]), place)
    if kind == "missing":
        return error("missing-key", place, found=_key(path))
    if kind in _SHAPES:
        return error(_SHAPES[kind], place, key=_key(path), found=found)
    expected = _expected(kind, context)
    if kind in ("enum", "literal_error", "string_pattern_mismatch") and isinstance(expected, tuple):
        code = "unknown-version" if path == ("safeplan",) else "not-one-of"
        return error(code, place, key=_key(path), found=found, expected=expected, suggestion=near(str(found), expected))
    if kind in ("greater_than_equal", "less_than_equal"):
        return error("out-of-range", place, key=_key(path), found=found, expected=expected)
    if kind in ("string_too_short", "too_short"):
        return error("empty-value", place, key=_key(path))
    if isinstance(cause, ValueError) and str(cause).startswith("invalid literal for int"):
        return error("not-a-whole-number", place, key=_key(path), found=found)
    return error("bad-value", place, key=_key(path), found=found, expected=expected)


def unknown_key(key: str, known: Sequence[str], place: Place | None) -> Diagnostic:
    """Say that a key is not known, with the nearest one that is."""
    return error("unknown-key", place, found=key, expected=tuple(known), suggestion=near(key, known))


def near(text: str, known: Iterable[str]) -> str | None:
    """Give the nearest of the known words, if one is near."""
    by_folded = {one.casefold(): one for one in known}
    found = difflib.get_close_matches(text.casefold(), by_folded, 1, 0.6)
    return by_folded[found[0]] if found else None


def keys_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """Give the keys that the mapping at a path may have; none where any key may stand."""
    at: Any = model
    for step in path:
        at = _step(_bare(at), step)
        if at is None:
            return ()
    at = _bare(at)
    return _keys(at) if isinstance(at, type) and issubclass(at, BaseModel) else ()


def item_model(annotation: Any) -> type[BaseModel] | None:
    """Give the model of the items of a list's type; None when they are no models."""
    arguments = get_args(_bare(annotation))
    item = _bare(arguments[0]) if arguments else None
    return item if isinstance(item, type) and issubclass(item, BaseModel) else None


def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _step(at: Any, step: str | int) -> Any:
    if isinstance(at, type) and issubclass(at, BaseModel):
        fields = at.model_fields.items()
        return next((field.annotation for name, field in fields if step in (field.alias, name)), None)
    arguments = get_args(at)
    if get_origin(at) is dict and arguments:
        return arguments[1]
    return arguments[0] if arguments else None


def _bare(at: Any) -> Any:
    """Take `Annotated` and `| None` off a type."""
    while True:
        if get_origin(at) is Annotated:
            at = get_args(at)[0]
        elif get_origin(at) in (Union, types.UnionType):
            at = next((one for one in get_args(at) if one is not types.NoneType), None)
        else:
            return at


def _expected(kind: str, context: dict[str, Any]) -> Value:
    if kind in ("enum", "literal_error"):
        return tuple(word.strip().strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(","))
    if kind == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        words = tuple(word for word in pattern.removeprefix("^(").removesuffix(")$").split("|") if word)
        return words if pattern.startswith("^(") else pattern
    if kind == "greater_than_equal":
        return f"≥ {context['ge']:g}"
    if kind == "less_than_equal":
        return f"≤ {context['le']:g}"
    return None


def _shown(value: object) -> str:
    """Show what was found: a text as it is, anything nested by its kind."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, (list, tuple)):
        return "[…]"
    return str(value)


def _key(path: Path) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str)) or "plan"
