"""What is overdue as JSON Lines: a head, then a row or a count of penalties a line, each with its `type`."""

from __future__ import annotations

from collections.abc import Iterable

from safeplan.core.overdue.choice import ChosenOverdue
from safeplan.output.overdue_lines import objects, overdue_head, overdue_rows
from safeplan.output.schedule_lines import dump


def render(chosen: ChosenOverdue) -> bytes:
    """Write what is overdue, a record a line: head, overdue, penalties."""
    records: dict[str, Iterable[str]] = {
        "head": [dump(overdue_head(chosen))],
        "overdue": objects(overdue_rows(chosen)),
        "penalties": objects(chosen.overdue.penalties),
    }
    lines = [f'{{"type":"{kind}",{text[1:]}' for kind, texts in records.items() for text in texts]
    return ("\n".join(lines) + "\n").encode()
