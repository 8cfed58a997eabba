"""A small town, what its ledger tells, and what of it is overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from tests.core.plans import CREW, firm, plan_of
from tests.made.ledgers import told

from safeplan.core.events.base import Event
from safeplan.core.events.visits import VisitMade
from safeplan.core.overdue.overdue import Overdue, overdue
from safeplan.plan.plan import Plan

TOWN: dict[str, Any] = {
    **CREW,
    "period": 2026,
    "classes": {
        "A": {"visits": "1 per month", "family": "patrol"},
        "B": {"visits": "1 per quarter", "family": "patrol"},
    },
    "enterprises": [firm(1), firm(2), firm(3, "B")],
}
BEGIN = date(2026, 1, 1)


def town(**more: Any) -> Plan:
    """Give the town with other parts."""
    return plan_of({**TOWN, **more})


def visit(enterprise: str, day: date, **more: Any) -> VisitMade:
    """Give a visit that was done."""
    return VisitMade.model_validate({"enterprise": enterprise, "day": day, "family": "patrol", **more})


def begun(*events: Event) -> tuple[Event, ...]:
    """Let the ledger begin with the year, so that all of it is as recorded."""
    from safeplan.core.events.work import Happened

    return (Happened(day=BEGIN, event="开账"), *events)


def found(plan: Plan, as_of: date, *events: Event, until: date | None = None) -> Overdue:
    """Say what is overdue after events."""
    return overdue(plan, told(*events) if events else None, as_of, until)


def section(of: Overdue, name: str) -> pl.DataFrame:
    """Give the rows of a section."""
    return of.rows.filter(pl.col("section") == name)


def ids(of: Overdue, name: str) -> list[str]:
    """Give the ids of a section's rows."""
    return section(of, name)["id"].to_list()
