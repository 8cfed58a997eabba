"""What a plan says that cannot be, or is surely not meant: checks over the whole plan (design.md, Diagnostics)."""

from __future__ import annotations

from safeplan.plan.plan import Plan
from safeplan.reading.enterprises import Register
from safeplan.reading.limits import Limits
from safeplan.reading.yaml_tree import Mapping
from safeplan.terms.diagnostic import Diagnostic


def check_plan(plan: Plan, tree: Mapping, register: Register, limits: Limits) -> list[Diagnostic]:
    """Check a resolved plan."""
    return []
