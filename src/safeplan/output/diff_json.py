"""A comparison as JSON: what `safeplan diff --format json` gives, one change a line."""

from __future__ import annotations

import json
from datetime import date

from safeplan.core.compare import CHANGES, Diff

_KEYS = [key for key in CHANGES if not key.endswith("_name")]


def render(diff: Diff) -> bytes:
    """Write the changes: keys in this order, days as ISO dates, UTF-8, a final line feed."""
    rows = [
        json.dumps({key: _spelt(row[key]) for key in _KEYS}, ensure_ascii=False, separators=(",", ":"))
        for row in diff.changes.iter_rows(named=True)
    ]
    listed = ",\n    ".join(rows)
    changes = f"[\n    {listed}\n  ]" if rows else "[]"
    return f'{{\n  "safeplan": 1,\n  "same": {diff.same},\n  "changes": {changes}\n}}\n'.encode()


def _spelt(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
