"""What a plan says that cannot be, or is surely not meant: checks over the whole plan (design.md, Diagnostics)."""

from __future__ import annotations

from collections.abc import Iterator

from safeplan.plan.plan import Plan
from safeplan.reading.check_activities import check_activities
from safeplan.reading.check_capacity import check_capacity
from safeplan.reading.check_draws import check_draws
from safeplan.reading.check_goals import check_goals
from safeplan.reading.check_mail import check_mail
from safeplan.reading.check_modifiers import check_modifiers
from safeplan.reading.check_people import check_people
from safeplan.reading.check_register import check_register
from safeplan.reading.check_rules import check_rules
from safeplan.reading.check_windows import check_windows
from safeplan.reading.enterprises import Register
from safeplan.reading.findings import Findings
from safeplan.reading.limits import Limits
from safeplan.reading.provisional import resting_on
from safeplan.reading.yaml_tree import Mapping, place_of
from safeplan.terms.diagnostic import Diagnostic, warning

CONSEQUENCES = frozenset({"no-crew", "officer-without-rules", "unserved-grid", "provisional-year"})
"""What a mistake elsewhere may bring about: said only of a plan without errors."""


def check_plan(plan: Plan, tree: Mapping, written: Mapping, register: Register, limits: Limits) -> list[Diagnostic]:
    """Check a resolved plan.

    Parameters
    ----------
    plan
        As `resolve` made it; with errors found there it may be incomplete.
    tree, written, register
        For the places; `written` is the tree before placeholders were taken away.
    limits
        How many diagnostics of a code are kept.
    """
    findings = Findings(limits.of_a_code)
    findings.extend(_provisional_years(plan, tree))
    check_people(plan, tree, findings)
    check_rules(plan, tree, findings)
    findings.extend(check_windows(plan, tree))
    check_activities(plan, tree, written, findings)
    check_modifiers(plan, tree, findings)
    check_goals(plan, tree, findings)
    check_mail(plan, tree, findings)
    check_draws(plan, tree, findings)
    check_capacity(plan, tree, findings)
    check_register(plan, register, findings)
    return findings.listed()


def _provisional_years(plan: Plan, tree: Mapping) -> Iterator[Diagnostic]:
    """Warn of each year that the plan rests on and whose announcement is not known: what of it, in one line."""
    for year, what in resting_on(plan).items():
        place = place_of(tree, ("period",))
        yield warning("provisional-year", place, year=year, found=what)
