"""Checks of what the year is judged by: staffing of the grids (定人员) and targets (指标)."""

from __future__ import annotations

from safeplan.plan.plan import Plan
from safeplan.reading.findings import Findings
from safeplan.reading.problems import near
from safeplan.reading.yaml_tree import Mapping, place_of
from safeplan.terms.diagnostic import error, warning


def check_goals(plan: Plan, tree: Mapping, findings: Findings) -> None:
    """Find roles that no grid has, levels that no grid stands on, and targets without a figure.

    A role that nobody holds (`coordinator: []`) is a vacancy, which `overdue` shows; one that no grid names is wrong.
    """
    _staffing(plan, tree, findings)
    _targets(plan, tree, findings)


def _staffing(plan: Plan, tree: Mapping, findings: Findings) -> None:
    roles = sorted({role for grid in plan.file.grids for role in grid.roles})
    levels = list(dict.fromkeys(grid.level for grid in plan.file.grids if grid.level))
    for i, line in enumerate(plan.file.staffing):
        if line.level not in levels:
            place = place_of(tree, ("staffing", i, "level"))
            findings.add(
                warning(
                    "unknown-level",
                    place,
                    found=line.level,
                    expected=tuple(levels),
                    suggestion=near(line.level, levels),
                )
            )
        for role in line.roles:
            if role not in roles:
                place = place_of(tree, ("staffing", i, "roles", role), key=True)
                findings.add(
                    error("unknown-role", place, found=role, expected=tuple(roles), suggestion=near(role, roles))
                )


def _targets(plan: Plan, tree: Mapping, findings: Findings) -> None:
    for i, target in enumerate(plan.file.targets):
        place = place_of(tree, ("targets", i))
        if target.at_least is None and target.at_most is None:
            findings.add(warning("target-without-figure", place, found=target.name))
        if target.measure == "standard-level" and target.level is None:
            findings.add(error("target-without-level", place, found=target.name))
        for key in ("at_least", "at_most"):
            goal = getattr(target, key)
            if goal is not None and goal.share is None and target.measure == "rectification-rate":
                findings.add(error("goal-not-a-share", place_of(tree, ("targets", i, key)), found=str(goal)))
