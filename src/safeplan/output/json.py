"""A schedule as JSON: the versioned contract of design.md, one visit a line so that a diff reads well."""

from __future__ import annotations

from collections.abc import Iterable

from safeplan.core.choice import Choice, Chosen, choose
from safeplan.core.tables import Schedule
from safeplan.output.schedule_lines import (
    activity_lines,
    carried_over_lines,
    dump,
    head,
    unplaced_lines,
    visit_lines,
    warning_lines,
)
from safeplan.words.language import Words, language_of


def render(chosen: Chosen, words: Words) -> bytes:
    """Write what is shown of a schedule.

    UTF-8, keys in the order of the contract, days as ISO dates, a final line feed; the same schedule gives the same
    bytes. Only `reason` and the warnings' `text` depend on the language.
    """
    schedule = chosen.schedule
    facts = head(chosen)
    inputs = [dump(one) for one in facts.pop("inputs")]
    lists: dict[str, Iterable[str]] = {
        "visits": visit_lines(schedule),
        "activities": activity_lines(schedule),
        "unplaced": unplaced_lines(schedule, words),
        "carried_over": carried_over_lines(schedule, words),
        "warnings": warning_lines(schedule, words),
    }
    parts: list[bytes] = []
    for key, value in facts.items():
        if key == "ledger":
            parts += [b',\n  "inputs": ', _array(inputs)]
        parts.append(f",\n  {dump(key)}: {dump(value)}".encode())
    for key, lines in lists.items():
        parts += [f",\n  {dump(key)}: ".encode(), _array(lines)]
    parts[0] = parts[0].replace(b",", b"{", 1)
    return b"".join([*parts, b"\n}\n"])


def render_json(schedule: Schedule, choice: Choice | None = None, language: str | None = None) -> bytes:
    """Write a schedule as JSON: all that is not hidden, or what a choice says, in the plan's language or another."""
    words = Words(language_of(language, schedule.plan.file.language))
    return render(choose(schedule, choice or Choice()), words)


def _array(lines: Iterable[str]) -> bytes:
    """Give a JSON array with an element a line."""
    joined = ",\n    ".join(lines)
    return f"[\n    {joined}\n  ]".encode() if joined else b"[]"
