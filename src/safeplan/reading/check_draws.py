"""Checks of spot checks and quotas: seeds of periods that there are, enough left to draw from, crews that count."""

from __future__ import annotations

from collections.abc import Iterator

from safeplan.core.calendar import Calendar, calendar_of
from safeplan.core.draw import draw_periods, draws, spot_checks, unknown_seeds
from safeplan.plan.plan import Plan
from safeplan.plan.rules.quotas import Quota
from safeplan.plan.rules.spot_checks import SpotCheck
from safeplan.reading.findings import Findings
from safeplan.reading.yaml_tree import Mapping, place_of
from safeplan.terms.diagnostic import Diagnostic, error, warning


def check_draws(plan: Plan, tree: Mapping, findings: Findings) -> None:
    """Check every spot check and every quota."""
    findings.extend(_quotas(plan))
    codes = spot_checks(plan)
    if not codes:
        return
    calendar = calendar_of(plan)
    for i, code in enumerate(codes):
        findings.extend(_of_one(plan, code, ("spot_checks", i), tree, calendar))


def _quotas(plan: Plan) -> Iterator[Diagnostic]:
    """Find quotas of teams that nobody leads a crew for: a crew counts to the first team of its leader."""
    led = {
        plan.teams[officer.teams[0]]
        for officer in plan.file.officers
        if officer.teams[:1] and officer.teams[0] in plan.teams
    }
    for line in plan.rules:
        if isinstance(line.model, Quota) and plan.teams.get(line.model.team, -1) not in led | {-1}:
            yield error("quota-without-crews", line.place, found=line.name, expected=line.model.team)


def _of_one(
    plan: Plan, code: int, path: tuple[str | int, ...], tree: Mapping, calendar: Calendar
) -> Iterator[Diagnostic]:
    line = plan.rules[code]
    model = line.model
    assert isinstance(model, SpotCheck)
    known = [period.name for period in draw_periods(plan, line)]
    if model.window is not None and not known:
        yield warning("rule-outside-period", line.place, name=line.name, found=str(model.window))
    for key in unknown_seeds(plan, line):
        yield error(
            "unknown-draw-period", place_of(tree, (*path, "seed", key), key=True), found=key, expected=tuple(known)
        )
    if model.share is None:
        yield warning("rule-without-number", line.place, found=line.name)
    for draw in draws(plan, code, calendar):
        if 2 * len(draw.left) < len(draw.pool) or len(draw.left) < draw.k:
            yield warning(
                "draw-leaves-few",
                line.place,
                found=len(draw.left),
                expected=draw.k,
                n=len(draw.pool),
                period=draw.period.name,
                name=line.name,
            )
            return
