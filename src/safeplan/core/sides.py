"""Sides: rosters that are compared - a schedule, one that was fixed in a ledger, or one read from a file."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.roster import visits as spelt_visits
from safeplan.core.spelling import ids_of
from safeplan.core.tables import Schedule
from safeplan.plan.plan import Plan

SIDE: dict[str, pl.DataType] = {
    "id": pl.String(),
    "date": pl.Date(),
    "state": pl.String(),
    "enterprise": pl.String(),  # id, null: none
    "enterprise_name": pl.String(),
    "grid": pl.String(),
    "grid_name": pl.String(),
    "officers": pl.List(pl.String()),  # ids
    "rules": pl.List(pl.String()),  # names
    "serves": pl.List(pl.String()),  # ids of obligations
}
"""One row a visit."""


class Side:
    """One of two rosters: its visits (SIDE), and the schedule that they are of, if they are of one.

    `row_of` gives the obligations that are known by their ids: to a schedule all that is owed, to others what is
    served.
    """

    def __init__(self, visits: pl.DataFrame, schedule: Schedule | None = None, plan: Plan | None = None) -> None:
        self.visits = visits
        self.schedule = schedule
        self.plan = plan if schedule is None else schedule.plan
        self.ids: list[str] = visits["id"].to_list()
        self.days: list[date] = visits["date"].to_list()
        self.officers: list[list[str]] = visits["officers"].to_list()
        self.done: list[bool] = (visits["state"] == "done").to_list()
        self.serves: list[list[str]] = visits["serves"].to_list()
        self.visit_of = {one: visit for visit, served in enumerate(self.serves) for one in served}
        ids = self.visit_of if schedule is None else ids_of(schedule.plan, schedule.obligations)
        self.row_of = {id_: row for row, id_ in enumerate(ids)}


def of_schedule(schedule: Schedule) -> Side:
    """Take a schedule."""
    ids = ids_of(schedule.plan, schedule.obligations)
    served = schedule.serves.select("visit", serves=ids.gather(schedule.serves["obligation"]))
    serves = served.group_by("visit", maintain_order=True).agg("serves")
    visits = spelt_visits(schedule).with_columns(visit=pl.int_range(pl.len(), dtype=pl.Int32))
    return Side(visits.join(serves, on="visit", how="left", maintain_order="left").select(*SIDE), schedule)


def of_roster(plan: Plan, visits: pl.DataFrame) -> Side:
    """Take the visits of a roster that was fixed: `core.events.rosters.RosterVisit` as columns, and `state`."""
    rules = {line.id: line.name or line.kind.value for line in plan.rules}
    firms = plan.enterprises.select(enterprise="id", enterprise_name="name")
    grids = pl.DataFrame(
        {"grid": [one.id for one in plan.file.grids], "grid_name": [one.name for one in plan.file.grids]},
        schema={"grid": pl.String, "grid_name": pl.String},
    )
    first = pl.element().str.split("/").list.first()
    return Side(
        visits.join(firms, on="enterprise", how="left", maintain_order="left")
        .join(grids, on="grid", how="left", maintain_order="left")
        .with_columns(
            date="day",
            officers=pl.col("officers").fill_null([]),
            rules=pl.col("serves").list.eval(first.replace(rules)),
        )
        .select(*SIDE),
        plan=plan,
    )
