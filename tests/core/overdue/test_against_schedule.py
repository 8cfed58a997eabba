"""What is overdue agrees with what the schedule of the same day leaves out as passed, over a year told at random."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from tests.made.ledgers import adopted, made_as_planned, told

import safeplan
from safeplan.core import roster
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding, Rectified, Reinspection
from safeplan.core.events.work import Happened
from safeplan.core.history import known_on
from safeplan.core.overdue.overdue import overdue
from safeplan.core.schedule import schedule
from safeplan.core.tables import Schedule

PLANS = Path(__file__).parents[3] / "examples" / "plans"
BROUGHT = {"request", "complaint", "retry", "reinspection"}
"""Kinds that stand elsewhere, or that the schedule plans again."""
QUOTA = "quota"
"""Without an adopted roster nothing says which numbers were planned: then they are only counted."""


def a_year(made: Schedule, roll: random.Random) -> Iterator[Event]:
    """Tell a year: one visit of twenty is missed, one of thirty meets a closed door, some find something."""
    number = 2
    for visit in made_as_planned(made, made.plan.first, made.plan.last):
        if roll.random() < 0.05:
            continue
        number += 1
        yield visit.model_copy(update={"outcome": "closed" if roll.random() < 0.03 else "done"})
        if visit.enterprise and roll.random() < 0.1:
            number += 1
            finding = number
            yield Finding(day=visit.day, enterprise=visit.enterprise, severity=roll.choice(["general", "major"]))
            if roll.random() < 0.7:
                number += 1
                yield Rectified(day=visit.day + timedelta(days=roll.randint(1, 40)), finding=finding)
            if roll.random() < 0.5:
                number += 1
                looked = visit.day + timedelta(days=roll.randint(1, 40))
                yield Reinspection(day=looked, finding=finding, verdict=roll.choice(["pass", "fail"]))


@pytest.mark.parametrize("adopts", [True, False], ids=["adopted", "nothing adopted"])
@pytest.mark.parametrize("name", ["longsheng-food.yaml", "food-safety-grid.yaml", "street.yaml"])
def test_both_ways_leave_the_same_undone(name: str, adopts: bool) -> None:
    plan = safeplan.read_plan(PLANS / name)
    made = schedule(plan)
    begin = [
        adopted(made) if adopts else Happened(day=plan.first, event="启用"),
        Happened(day=plan.first, event="开账"),
    ]
    history = told(*begin, *a_year(made, random.Random(4)))
    day = date(2026, 10, 12)
    again = schedule(plan, known_on(history, day), day)
    kinds = {line.id: line.kind.value for line in again.plan.rules}
    passed = [(one, kinds[one.split("/")[0]]) for one in roster.obligation_ids(again).gather(again.overdue)]
    rows = overdue(plan, history, day).rows.filter(pl.col("section") == "visits").select("id", "kind").rows()
    assert "" not in {kind for _, kind in rows}, "nothing was edited out of the plan"
    apart = BROUGHT if adopts else {*BROUGHT, QUOTA}
    assert {one for one, kind in rows if kind not in apart} == {one for one, kind in passed if kind not in apart}
    assert sum(kind == QUOTA for _, kind in rows) == sum(kind == QUOTA for _, kind in passed)
    assert len(rows) > 5
