"""Where the targets stand as JSON Lines: a head, then a target a line, each with its `type`."""

from __future__ import annotations

from safeplan.core.overdue.overdue import Overdue
from safeplan.output.schedule_lines import dump
from safeplan.output.status_lines import status_head, target_lines


def render(found: Overdue) -> bytes:
    """Write the targets, a record a line: head, target."""
    lines = [f'{{"type":"head",{dump(status_head(found))[1:]}']
    lines += [f'{{"type":"target",{line[1:]}' for line in target_lines(found)]
    return ("\n".join(lines) + "\n").encode()
