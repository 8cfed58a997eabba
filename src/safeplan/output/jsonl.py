"""A schedule as JSON Lines: a head, then a visit, an activity or something unplaced a line, each with its `type`."""

from __future__ import annotations

from collections.abc import Iterable

from safeplan.core.choice import Chosen
from safeplan.output.schedule_lines import (
    activity_lines,
    carried_over_lines,
    dump,
    head,
    unplaced_lines,
    visit_lines,
    warning_lines,
)
from safeplan.words.language import Words


def render(chosen: Chosen, words: Words) -> bytes:
    """Write what is shown of a schedule, a record a line: head, visit, activity, unplaced, carried_over, warning."""
    schedule = chosen.schedule
    records: dict[str, Iterable[str]] = {
        "head": [dump(head(chosen))],
        "visit": visit_lines(schedule),
        "activity": activity_lines(schedule),
        "unplaced": unplaced_lines(schedule, words),
        "carried_over": carried_over_lines(schedule, words),
        "warning": warning_lines(schedule, words),
    }
    lines: list[str] = []
    for kind, texts in records.items():
        lines.extend(f'{{"type":"{kind}",{text[1:]}' for text in texts)
    return ("\n".join(lines) + "\n").encode()
