"""Standing: what of all that is owed was met, what passed, and what is still to be planned as of today.

It settles what a ledger means for planning (rules.md, Today and history): before `since` the roster stays as planned,
from `since` to yesterday days are as recorded, from today on they are planned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.credit import credited, made, nothing_made, waived
from safeplan.core.events.changes import Moved
from safeplan.core.events.rosters import Adopted
from safeplan.core.history import History
from safeplan.core.rules.importance import importance
from safeplan.core.spelling import named
from safeplan.core.tables import OBLIGATIONS, Schedule
from safeplan.plan.plan import OTHERS_VISITS, Plan, RuleLine
from safeplan.plan.rules.pins import Pin
from safeplan.plan.rules.quotas import Quota
from safeplan.terms.period import periods
from safeplan.terms.reason import Kind

ROSTER: dict[str, pl.DataType] = {
    "visit": pl.Int32(),  # counts the visits of a roster
    "day": pl.Date(),
    "enterprise": pl.Int32(),  # code, -1: none
    "officers": pl.List(pl.String()),  # ids, who leads first
    "family": pl.String(),
    "state": pl.String(),  # done, adopted, drafted
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
}
"""Adopted visits that fill quotas: their obligations are made only when quotas are filled."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where obligations stand.

    Attributes
    ----------
    open_
        What is to be planned (OBLIGATIONS); `open_first` is not before today.
    closed
        What is not: met, waived, passed, or kept as planned before `since` (OBLIGATIONS).
    overdue
        Rows of `closed` that passed undone.
    past
        The visits that served closed ones (ROSTER; `obligation` is a row of `closed`).
    adopted
        The adopted visits that are still to come (ROSTER; `obligation` is a row of `open_`).
    filled
        The adopted visits of quotas (FILLED), past ones too.
    visits
        All visits that were made, as `credit.made` gives them.
    from_
        The first day that is planned; None: the whole period.
    since
        The first day that is as recorded; what was adopted for earlier ones stays as planned.
    """

    open_: pl.DataFrame
    closed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OBLIGATIONS))
    overdue: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.Int32))
    past: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ROSTER))
    adopted: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ROSTER))
    filled: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FILLED))
    visits: pl.DataFrame = field(default_factory=nothing_made)
    from_: date | None = None
    since: date | None = None


def standing(
    plan: Plan, obligations: pl.DataFrame, history: History, roster: pl.DataFrame, calendar: Calendar, today: date
) -> Standing:
    """Settle what is met, waived, passed and still open on a day.

    `roster` is the adopted one, else that of the days before `since` as they were planned (ROSTER, with rows of
    `obligations`).
    """
    since = since_of(plan, history)
    from_ = today if since is not None and since <= today else None
    credits = credited(plan, obligations, history, calendar)
    visits = made(plan, history)
    rows = _moved(obligations.with_columns(row=_number()), plan, history, roster)
    met = pl.col("row").is_in(credits["obligation"].implode())
    given_up = pl.col("row").is_in(waived(plan, obligations, history).implode())
    kept = passed = pl.lit(False)
    if from_ is not None and since is not None:
        kept = pl.col("row").is_in(roster.filter(pl.col("day") < since)["obligation"].implode()) & ~met
        passed = pl.col("open_last").is_between(since, from_, closed="left") & ~met & ~given_up & ~kept
    marked = rows.with_columns(shut=met | given_up | kept | passed, kept=kept, overdue=passed)
    open_, closed = marked.filter(~pl.col("shut")), marked.filter("shut")
    if from_ is not None:
        later = pl.max_horizontal("open_first", pl.lit(from_))
        ahead = pl.col("open_last") >= from_
        open_ = open_.with_columns(open_first=pl.when(ahead).then(later).otherwise("open_first"))
    done = credits.join(visits, on="number", how="inner", maintain_order="left").with_columns(
        state=pl.lit("done"), enterprise="subject"
    )
    before = roster.join(
        closed.filter("kept").select(obligation="row"), on="obligation", how="semi", maintain_order="left"
    )
    past = pl.concat([done.select(pl.col("number").cast(pl.Int32).alias("visit"), *list(ROSTER)[1:]), _apart(before)])
    filled, fillers = _quotas_filled(plan, visits, len(closed))
    return Standing(
        open_.select(*OBLIGATIONS),
        pl.concat([closed.select(*OBLIGATIONS), filled]),
        closed["overdue"].arg_true().cast(pl.Int32),
        pl.concat([_renumbered(past, closed["row"]), fillers]),
        _still(roster, open_, from_),
        _filled(plan, history),
        visits,
        from_,
        since,
    )


def since_of(plan: Plan, history: History) -> date | None:
    """Give the first day that is as recorded; None when the ledger holds nothing of the period."""
    inside = pl.col("day").is_between(plan.first, plan.last)
    tables = (table for kind, table in history.tables.items() if kind != Adopted.kind)
    days = [day for table in tables if isinstance(day := table.filter(inside)["day"].min(), date)]
    said = plan.file.ledger.since if plan.file.ledger else None
    return (said or min(days)) if days else None


def adopted_roster(plan: Plan, obligations: pl.DataFrame, history: History) -> pl.DataFrame:
    """Give the roster that was adopted last for this plan (ROSTER, with rows of `obligations`)."""
    visits = _last_adopted(plan, history)
    if visits.is_empty():
        return pl.DataFrame(schema=ROSTER)
    ids = pl.DataFrame({"serves": named(plan, obligations)["obligation"], "obligation": _codes(obligations)})
    codes = plan.enterprises.select(enterprise="id", code=_number())
    return (
        visits.join(codes, on="enterprise", how="left", maintain_order="left")
        .select(
            "day",
            "family",
            "serves",
            visit=_number(),
            enterprise=pl.col("code").fill_null(-1),
            officers=pl.col("officers").fill_null([]),
        )
        .explode("serves")
        .join(ids, on="serves", how="inner", maintain_order="left")
        .with_columns(state=pl.lit("adopted"))
        .select(*ROSTER)
    )


def planned_roster(planned: Schedule, plan: Plan, obligations: pl.DataFrame, until: date) -> pl.DataFrame:
    """Give what a schedule planned before a day (ROSTER, with rows of another plan's `obligations`)."""
    ids = pl.DataFrame({"id": named(plan, obligations)["obligation"], "obligation": _codes(obligations)})
    own = named(planned.plan, planned.obligations)["obligation"]
    officers = pl.Series([one.id for one in planned.plan.file.officers], dtype=pl.String)
    crews = planned.crews.with_columns(
        officers=pl.Series(
            [officers.gather(codes).to_list() for codes in planned.crews["officers"]], dtype=pl.List(pl.String)
        )
    )
    return (
        planned.visits.select("day", "crew", "enterprise", "family", visit=_number())
        .filter(pl.col("day") < until)
        .join(planned.serves.with_columns(id=own.gather(planned.serves["obligation"])).drop("obligation"), on="visit")
        .join(ids, on="id", how="inner")
        .join(crews, on=["day", "crew"], how="left", maintain_order="left")
        .with_columns(pl.col("officers").fill_null([]), state=pl.lit("drafted"))
        .sort("visit", "obligation")
        .select(*ROSTER)
    )


def _last_adopted(plan: Plan, history: History) -> pl.DataFrame:
    """Give the visits of the roster that was adopted last for this plan."""
    own = history.of(Adopted).filter(
        (pl.col("plan") == plan.file.name) & (pl.col("first") <= plan.last) & (pl.col("last") >= plan.first)
    )
    return own.tail(1).select(pl.col("visits").explode(empty_as_null=False, keep_nulls=False)).unnest("visits")


def _filled(plan: Plan, history: History) -> pl.DataFrame:
    """Give the adopted visits that fill quotas: each serves one obligation without a subject of its own."""
    codes = plan.enterprises.select(enterprise="id", code=_number())
    return (
        _of_quotas(plan, _last_adopted(plan, history), "id")
        .join(codes, on="enterprise", how="inner", maintain_order="left")
        .select("rule", "period", "n", "day", enterprise="code", officers=pl.col("officers").fill_null([]))
        .select(*FILLED)
    )


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


def _quotas_filled(plan: Plan, visits: pl.DataFrame, begin: int) -> tuple[pl.DataFrame, pl.DataFrame]:
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
        state=pl.lit("done"), obligation=_number() + begin,
    )  # fmt: skip
    return obligations.select(*OBLIGATIONS), roster.select(*ROSTER)


def counted(plan: Plan, of: Standing) -> pl.DataFrame:
    """Give the visits that were made as OTHERS_VISITS, with why, so that caps and limits count them."""
    causes = {code: cause for code, line in enumerate(plan.rules) if (cause := cause_of(line))}
    rule = of.closed["rule"].gather(of.past["obligation"])
    why = (
        of.past.with_columns(cause=rule.replace_strict(causes, default="", return_dtype=pl.String))
        .filter(pl.col("state") == "done")
        .group_by(number=pl.col("visit").cast(pl.Int64))
        .agg(cause=pl.col("cause").max())
    )
    return (
        of.visits.filter(pl.col("subject") >= 0)
        .join(why, on="number", how="left", maintain_order="left")
        .select("day", "family", enterprise="subject", cause=pl.col("cause").fill_null(""))
        .select(*OTHERS_VISITS)
    )


def cause_of(line: RuleLine) -> str:
    """Give the word that caps know for why a rule asks for its visits; empty: none."""
    if isinstance(line.model, Pin) and line.model.cause is not None:
        return line.model.cause.value
    return line.kind.value if line.kind in (Kind.COMPLAINT, Kind.REQUEST) else ""


def _number() -> pl.Expr:
    return pl.int_range(pl.len(), dtype=pl.Int32)


def _codes(frame: pl.DataFrame) -> pl.Series:
    return pl.Series(range(len(frame)), dtype=pl.Int32)


def _apart(roster: pl.DataFrame) -> pl.DataFrame:
    """Number a roster's visits below 0, so that they are not those of events."""
    return roster.with_columns(visit=-1 - pl.col("visit"))


def _renumbered(roster: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Give a roster with places among some rows in place of the rows."""
    places = pl.DataFrame({"row": rows, "place": pl.Series(range(len(rows)), dtype=pl.Int32)})
    return (
        roster.join(places, left_on="obligation", right_on="row", how="inner", maintain_order="left")
        .with_columns(obligation="place")
        .select(*ROSTER)
    )


def _moved(rows: pl.DataFrame, plan: Plan, history: History, roster: pl.DataFrame) -> pl.DataFrame:
    """Bind what a moved visit serves to its new day, as far as the windows hold it."""
    moves = history.of(Moved).group_by("visit", maintain_order=True).last().select(id="visit", to="to")
    if moves.is_empty():
        return rows
    ids = pl.DataFrame({"id": named(plan, rows)["obligation"], "row": rows["row"]})
    leads = moves.join(ids, on="id", how="inner")
    with_it = (
        leads.join(roster, left_on="row", right_on="obligation", how="inner")
        .select("visit", "to")
        .join(roster, on="visit", how="inner")
        .select("to", row="obligation")
    )
    bound = pl.concat([with_it, leads.select("to", "row")]).unique("row", keep="last", maintain_order=True)
    inside = pl.col("to").is_between(pl.col("open_first"), pl.col("open_last")).fill_null(False)
    return (
        rows.join(bound, on="row", how="left", maintain_order="left")
        .with_columns(
            open_first=pl.when(inside).then("to").otherwise("open_first"),
            open_last=pl.when(inside).then("to").otherwise("open_last"),
        )
        .drop("to")
    )


def _still(roster: pl.DataFrame, open_: pl.DataFrame, from_: date | None) -> pl.DataFrame:
    """Give the roster's visits that are still to come; a moved one is wanted on the one day that is left of it."""
    windows = open_.select(obligation="row", first="open_first", last="open_last")
    one_day = pl.col("first") == pl.col("last")
    ahead = roster.join(windows, on="obligation", how="inner", maintain_order="left").with_columns(
        day=pl.when(one_day).then("first").otherwise("day")
    )
    inside = pl.col("day").is_between(pl.col("first"), pl.col("last")) & (pl.col("day").n_unique() == 1)
    ahead = ahead.filter(inside.all().over("visit") & (pl.lit(from_ is None) | (pl.col("day") >= (from_ or date.min))))
    return _renumbered(ahead.select(*ROSTER), open_["row"])
