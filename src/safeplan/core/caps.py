"""What counts to caps and limits, and what other bodies have made of them already (rules.md, Caps and limits)."""

from __future__ import annotations

from safeplan.core.duties import Duty
from safeplan.plan.plan import Plan
from safeplan.terms.family import DEMANDS, Family


def counts_to_cap(plan: Plan, duty: Duty, line: int) -> bool:
    """Whether a visit counts to a line of the caps: its family does, and its cause is not excepted; -1: no line."""
    if line < 0:
        return False
    cap = plan.file.caps[line]
    family = duty.counts or duty.family.value in cap.also
    return family and duty.family.value not in cap.except_ and (duty.cause or "") not in cap.except_


def made_already(plan: Plan, unit: str, *, caps: bool) -> dict[tuple[int, int], int]:
    """Count what was done already and what other bodies plan, by enterprise and unit; for a cap as its own line says.

    `unit` is year, month, week or day; the second key is the year, 12 × year + month, the ISO week counted from year 1,
    or the day from the plan's first.
    """
    made: dict[tuple[int, int], int] = {}
    line = plan.enterprises["cap_line"].to_list()
    for enterprise, day, family, cause in plan.others_visits.rows():
        kind = Family(family)
        counted = DEMANDS[kind].counts
        if caps and line[enterprise] is not None:
            cap = plan.file.caps[line[enterprise]]
            counted = (counted or family in cap.also) and not {family, cause} & set(cap.except_)
        if counted:
            at = {
                "year": day.year,
                "month": day.year * 12 + day.month,
                "week": (day.toordinal() - 1) // 7,
                "day": (day - plan.first).days,
            }[unit]
            made[enterprise, at] = made.get((enterprise, at), 0) + 1
    return made
