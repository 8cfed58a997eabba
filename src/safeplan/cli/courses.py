"""What each command goes through while one waits, and how long each stage takes beside the others.

Seconds are those of a county of 20,000 enterprises with 62,500 events in its ledger, as
`benchmarks/stages_of_a_county.py` measures them; only what they are beside each other counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from safeplan.cli.course import Course
from safeplan.cli.edge import is_screen
from safeplan.terms.progress import Stage

SECONDS: dict[Stage, float] = {
    "read": 0.4,
    "check": 0.6,
    "form": 0.25,
    "register": 0.15,
    "ledger": 0.45,
    "expand": 0.05,
    "foresee": 2.4,
    "merge": 0.2,
    "place": 1.1,
    "top up": 0.01,
    "assemble": 0.35,
    "compare": 1.1,
    "overdue": 0.25,
    "report": 0.4,
    "draw": 0.1,
    "carry over": 0.3,
    "record": 0.25,
    "verify": 0.8,
    "copy": 0.35,
    "letters": 12.0,
    "write": 0.1,
}
WRITING: dict[str, dict[str, float]] = {
    "schedule": {
        "brief": 0.85,
        "csv": 0.25,
        "docx": 29.0,
        "html": 6.2,
        "ics": 14.0,
        "json": 0.3,
        "jsonl": 0.3,
        "markdown": 3.5,
        "terminal": 6.5,
        "text": 3.8,
        "xlsx": 14.0,
    },
    "ledger export": {"csv": 2.1, "jsonl": 0.7, "xlsx": 11.0},
}
"""Writing all of a year's roster, or of a ledger, by format."""

_PLAN: tuple[Stage, ...] = ("read", "check")
_YEAR: tuple[Stage, ...] = ("expand", "foresee", "merge", "place", "top up", "assemble")
_TOLD: tuple[Stage, ...] = (*_PLAN, "ledger", "record")
_CHANGED: tuple[Stage, ...] = (*_PLAN, "ledger", *_YEAR, *_YEAR, "compare", "record")

RARE: frozenset[Stage] = frozenset({"foresee"})
"""Done only for a ledger in which no roster was adopted."""

COURSES: dict[str, tuple[Stage, ...]] = {
    "init": ("register", *_PLAN),
    "init --next_year": (*_PLAN, "ledger", "carry over", *_PLAN),
    "check": _PLAN,
    "check --effective": (*_PLAN, "write"),
    "schedule": (*_PLAN, "ledger", *_YEAR, "write"),
    "explain": (*_PLAN, "ledger", *_YEAR, "write"),
    "capacity": (*_PLAN, *_YEAR, "write"),
    "adopt": (*_PLAN, "ledger", *_YEAR, "record"),
    "issue": (*_PLAN, "ledger", *_YEAR, "record"),
    "diff": (*_PLAN, "ledger", *_YEAR, *_PLAN, "ledger", *_YEAR, "compare", "write"),
    "leave": _CHANGED,
    "request": _CHANGED,
    "pin": _CHANGED,
    "move": (*_PLAN, "ledger", *_YEAR, *_YEAR, *_YEAR, "compare", "record"),
    "record visit": (*_PLAN, "ledger", *_YEAR, "overdue", "record"),
    "record finding": _TOLD,
    "record rectified": _TOLD,
    "record reinspection": _TOLD,
    "record extension": _TOLD,
    "record activity": _TOLD,
    "record figure": _TOLD,
    "record event": _TOLD,
    "record class": _TOLD,
    "record penalty": _TOLD,
    "record waive": (*_PLAN, "ledger", *_YEAR, "record"),
    "record undo": _TOLD,
    "record import": (*_PLAN, "form", "ledger", *_YEAR, "record"),
    "overdue": (*_PLAN, "ledger", "overdue", "write"),
    "status": (*_PLAN, "ledger", "overdue", "write"),
    "report": (*_PLAN, "ledger", "report", "write"),
    "dossier": (*_PLAN, "ledger", *_YEAR, "write"),
    "notice": (*_PLAN, "ledger", "write"),
    "mail": (*_PLAN, "ledger", *_YEAR, "record", "ledger", "letters"),
    "mail --overdue": (*_PLAN, *_PLAN, "ledger", "overdue", "letters"),
    "cron": _PLAN,
    "draw commit": (*_PLAN, "draw"),
    "draw reveal": (*_PLAN, "draw"),
    "draw verify": (*_PLAN, "draw"),
    "ledger verify": (*_PLAN, "verify"),
    "ledger export": (*_PLAN, "ledger", "write"),
    "ledger backup": (*_PLAN, "copy", "verify"),
}
"""Command, or command and flag → its stages; those that did not have to be done are passed over."""

_SUFFIXES = {"htm": "html", "md": "markdown", "txt": "text"}
_NARROWER = ("first", "last", "week", "month", "quarter", "officer", "grid")
_MONTHS = 12


def course_of(command: str, values: Mapping[str, object]) -> Course | None:
    """Give what a command goes through, called with these values; None: it is quick, or shall be quiet."""
    flags = (f"{command} --{name}" for name, value in values.items() if value is True)
    stages = next((COURSES[one] for one in flags if one in COURSES), COURSES.get(command))
    if stages is None or values.get("quiet"):
        return None
    seconds = SECONDS | {"write": _writing(command, values)}
    return Course([(stage, seconds[stage]) for stage in stages], RARE)


def _writing(command: str, values: Mapping[str, object]) -> float:
    """Give how long writing takes: of a part of a roster as long as of a month, of one screen hardly any time."""
    output = values.get("output")
    suffix = output.suffix.lower().removeprefix(".") if isinstance(output, Path) else ""
    form = values.get("form") or _SUFFIXES.get(suffix, suffix)
    if not form and (values.get("everything") or not is_screen()):
        form = "text"
    whole = WRITING.get(command, {}).get(str(form), SECONDS["write"])
    return whole / _MONTHS if any(values.get(name) for name in _NARROWER) else whole
