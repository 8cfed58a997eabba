"""Adopt: the approved year's roster goes into the ledger, so that later schedules change it as little as they can."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from safeplan.core import roster
from safeplan.core.events.base import Event
from safeplan.core.events.rosters import Adopted
from safeplan.core.tables import Schedule
from safeplan.work.changes import as_of
from safeplan.work.errors import WorkError
from safeplan.work.recording.desk import Before, Desk, Told


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved the roster, under which number; `again` replaces one that was adopted before."""

    by: str = ""
    paper: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was adopted."""

    schedule: Schedule
    told: Told


def adopt(desk: Desk, approval: Approval, today: str | None = None) -> Adoption:
    """Adopt the roster as it is planned on a day, today when left out.

    Raises
    ------
    WorkError
        `adopted-already`, unless it is to be adopted `again`; `nothing-to-adopt`. Nothing was recorded.
    LedgerError
        Nothing was recorded.
    """
    found: list[Schedule] = []

    def prepare(known: Before) -> list[Event]:
        before = as_of(known, today)
        own = before.history.of(Adopted).filter(
            (pl.col("plan") == desk.plan.file.name) & (pl.col("first") == desk.plan.first)
        )
        if len(own) and not approval.again:
            facts = own.tail(1).row(0, named=True)
            raise WorkError("adopted-already", day=facts["day"], number=facts["number"])
        made = before.schedule()
        event = adopted_of(made, approval, before)
        if not event.visits:
            raise WorkError("nothing-to-adopt")
        found.append(made)
        return [event]

    told = desk.record(prepare)
    return Adoption(found[-1], told)


def adopted_of(made: Schedule, approval: Approval, before: Before) -> Adopted:
    """Make the event that keeps a schedule's roster; visits that were made already are no part of it."""
    plan = made.plan
    serves = (
        roster.served(made).group_by("visit", maintain_order=True).agg(serves="obligation", until=pl.col("to").min())
    )
    visits = (
        roster.visits(made)
        .with_columns(visit=pl.int_range(pl.len(), dtype=pl.Int32))
        .filter(pl.col("state") != "done")
        .join(serves, on="visit", how="inner", maintain_order="left")
        .select(
            "id", "enterprise", "officers", "family", "serves", "until", day="date",
            grid=pl.when(pl.col("enterprise").is_null()).then("grid"),
        )
    )  # fmt: skip
    return Adopted.model_validate(
        {
            "day": before.today,
            "plan": plan.file.name,
            "approved_by": approval.by,
            "paper": approval.paper,
            "first": plan.first,
            "last": plan.last,
            "visits": visits.to_dicts(),
        }
    )
