"""Pocket: what is known of the places of a roster on the day it is made, for those who go there without the ledger."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from safeplan.core.calendar import calendar_of
from safeplan.core.choice import Chosen
from safeplan.core.events.visits import VisitMade
from safeplan.core.history import History, known_on
from safeplan.core.overdue.answering import Answering
from safeplan.core.overdue.findings import findings_overdue
from safeplan.core.overdue.rows import OVERDUE, Section
from safeplan.core.rectification import CASES, cases
from safeplan.core.tables import Schedule

LAST: dict[str, pl.DataType] = {
    "enterprise": pl.String(),  # id; null: it was a patrol of a grid
    "grid": pl.String(),
    "day": pl.Date(),
    "outcome": pl.String(),  # events.visits.Outcome; null: the register knows the day alone
}
"""One row an enterprise or grid that was visited before: its last visit."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of everybody's places: last visits (LAST), findings (CASES), and those that fall due (OVERDUE)."""

    last: pl.DataFrame
    cases: pl.DataFrame
    due: pl.DataFrame


def known_of(schedule: Schedule, history: History | None) -> Known:
    """Give what is known on the day that a schedule is made for; what falls due up to its plan's end, and since when.

    Without a ledger the register alone knows when somebody was last visited.
    """
    plan, as_of = schedule.plan, schedule.today
    if history is None:
        return Known(_registered(schedule), pl.DataFrame(schema=CASES), pl.DataFrame(schema=OVERDUE))
    told, calendar = known_on(history, as_of), calendar_of(plan)
    due = findings_overdue(plan, told, calendar, Answering(plan, calendar), as_of, plan.last)
    asked = (Section.RECTIFICATION.value, Section.REINSPECTION.value)
    return Known(
        last=pl.concat([_registered(schedule), _made(told)])
        .sort("day", maintain_order=True)
        .unique(["enterprise", "grid"], keep="last", maintain_order=True),
        cases=cases(plan, told, calendar, as_of),
        due=due.filter(pl.col("section").is_in(asked)),
    )


def due_for(known: Known, chosen: Chosen) -> pl.DataFrame:
    """Give what falls due on the chosen days where the chosen officer goes, or for which that officer answers."""
    assert chosen.choice.officer is not None
    officer = chosen.schedule.plan.file.officers[chosen.choice.officer].id
    visited = chosen.schedule.visits["enterprise"].unique()
    return known.due.filter(
        pl.col("due").is_between(chosen.first, chosen.last),
        (pl.col("enterprise").is_in(visited.implode()) & (pl.col("enterprise") >= 0))
        | pl.col("officers").list.contains(officer),
    ).sort("due", "subject", "id", maintain_order=True)


def _registered(schedule: Schedule) -> pl.DataFrame:
    """Give the last visits that the register knows, from before the plan (LAST)."""
    register = schedule.plan.enterprises.filter(pl.col("last_visit") <= schedule.today)
    nothing = pl.lit(None, dtype=pl.String)
    return register.select(enterprise="id", grid=nothing, day="last_visit", outcome=nothing)


def _made(told: History) -> pl.DataFrame:
    """Give the visits that were made or tried (LAST), in the order in which they were told."""
    return told.of(VisitMade).select(*LAST)
