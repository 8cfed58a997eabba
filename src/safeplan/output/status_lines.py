"""Where the targets stand for programs: a head and one object a target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safeplan.core.overdue.overdue import Overdue
from safeplan.core.targets import Measured
from safeplan.output.schedule_lines import CONTRACT_VERSION, dump
from safeplan.version import __version__


def status_head(found: Overdue) -> dict[str, Any]:
    """Give everything that comes before the targets."""
    return {
        "safeplan": CONTRACT_VERSION,
        "plan": found.plan.file.name,
        "as_of": found.as_of.isoformat(),
        "made_by": {"safeplan": __version__, "calendar": found.plan.official.source},
        "ledger": None if found.ledger is None else {"events": found.ledger.events, "head": found.ledger.hash},
    }


def target_lines(found: Overdue) -> Iterator[str]:
    """Spell each target as a JSON object on one line; shares are fractions, a goal is as the plan writes it."""
    for one in found.targets:
        yield dump(_facts(one))


def _facts(one: Measured) -> dict[str, Any]:
    sign = "at_least" if one.target.at_least is not None else "at_most"
    return {
        "name": one.target.name,
        "measure": one.target.measure,
        "figure": one.reached.figure,
        "numerator": one.reached.numerator,
        "denominator": one.reached.denominator,
        "goal": None if one.goal is None else {sign: str(one.goal)},
        "met": one.met,
        "due": one.due.isoformat(),
        "trend": [{"day": day.isoformat(), "figure": figure} for day, figure in one.trend],
    }
