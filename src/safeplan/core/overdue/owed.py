"""Owed: the obligations as of a day and which of them were met, without planning anything.

It says what `core/standing.py` says of the past, at a fraction of the cost: nothing is placed. Only where no roster was
adopted and the ledger begins within the time of something undone, the plan alone is scheduled once, to know what had
been planned for days before the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from safeplan.core.amend import amended
from safeplan.core.calendar import Calendar
from safeplan.core.credit import credited, gone, waived
from safeplan.core.events.rosters import Adopted, Issued
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.events.work import Waived
from safeplan.core.expand import expand
from safeplan.core.history import History
from safeplan.core.numbers import fitted
from safeplan.core.overdue.rows import falls_due
from safeplan.core.schedule import schedule
from safeplan.core.settled import as_last_sent_out, is_of, planned, visits_of
from safeplan.core.spelling import ids_of, named
from safeplan.core.standing import since_of
from safeplan.plan.plan import Plan

FIXED: dict[str, pl.DataType] = {
    "id": pl.String(),  # of the obligation
    "visit": pl.String(),
    "day": pl.Date(),
    "subject": pl.String(),  # id of the enterprise, else of the grid
    "enterprise": pl.String(),  # null: a grid's
    "grid": pl.String(),
    "crew": pl.List(pl.String()),
    "until": pl.Date(),  # the last day of the first window that closes on the visit
    "told": pl.Boolean(),  # a visit that was done names it, or the visit of which it is a part
}
"""One row an obligation that an adopted roster holds, or one that was sent out."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed as of a day.

    Attributes
    ----------
    plan
        The plan as the ledger amends it.
    open_
        The obligations (OBLIGATIONS, with `row`) that were neither met nor waived, nor still to come when their
        enterprise was found gone, nor planned for days before `since`: those are never missed.
    since
        The first day that is as recorded; None: the ledger holds nothing of the period, and nothing is missed.
    fixed
        What rosters that were adopted or sent out hold (FIXED).
    waived, every
        Ids that shall not be done, and all obligations (OBLIGATIONS).
    """

    plan: Plan
    open_: pl.DataFrame
    since: date | None
    fixed: pl.DataFrame
    waived: pl.Series
    every: pl.DataFrame


def owed_on(plan: Plan, history: History, calendar: Calendar, as_of: date, until: date | None = None) -> Owed:
    """Settle what is owed on a day, as far as its time ends before it, or up to a later one."""
    said = amended(plan, history, calendar, as_of)
    since = since_of(said, history)
    rosters = _fixed(plan, history)
    every = fitted(said, expand(said, calendar, as_of).obligations, history)
    met = credited(said, every, history, calendar)["obligation"]
    is_open = np.ones(len(every), np.bool_)
    for shut in (met, waived(said, every, history), gone(said, every, history)):
        is_open[shut.to_numpy()] = False
    open_ = every.with_columns(row=pl.int_range(pl.len(), dtype=pl.Int32)).filter(pl.Series(is_open))
    if since is not None:
        late = open_.filter(falls_due(as_of, until, "open_last"))
        kept = _kept(plan, said, every, history, since, late)
        open_ = open_.filter(~pl.col("row").is_in(kept.implode()))
    return Owed(said, open_, since, rosters, history.of(Waived)["what"].unique().sort(), every)


def _kept(plan: Plan, said: Plan, every: pl.DataFrame, history: History, since: date, late: pl.DataFrame) -> pl.Series:
    """Give the rows that were planned for days before the ledger begins: as adopted, else by the plan alone."""
    begun = late.filter(pl.col("open_first") < since, pl.col("open_last") >= since)
    if begun.is_empty():
        return begun["row"]
    rosters = _adopted(plan, history)
    if rosters.is_empty():
        roster = planned(schedule(plan), said, every)
        return roster.visits.filter(pl.col("day") < since)["obligation"].unique()
    early = rosters.filter(pl.col("day") < since)["serves"].explode(empty_as_null=False, keep_nulls=False)
    return begun.filter(ids_of(said, begun).is_in(early.implode()))["row"]


def _fixed(plan: Plan, history: History) -> pl.DataFrame:
    """Give what the rosters that were adopted or sent out for the plan hold; of several the paper that came last."""
    made = history.of(VisitMade).filter(pl.col("outcome") == Outcome.DONE.value)
    done = pl.concat([made["visit"], made["serves"].explode()]).drop_nulls()
    columns = ("id", "day", "enterprise", "grid", "officers", "serves", "until")
    visits = pl.concat(
        [
            _adopted(plan, history).select(columns),
            as_last_sent_out(history.of(Issued).filter(is_of(plan))).select(columns),
        ]
    )
    fixed = (
        visits.explode("serves", empty_as_null=False, keep_nulls=False)
        .unique("serves", keep="last", maintain_order=True)
        .select(
            "day", "enterprise", "grid", "until", id="serves", visit="id",
            subject=pl.coalesce("enterprise", "grid"), crew=pl.col("officers").fill_null([]),
        )
    )  # fmt: skip
    named = pl.concat([fixed["id"], fixed["visit"]]).is_in(done.implode())
    return fixed.with_columns(told=named.head(len(fixed)) | named.tail(len(fixed))).select(*FIXED)


def _adopted(plan: Plan, history: History) -> pl.DataFrame:
    """Give the visits of the adopted rosters; a later one replaces what had not passed by then."""
    own = history.of(Adopted).filter(is_of(plan))
    visits = visits_of(own.with_columns(replaced=pl.col("day").shift(-1)), "replaced")
    return visits.filter((pl.col("until") < pl.col("replaced")).fill_null(True))


def spelt(owed: Owed, obligations: pl.DataFrame) -> pl.DataFrame:
    """Add id, kind and name of the rule to obligations."""
    return obligations.with_columns(named(owed.plan, obligations).select("kind", "name", id="obligation"))
