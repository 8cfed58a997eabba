"""The JSON Schema of a plan file, for editors: from the models, with what YAML may write besides."""

from __future__ import annotations

from typing import Any, get_origin

from safeplan.plan.file import PlanFile, TableFile
from safeplan.reading.problems import item_model

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ALSO = {
    "Location": ["array", "string"],  # [latitude, longitude]
    "Certificate": ["string", "number"],  # its number alone
    "Holder": ["string"],  # an officer's id
    "DatedClass": ["string", "number"],
    "DatedGrid": ["string", "number"],
    "GridSelector": ["array", "string"],  # ids
    "Permit": [],
}
"""Models that a plan may also write more shortly: definition → other types."""


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of a plan file.

    Returns
    -------
    dict
        Draft 2020-12. A list may also be a table, or hold tables; a value may be written as a number, a text or not at
        all, as YAML allows; what presets may bring is not required; enterprises may have columns of their own.
    """
    schema = PlanFile.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = schema["$defs"]
    definitions["TableFile"] = TableFile.model_json_schema(by_alias=True)
    del definitions["Span"]
    schema["properties"]["period"] = {"type": "string", "description": "a year, or first/last", "examples": ["2026"]}
    schema["properties"]["safeplan"] = {"enum": ["1", 1], "description": "version of the format"}
    for name, definition in definitions.items():
        definition.pop("required", None)
        if "properties" in definition:
            if "name" in definition["properties"]:
                definition["properties"]["drop"] = {"type": "boolean", "description": "takes a preset's line away"}
            definition["type"] = ["object", "null", *_ALSO.get(name, [])]
    definitions["TableFile"] |= {"type": "object", "required": ["file"]}
    definitions["Enterprise"]["additionalProperties"] = True
    definitions["Enterprise"]["properties"] |= _parts()
    loose: dict[str, Any] = _as_yaml_writes(schema)
    for name, field in PlanFile.model_fields.items():
        if get_origin(field.annotation) is tuple and item_model(field.annotation) is not None:
            key = field.alias or name
            loose["properties"][key] = _or_table(loose["properties"][key])
    loose["type"] = "object"
    return {"$schema": _DIALECT, **loose, "title": "safeplan"}


def _or_table(schema: dict[str, Any]) -> dict[str, Any]:
    """Let a list be a table, and its items tables."""
    described: dict[str, Any] = {key: schema[key] for key in ("description", "title") if key in schema}
    table = {"$ref": "#/$defs/TableFile"}
    item = schema["anyOf"][0]["items"]
    return {**described, "anyOf": [{"type": "array", "items": {"anyOf": [item, table]}}, table, {"type": "null"}]}


def _as_yaml_writes(schema: Any) -> Any:
    """Let an editor accept what YAML writes for a text: a number, true or false, a day, nothing, or one for a list."""
    if isinstance(schema, list):
        return [_as_yaml_writes(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {
        key: {name: _as_yaml_writes(one) for name, one in value.items()}
        if key in ("properties", "$defs")
        else _as_yaml_writes(value)
        if key in ("items", "additionalProperties", "anyOf", "prefixItems")
        else value
        for key, value in schema.items()
        if key not in ("format", "minLength", "minItems", "pattern", "minimum", "maximum", "default")
    }
    kind = inner.get("type")
    if kind == "array" or (isinstance(kind, list) and "array" in kind and "items" in inner):
        return _or_one(inner)
    if "enum" in inner:
        return {key: value for key, value in inner.items() if key != "type"}
    if kind in ("string", "integer", "number"):
        return inner | {"type": ["string", "number", "null"]}
    if kind == "boolean":
        return inner | {"type": ["boolean", "null"]}
    if kind == "object" and "properties" not in inner:
        return inner | {"type": ["object", "array", "string", "number", "null"]}
    return inner


def _or_one(array: dict[str, Any]) -> dict[str, Any]:
    """Let a list be one value alone, or a text whose parts are set apart by ; or 、."""
    described: dict[str, Any] = {key: array[key] for key in ("description", "title", "examples") if key in array}
    item = array.get("items", {})
    return {**described, "anyOf": [{"type": "array", "items": item}, item, {"type": ["string", "number", "null"]}]}


def _parts() -> dict[str, Any]:
    """Give the keys of an enterprise that stand for several fields."""
    text = {"type": "string"}
    return {
        "location": {"description": "[latitude, longitude]", "type": "array", "items": text},
        "active": {
            "description": "nothing is planned outside it",
            "type": "object",
            "properties": {"from": text, "to": text},
        },
        "contact": {
            "description": "personal: shown only where it is asked for",
            "type": "object",
            "properties": {"name": text, "phone": text},
        },
    }
