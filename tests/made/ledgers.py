"""Ledgers made in memory: events as records, the history that they give, and a roster adopted from a schedule."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core import roster
from safeplan.core.events.base import Event
from safeplan.core.events.rosters import Adopted
from safeplan.core.events.visits import VisitMade
from safeplan.core.history import RECORDS, History, body_of, history_of
from safeplan.core.tables import Schedule


def records(*events: Event) -> pl.DataFrame:
    """Number events as a ledger does."""
    rows = [
        (at, one.kind, one.day, f"{one.day}T01:00:00.000000Z", "+08:00", "liu", body_of(one), f"{at:064x}")
        for at, one in enumerate(events, start=1)
    ]
    return pl.DataFrame(rows, schema=RECORDS, orient="row")


def told(*events: Event) -> History:
    """Give the history of events in the order in which they were told."""
    return history_of(records(*events))


def adopted(made: Schedule, day: date | None = None) -> Adopted:
    """Adopt a schedule."""
    spelt = roster.visits(made).with_columns(visit=pl.int_range(pl.len(), dtype=pl.Int32))
    serves = roster.served(made).group_by("visit").agg(serves="obligation", until=pl.col("to").min())
    visits = spelt.join(serves, on="visit", how="inner", maintain_order="left").select(
        "id", "enterprise", "officers", "family", "serves", "until", day="date",
        grid=pl.when(pl.col("enterprise").is_null()).then("grid"),
    )  # fmt: skip
    plan = made.plan
    facts = {"plan": plan.file.name, "first": plan.first, "last": plan.last, "visits": visits.to_dicts()}
    return Adopted.model_validate({"day": day or plan.first, **facts})


def made_as_planned(made: Schedule, first: date, last: date) -> list[VisitMade]:
    """Give the visits of some days as done as they were planned."""
    days = roster.visits(made).filter(pl.col("date").is_between(first, last), pl.col("crew") > 0)
    return [
        VisitMade.model_validate(
            {
                "day": row["date"],
                "enterprise": row["enterprise"],
                "grid": row["grid"] if row["enterprise"] is None else None,
                "officers": row["officers"],
                "family": row["family"],
                "visit": row["id"],
            }
        )
        for row in days.iter_rows(named=True)
    ]
