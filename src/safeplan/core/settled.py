"""Settled: rosters that were fixed or planned before, in the rows of what is owed now."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from safeplan.core.events.rosters import Adopted, Issued
from safeplan.core.history import History
from safeplan.core.rules.importance import importance
from safeplan.core.spelling import codes_of, ids_of
from safeplan.core.tables import OBLIGATIONS, Schedule
from safeplan.plan.plan import Plan
from safeplan.plan.rules.quotas import Quota
from safeplan.terms.period import periods
from safeplan.terms.reason import Kind

ROSTER: dict[str, pl.DataType] = {
    "visit": pl.Int32(),  # counts the visits of a roster
    "day": pl.Date(),
    "enterprise": pl.Int32(),  # code, -1: none
    "officers": pl.List(pl.String()),  # ids, who leads first
    "family": pl.String(),
    "state": pl.String(),  # done, issued, adopted, drafted
    "obligation": pl.Int32(),  # a row for each that the visit serves
}
"""Visits whose day and crew are settled, or were once."""

FILLED: dict[str, pl.DataType] = {
    "rule": pl.String(),  # id of the quota
    "period": pl.String(),
    "n": pl.Int32(),
    "enterprise": pl.Int32(),
    "day": pl.Date(),
    "officers": pl.List(pl.String()),
    "state": pl.String(),
}
"""Visits of a roster that fill quotas: their obligations are made only when quotas are filled."""


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster that a schedule changes as little as it can: ROSTER and FILLED."""

    visits: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ROSTER))
    filled: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FILLED))


def adopted(plan: Plan, obligations: pl.DataFrame, history: History) -> Roster | None:
    """Give the roster that was adopted last for this plan, by its name and period; None when none was."""
    own = history.of(Adopted).filter(is_of(plan))
    return None if own.is_empty() else _as_roster(plan, obligations, visits_of(own.tail(1)), "adopted")


def issued(plan: Plan, obligations: pl.DataFrame, history: History, beside: Roster) -> Roster:
    """Lay the weeks that were sent out over a roster: what they hold stands there no more.

    Of several papers for a day the last one holds.
    """
    own = history.of(Issued).filter(pl.col("plan") == plan.file.name)
    if own.is_empty():
        return beside
    held = _as_roster(plan, obligations, as_last_sent_out(own), "issued")
    above = pl.col("visit") + 1 + (held.visits["visit"].max() or 0)
    doubled = beside.visits.filter(pl.col("obligation").is_in(held.visits["obligation"].implode()))["visit"]
    left = beside.visits.filter(~pl.col("visit").is_in(doubled.implode())).with_columns(visit=above.cast(pl.Int32))
    filled = beside.filled.join(held.filled, on=["rule", "period", "n"], how="anti", maintain_order="left")
    return Roster(pl.concat([held.visits, left]), pl.concat([held.filled, filled]))


def is_of(plan: Plan) -> pl.Expr:
    """Say of events that fix rosters (Adopted, Issued) whether they are a plan's: its name, days of its period."""
    return (pl.col("plan") == plan.file.name) & (pl.col("first") <= plan.last) & (pl.col("last") >= plan.first)


def as_last_sent_out(issued: pl.DataFrame) -> pl.DataFrame:
    """Give the visits of weeks that were sent out (Issued); of several papers for a day the last one holds."""
    visits = visits_of(issued, "number")
    of_day = pl.col("day").is_between(pl.col("first"), pl.col("last"))
    papers = visits.select("day").unique().join(issued.select("number", "first", "last"), how="cross").filter(of_day)
    latest = papers.group_by("day").agg(pl.col("number").max())
    return visits.join(latest, on=["day", "number"], how="semi", maintain_order="left")


def rosters_of(history: History) -> pl.DataFrame:
    """Give the visits of all rosters that were fixed, in the order in which they were: `id`, `day`, `serves`."""
    told = [visits_of(history.of(kind), "number") for kind in (Adopted, Issued)]
    return pl.concat([one.select("number", "id", "day", "serves") for one in told]).sort("number", maintain_order=True)


def visits_of(events: pl.DataFrame, *also: str) -> pl.DataFrame:
    """Give the visits of events that hold rosters, beside columns of the events."""
    columns = events.select(*also, "visits").unnest("visits").filter(pl.col("id").is_not_null())
    return columns.explode([name for name in columns.columns if name not in also])


def _as_roster(plan: Plan, obligations: pl.DataFrame, told: pl.DataFrame, state: str) -> Roster:
    visits = told.join(codes_of(plan), on="enterprise", how="left", maintain_order="left").select(
        "id", "day", "family", "serves", visit=number(), enterprise=pl.col("code").fill_null(-1),
        officers=pl.col("officers").fill_null([]), state=pl.lit(state),
    )  # fmt: skip
    return Roster(_served(plan, obligations, visits), _filled(plan, visits))


def planned(schedule: Schedule, plan: Plan, obligations: pl.DataFrame) -> Roster:
    """Give what a schedule plans as a roster for another plan's obligations."""
    ids = ids_of(schedule.plan, schedule.obligations)
    officers = pl.Series([one.id for one in schedule.plan.file.officers], dtype=pl.String)
    of_crews = [officers.gather(one).to_list() for one in schedule.crews["officers"]]
    crews = schedule.crews.with_columns(officers=pl.Series(of_crews, dtype=pl.List(pl.String)))
    serves = schedule.serves.with_columns(serves=ids.gather(schedule.serves["obligation"])).group_by(
        "visit", maintain_order=True
    )
    visits = (
        schedule.visits.with_columns(visit=number(), id=ids.gather(schedule.visits["lead"]))
        .filter(pl.col("state") != "done")
        .join(serves.agg("serves"), on="visit", maintain_order="left")
        .join(crews, on=["day", "crew"], how="left", maintain_order="left")
        .with_columns(pl.col("officers").fill_null([]))
    )
    return Roster(_served(plan, obligations, visits), _filled(plan, visits))


def quotas_met(plan: Plan, visits: pl.DataFrame, begin: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the obligations of quotas that visits met, and those visits (ROSTER, rows counted from `begin`)."""
    units = [
        (line.id, code, unit.name, unit.first, unit.last, importance(line))
        for code, line in enumerate(plan.rules)
        if isinstance(line.model, Quota)
        for unit in periods(line.model.per, 1, plan.first, plan.last)
    ]
    names = {"rule": pl.String, "code": pl.Int32, "period": pl.String}
    days = {"first": pl.Date, "last": pl.Date, "importance": pl.Int32}
    met = (
        _of_quotas(plan, visits.filter(pl.col("subject") >= 0), "visit")
        .unique(["rule", "period", "n"], keep="first", maintain_order=True)
        .join(pl.DataFrame(units, schema=names | days, orient="row"), on=["rule", "period"], maintain_order="left")
    )
    nobody = pl.lit(-1, dtype=pl.Int32)
    obligations = met.select(
        "period", "n", "first", "last", "importance", rule="code", enterprise=nobody, grid=nobody,
        open_first="first", open_last="last", outlasts=pl.lit(False),
    )  # fmt: skip
    roster = met.select(
        "day", "officers", "family", visit=pl.col("number").cast(pl.Int32), enterprise="subject",
        state=pl.lit("done"), obligation=number() + begin,
    )  # fmt: skip
    return obligations.select(*OBLIGATIONS), roster.select(*ROSTER)


def made_up(obligations: pl.DataFrame, visits: pl.DataFrame) -> dict[tuple[int, str], frozenset[int]]:
    """Give the numbers of quotas' obligations that were met after their unit was over, by rule (code) and period.

    Takes OBLIGATIONS and the visits that met them (ROSTER). Such a visit makes up for one that was missed.
    """
    late = (
        visits.filter(pl.col("state") == "done")
        .select("obligation", on="day")
        .join(obligations.with_columns(obligation=number()), on="obligation")
        .filter(pl.col("on") > pl.col("last"))
        .group_by("rule", "period")
        .agg("n")
    )
    return {(rule, period): frozenset(numbers) for rule, period, numbers in late.iter_rows()}


def number() -> pl.Expr:
    """Count rows from 0."""
    return pl.int_range(pl.len(), dtype=pl.Int32)


def _served(plan: Plan, obligations: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """Give visits by the rows of what they serve; what is not owed any more is left out."""
    ids = pl.DataFrame({"serves": ids_of(plan, obligations)}).with_columns(obligation=number())
    return (
        visits.explode("serves")
        .join(ids, on="serves", how="inner", maintain_order="left")
        .select(*ROSTER)
        .sort("visit", "obligation")
    )


def _filled(plan: Plan, visits: pl.DataFrame) -> pl.DataFrame:
    """Give the visits that fill quotas: each serves one obligation without a subject of its own."""
    return _of_quotas(plan, visits.filter(pl.col("enterprise") >= 0), "id").select(*FILLED)


def _of_quotas(plan: Plan, visits: pl.DataFrame, id_: str) -> pl.DataFrame:
    """Keep the visits that fill quotas, with rule, period and n of their ids."""
    quotas = [line.id for line in plan.rules if line.kind is Kind.QUOTA]
    parts = pl.col(id_).str.split("/")
    return (
        visits.filter(parts.list.len() == 4)
        .with_columns(
            rule=parts.list.get(0), period=parts.list.get(2), n=parts.list.get(3).cast(pl.Int32, strict=False)
        )
        .filter(pl.col("rule").is_in(quotas) & pl.col("n").is_not_null())
    )
