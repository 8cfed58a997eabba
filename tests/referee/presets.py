"""The presets that the referee knows, by hand from rules.md and domain.md, and how they lie under a plan."""

from __future__ import annotations

from typing import Any

_NOT_COUNTED = ["complaint", "transfer", "monitoring", "supervision"]

PRESETS: dict[str, dict[str, Any]] = {
    "seed-abc": {
        "classes": {
            "A": {"visits": "1 per month", "family": "patrol"},
            "B": {"visits": "1 per quarter", "family": "patrol"},
            "C": {"visits": "1 per half-year", "family": "patrol"},
        }
    },
    "cap-work-safety-2025": {
        "caps": [
            {
                "name": "高危",
                "where": {"tags": "high-risk"},
                "column": "standard_level",
                "per_year": {"1": "2", "2": "4", "3": "8", "none": "12"},
                "except": _NOT_COUNTED,
            },
            {
                "name": "一般",
                "column": "standard_level",
                "per_year": {"1": "1", "2": "2", "3": "4", "none": "6"},
                "except": _NOT_COUNTED,
            },
        ]
    },
    "reinspect": {},
}


def lay_under(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan with the presets of its `use:` under it, later presets before earlier ones."""
    merged = plan
    for name in reversed(plan.get("use") or []):
        if name not in PRESETS:
            raise ValueError(f"the referee does not know the preset {name!r}")
        merged = _lay(PRESETS[name], merged)
    return _drop(merged)


def _lay(under: Any, over: Any) -> Any:
    if isinstance(under, dict) and isinstance(over, dict):
        keys = list(over) + [k for k in under if k not in over]
        return {k: _lay(under.get(k), over[k]) if k in over else under[k] for k in keys}
    if isinstance(under, list) and isinstance(over, list) and _named(under) and _named(over):
        below = {line["name"]: line for line in under}
        lines = [_lay(below.get(line["name"]), line) for line in over]
        own = {line["name"] for line in over}
        return lines + [line for line in under if line["name"] not in own]
    return over


def _named(lines: list[Any]) -> bool:
    return all(isinstance(line, dict) and "name" in line for line in lines)


def _drop(value: Any) -> Any:
    """Takes `drop: true` lines and `none` keys away; `none` is a value of its own in `partial` and in tables."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if not (v == "none" and k not in _OWN_NONE)}
        return {k: v if k in _AS_WRITTEN else _drop(v) for k, v in kept.items()}
    if isinstance(value, list):
        return [_drop(v) for v in value if not (isinstance(v, dict) and v.get("drop") == "true")]
    return value


_OWN_NONE = {"partial", "standard_level"}
_AS_WRITTEN = {"where", "per_year"}
