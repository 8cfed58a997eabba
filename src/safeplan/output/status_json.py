"""Where the targets stand as JSON: one target a line."""

from __future__ import annotations

from safeplan.core.overdue.overdue import Overdue
from safeplan.output.schedule_lines import dump
from safeplan.output.status_lines import status_head, target_lines


def render(found: Overdue) -> bytes:
    """Write the targets: UTF-8, days as ISO dates, a final line feed."""
    joined = ",\n    ".join(target_lines(found))
    parts = [f"{dump(key)}: {dump(value)}" for key, value in status_head(found).items()]
    parts.append('"targets": ' + (f"[\n    {joined}\n  ]" if joined else "[]"))
    return ("{\n  " + ",\n  ".join(parts) + "\n}\n").encode()
