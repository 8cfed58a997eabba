"""What was issued is fixed, day and people, unless it has become impossible; then it says which and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.core.plans import firm, plan_of
from tests.made.ledgers import told

from safeplan.core import roster
from safeplan.core.compare import compare
from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Requested
from safeplan.core.events.rosters import Issued
from safeplan.core.schedule import schedule
from safeplan.core.tables import Schedule
from safeplan.plan.plan import Plan
from safeplan.terms.span import Span
from safeplan.work.issue import roster_of

FIRST, LAST = date(2026, 3, 9), date(2026, 3, 13)
TODAY = date(2026, 3, 6)
PARTS: dict[str, Any] = {
    "period": "2026-03-01/2026-03-31",
    "grids": [{"id": "town", "name": "镇"}],
    "teams": [{"id": "t", "name": "中队", "max_crews": 2}],
    "officers": [
        {"id": f"o{n}", "name": f"人{n}", "grids": ["town"], "teams": ["t"], "certificate": str(n)} for n in range(1, 6)
    ],
    "classes": {"A": {"visits": "2 per month", "family": "inspection", "minutes": 120, "min_gap": "5 days"}},
    "enterprises": [firm(n) for n in range(1, 25)],
}


def week(made: Schedule) -> pl.DataFrame:
    rows = roster.visits(made).filter(pl.col("date").is_between(FIRST, LAST))
    return rows.select("id", "date", "officers", "enterprise").sort("id")


def paper(made: Schedule, serial: int = 1, **more: Any) -> Issued:
    span = Span(FIRST, LAST)
    facts = {"plan": made.plan.file.name, "first": FIRST, "last": LAST, "sha256": "-", "serial": serial}
    return Issued.model_validate({"day": TODAY, **facts, "visits": roster_of(made, span), **more})


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(PARTS)


def after(plan: Plan, *events: Event) -> tuple[Schedule, Schedule]:
    before = schedule(plan)
    return before, schedule(plan, told(paper(before), *events), TODAY)


def test_an_issued_week_comes_back_as_it_was(plan: Plan) -> None:
    before, made = after(plan)
    assert week(made).equals(week(before))
    states = roster.visits(made).filter(pl.col("date").is_between(FIRST, LAST))["state"]
    assert set(states) == {"issued"}


def test_more_work_moves_nothing_that_was_issued(plan: Plan) -> None:
    """Complaints are more important; they take what room is left, and the rest of the month makes way."""
    asked = [
        Requested.model_validate({"day": TODAY, "enterprise": f"E{n}", "within": "7 days", "cause": "complaint"})
        for n in range(1, 13)
    ]
    before, made = after(plan, *asked)
    kept = week(made).filter(pl.col("id").is_in(week(before)["id"].implode()))
    assert kept.equals(week(before))
    assert len(week(made)) > len(week(before))


def test_only_what_leave_makes_impossible_changes_and_it_says_why(plan: Plan) -> None:
    away = Leave.model_validate({"day": TODAY, "officer": "o1", "days": "2026-03-10/2026-03-11"})
    before, made = after(plan, away)
    hit = week(before).filter(
        pl.col("officers").list.contains("o1"), pl.col("date").is_between(date(2026, 3, 10), date(2026, 3, 11))
    )
    assert len(hit)
    rest = week(before).join(hit, on="id", how="anti")
    assert week(made).filter(pl.col("id").is_in(rest["id"].implode())).equals(rest.sort("id"))
    diff = compare(before, made)
    changed = diff.changes.filter(pl.col("visit").is_in(hit["id"].implode()))
    assert len(changed) == len(hit)
    assert set(changed["why"]) == {"leave"}


def test_an_enterprise_that_closes_is_released(plan: Plan) -> None:
    before = schedule(plan)
    id_, day, _, enterprise = week(before).row(0)
    at = PARTS["enterprises"].index(firm(int(enterprise[1:])))
    firms = [*PARTS["enterprises"]]
    firms[at] = firms[at] | {"closed": [f"{day}/{day}"]}
    made = schedule(plan_of(PARTS | {"enterprises": firms}), told(paper(before)), TODAY)
    days = dict(roster.visits(made).select("id", "date").iter_rows())
    assert days[id_] != day
    others = week(before).filter(pl.col("id") != id_)
    assert week(made).filter(pl.col("id").is_in(others["id"].implode())).equals(others)


def test_the_last_paper_for_a_day_holds(plan: Plan) -> None:
    before = schedule(plan)
    away = Leave.model_validate({"day": TODAY, "officer": "o2", "days": "2026-03-09/2026-03-13"})
    changed = schedule(plan, told(paper(before), away), TODAY)
    made = schedule(plan, told(paper(before), away, paper(changed, 2, replaces=1)), TODAY)
    assert week(made).equals(week(changed))
