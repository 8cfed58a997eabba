"""What a plan owes, in words that a test can compare."""

from __future__ import annotations

from typing import Any

from safeplan.core.calendar import calendar_of
from safeplan.core.expand import expand

from ..plans import CREW, plan_of


def owed(parts: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Give (id, first day left, last day left) of every obligation that no class brings, in order."""
    plan = plan_of(CREW | {"defaults": {"family": "patrol"}} | parts)
    table = expand(plan, calendar_of(plan)).obligations
    found = []
    for row in table.rows(named=True):
        line = plan.rules[row["rule"]]
        enterprise, grid = row["enterprise"], row["grid"]
        subject = plan.enterprises["id"][enterprise] if enterprise >= 0 else plan.file.grids[grid].id
        if line.class_ is None:
            id_ = f"{line.id}/{subject}/{row['period']}/{row['n']}"
            found.append((id_, str(row["open_first"]), str(row["open_last"])))
    return found


def ids(parts: dict[str, Any]) -> list[str]:
    """Give the ids alone."""
    return [id_ for id_, _, _ in owed(parts)]


def said(parts: dict[str, Any]) -> list[str]:
    """Give the codes of what expanding says."""
    plan = plan_of(CREW | {"defaults": {"family": "patrol"}} | parts)
    return [one.code for one in expand(plan, calendar_of(plan)).diagnostics]
