"""How far a piece of work is: whoever does it tells its stages, one after the other, and nothing depends on who hears.

What takes time takes a `progress` and calls it with a stage and the share of that stage that is done: with 0 when it
begins, and again where the work can be counted. How much of the whole a stage is, and what it is called, is known
above (`cli.courses`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Stage = Literal[
    "start",  # before anything else is told
    "read",  # YAML and tables
    "check",  # the whole plan, after its parts
    "form",  # a spreadsheet that tells what happened
    "register",  # a spreadsheet that becomes a plan
    "ledger",  # events from the ledger
    "foresee",  # the year as the plan alone gives it
    "expand",
    "merge",
    "place",
    "top up",
    "assemble",
    "compare",
    "overdue",
    "report",
    "draw",
    "carry over",  # a plan into the next year
    "record",  # events into the ledger
    "verify",
    "copy",  # the ledger
    "letters",
    "write",  # a result into the bytes of its format
]
Progress = Callable[[Stage, float], None]


def silent(stage: Stage, share: float) -> None:
    """Tell nobody."""
