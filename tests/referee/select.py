"""Selectors: whether a plan's `where` chooses an enterprise on a day."""

from __future__ import annotations

import datetime as dt
import operator
import re
from typing import Any

from .plan import Cap, Enterprise, Plan
from .spelling import ENTERPRISES

_COMPARE = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


def chooses(plan: Plan, where: dict[str, Any], enterprise: Enterprise, day: dt.date) -> bool:
    """Every line of `where` must hold; none at all chooses everything."""
    return all(_holds(plan, key, value, enterprise, day) for key, value in where.items())


def cap_of(plan: Plan, enterprise: Enterprise, day: dt.date) -> tuple[Cap, int] | None:
    """The first cap whose `where` matches, and its number of visits a year."""
    for cap in plan.caps:
        if chooses(plan, cap.where, enterprise, day):
            if cap.column is None:
                return cap, int(cap.per_year)
            return cap, int(cap.per_year[enterprise.columns.get(cap.column) or "none"])
    return None


def _holds(plan: Plan, key: str, value: Any, enterprise: Enterprise, day: dt.date) -> bool:
    if key in ("any", "all"):
        parts = [chooses(plan, part, enterprise, day) for part in value]
        return any(parts) if key == "any" else all(parts)
    if key == "not":
        return not chooses(plan, value, enterprise, day)
    wanted = value if isinstance(value, list) else [value]
    key = ENTERPRISES.get(key, key)
    if key == "grid":
        named = {g.name: g.id for g in plan.grids.values()}
        return bool({named.get(g, g) for g in wanted} & set(plan.above(enterprise.grid_on(day))))
    found = enterprise.class_on(day) if key == "class" else enterprise.columns.get(key)
    cells = found if isinstance(found, list) else [found]
    if isinstance(found, str) and key not in ENTERPRISES.values():  # a column of the register's own
        cells = [found, *(part.strip() for part in re.split(r"[;；、|]", found))]
    return any(_equal(cell, want) for cell in cells for want in wanted)


def _equal(cell: str | None, want: str) -> bool:
    comparison = re.match(r"\s*(>=|<=|>|<)\s*(\S+)\s*$", want)
    if comparison:
        return cell is not None and _COMPARE[comparison[1]](float(cell), float(comparison[2]))
    return (cell or "none") == want
