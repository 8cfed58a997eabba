"""What is overdue as JSON: one row a line so that a diff reads well."""

from __future__ import annotations

from safeplan.core.overdue.choice import ChosenOverdue
from safeplan.output.overdue_lines import objects, overdue_head, overdue_rows
from safeplan.output.schedule_lines import dump


def render(chosen: ChosenOverdue) -> bytes:
    """Write what is overdue: UTF-8, days as ISO dates, a final line feed; the same bytes for the same ledger."""
    lists = {"rows": objects(overdue_rows(chosen)), "penalties": objects(chosen.overdue.penalties)}
    parts = [f"{dump(key)}: {dump(value)}" for key, value in overdue_head(chosen).items()]
    for key, lines in lists.items():
        joined = ",\n    ".join(lines)
        parts.append(f"{dump(key)}: " + (f"[\n    {joined}\n  ]" if joined else "[]"))
    return ("{\n  " + ",\n  ".join(parts) + "\n}\n").encode()
