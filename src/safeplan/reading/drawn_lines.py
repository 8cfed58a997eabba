"""Rule lines of spot checks and quotas: what is drawn, and what is filled up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from safeplan.plan.file import PlanFile
from safeplan.plan.plan import RuleLine
from safeplan.reading.dated_lines import spans_within
from safeplan.reading.problems import Path
from safeplan.terms.identity import slug
from safeplan.terms.origin import Place
from safeplan.terms.reason import Kind


def drawn_lines(file: PlanFile, locate: Callable[[Path], Place]) -> Iterator[RuleLine]:
    """List the spot checks, then the quotas, which are filled up after everything else."""
    for i, check in enumerate(file.spot_checks):
        yield RuleLine(
            check.id or f"spot-check-{slug(check.name)}",
            Kind.SPOT_CHECK,
            check.name,
            check,
            locate(("spot_checks", i)),
            within=spans_within(check.window, file),
        )
    for i, quota in enumerate(file.quotas):
        yield RuleLine(quota.id or f"quota-{slug(quota.name)}", Kind.QUOTA, quota.name, quota, locate(("quotas", i)))
