"""Checks of the annual plan's working days: whether its own numbers add up (安监总政法〔2017〕150号)."""

from __future__ import annotations

from collections.abc import Iterator

from safeplan.core.calendar import calendar_of
from safeplan.core.capacity import balance
from safeplan.plan.plan import Plan
from safeplan.reading.findings import Findings
from safeplan.reading.yaml_tree import Mapping, place_of
from safeplan.terms.diagnostic import Diagnostic, warning


def check_capacity(plan: Plan, tree: Mapping, findings: Findings) -> None:
    """Recompute the plan's working days; published plans have had faults here."""
    if "capacity" in tree.entries:
        findings.extend(_balance(plan, tree))


def _balance(plan: Plan, tree: Mapping) -> Iterator[Diagnostic]:
    settings = plan.file.capacity
    found = balance(plan, calendar_of(plan))
    if settings.officers is not None and settings.officers > len(plan.file.officers) > 0:
        place = place_of(tree, ("capacity", "officers"))
        yield warning("capacity-officers", place, found=settings.officers, expected=len(plan.file.officers))
    for key in ("other_enforcement", "non_enforcement"):
        for name, days in getattr(settings, key).items():
            if days > found.total:
                place = place_of(tree, ("capacity", key, name))
                yield warning("capacity-line-too-large", place, found=_number(days), expected=found.total, name=name)
    if found.supervision < 0:
        yield warning(
            "capacity-negative",
            place_of(tree, ("capacity",), key=True),
            total=found.total,
            other=_number(found.other_enforcement),
            non=_number(found.non_enforcement),
            found=_number(found.supervision),
        )
    stated = (
        ("workdays", settings.workdays, found.workdays),
        ("total", settings.total, found.total),
        ("supervision", settings.supervision, found.supervision),
    )
    for key, said, true in stated:
        if said is not None and said != true:
            yield warning(
                "capacity-wrong-sum",
                place_of(tree, ("capacity", key)),
                found=_number(said),
                expected=_number(true),
                key=key,
            )


def _number(value: float) -> str:
    return f"{value:g}" if value != int(value) else str(int(value))
