"""The referee: reads a plan's files and a schedule's JSON and names every guarantee that is broken.

It knows the documents (design.md, rules.md, plan-format.yaml) and nothing of safeplan's code: no import of it, its own
reader, its own calendar, its own obligations. It judges every rule kind, without a ledger.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .activities import check_activities
from .dated import numbered_as_printed
from .hard import (
    check_caps,
    check_days,
    check_gaps,
    check_limits,
    check_load,
    check_max_crews,
    check_one_a_day,
    check_who,
)
from .modifiers import bound_to_parts
from .owed import Obligation, owed
from .plan import Plan
from .proofs import check_codes, check_proofs
from .quotas import check_quotas, printed_quotas
from .read import read_plan
from .shape import check_complete, check_facts, check_form, check_head, check_numbering
from .violation import Case, Violation

CHECKS: tuple[Callable[[Case], Iterator[Violation]], ...] = (
    check_complete,
    check_facts,
    check_numbering,
    check_days,
    check_one_a_day,
    check_who,
    check_load,
    check_max_crews,
    check_gaps,
    check_caps,
    check_limits,
    check_codes,
    check_proofs,
    check_activities,
    check_quotas,
)


def check(plan_path: Path, schedule: dict[str, Any], *, today: dt.date | None = None) -> list[Violation]:
    """Everything that is wrong with a schedule, nothing when it keeps every guarantee.

    Parameters
    ----------
    plan_path
        The plan's YAML; its tables lie beside it.
    schedule
        The JSON of `safeplan schedule --format json --all --with-surprise`, as a mapping.
    today
        What `generated_for` must say; not looked at when None. Without a ledger it changes nothing else.
    """
    form = list(check_form(schedule))
    if form:
        return form
    case = case_of(plan_path, schedule)
    found = list(check_head(case, plan_path.parent))
    if today is not None and schedule["generated_for"] != today.isoformat():
        found.append(Violation("head", f"generated for {schedule['generated_for']}, not {today}"))
    return found + [violation for one in CHECKS for violation in one(case)]


def case_of(plan_path: Path, schedule: dict[str, Any]) -> Case:
    """The plan, what it owes, and the schedule under judgment."""
    plan = read_plan(plan_path)
    return Case(plan, numbered_as_printed(_owed(plan, schedule), schedule) | printed_quotas(plan, schedule), schedule)


def _owed(plan: Plan, schedule: dict[str, Any]) -> dict[str, Obligation]:
    """What the plan owes as of the day that the schedule was made for."""
    day = dt.date.fromisoformat(schedule["generated_for"])
    return bound_to_parts(owed(plan, day), schedule)
