"""Standing: what of all that is owed was met, what passed, and what is still to be planned as of today.

It settles what a ledger means for planning (rules.md, Today and history): before `since` the roster stays as planned,
from `since` to yesterday days are as recorded, from today on they are planned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.credit import credited, gone, made, nothing_made, repeated, waived
from safeplan.core.events.changes import Moved
from safeplan.core.events.mail import Mailed
from safeplan.core.events.rosters import Adopted
from safeplan.core.history import History
from safeplan.core.settled import FILLED, ROSTER, Roster, number, quotas_met
from safeplan.core.spelling import ids_of
from safeplan.core.tables import OBLIGATIONS
from safeplan.plan.plan import OTHERS_VISITS, Plan, RuleLine
from safeplan.plan.rules.pins import Pin
from safeplan.terms.reason import Kind


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
    plan: Plan, obligations: pl.DataFrame, history: History, settled: Roster, calendar: Calendar, today: date
) -> Standing:
    """Settle what is met, waived, passed and still open on a day; what nobody is there for any more is left out.

    `settled` is the roster that stays as far as it can; its rows are those of `obligations`.
    """
    roster = settled.visits
    since = since_of(plan, history)
    from_ = today if since is not None and since <= today else None
    credits = credited(plan, obligations, history, calendar)
    visits = made(plan, history)
    rows = _moved(obligations.with_columns(row=number()), plan, history, roster, from_)
    met = pl.col("row").is_in(credits["obligation"].implode())
    given_up = pl.col("row").is_in(waived(plan, obligations, history).implode())
    kept = passed = pl.lit(False)
    if from_ is not None and since is not None:
        kept = pl.col("row").is_in(roster.filter(pl.col("day") < since)["obligation"].implode()) & ~met
        passed = pl.col("open_last").is_between(since, from_, closed="left") & ~met & ~given_up & ~kept
    left = pl.col("row").is_in(gone(plan, obligations, history).implode()) & ~met & ~kept
    marked = rows.filter(~left).with_columns(shut=met | given_up | kept | passed, kept=kept, overdue=passed)
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
    done = done.with_columns(visit=pl.col("number").cast(pl.Int32))
    # A roster's own visits count below 0 here, so that they are not those of events.
    past = pl.concat([done.select(*ROSTER), before.with_columns(visit=-1 - pl.col("visit"))])
    filled, fillers = quotas_met(plan, visits, len(closed))
    return Standing(
        open_.select(*OBLIGATIONS),
        pl.concat([closed.select(*OBLIGATIONS), filled]),
        closed["overdue"].arg_true().cast(pl.Int32),
        pl.concat([_renumbered(past, closed["row"]), fillers]),
        _still(_not_repeated(plan, rows, roster, history), open_, from_),
        settled.filled,
        visits,
        from_,
        since,
    )


def since_of(plan: Plan, history: History) -> date | None:
    """Give the first day that is as recorded; None when the ledger holds nothing of the period."""
    inside = pl.col("day").is_between(plan.first, plan.last)
    tables = (table for kind, table in history.tables.items() if kind not in _BEFORE)
    days = [day for table in tables if isinstance(day := table.filter(inside)["day"].min(), date)]
    said = plan.file.ledger.since if plan.file.ledger else None
    return (said or min(days)) if days else None


_BEFORE = frozenset({Adopted.kind, Mailed.kind})
"""Kinds of events that say nothing of what happened in the period."""


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


def _renumbered(roster: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Give a roster with places among some rows in place of the rows."""
    places = pl.DataFrame({"row": rows, "place": pl.Series(range(len(rows)), dtype=pl.Int32)})
    return (
        roster.join(places, left_on="obligation", right_on="row", how="inner", maintain_order="left")
        .with_columns(obligation="place")
        .select(*ROSTER)
    )


def _moved(rows: pl.DataFrame, plan: Plan, history: History, roster: pl.DataFrame, from_: date | None) -> pl.DataFrame:
    """Bind what a moved visit serves to its new day, as far as the windows hold it.

    One whose new day passed undone is bound to it no more: it may be made while its window lasts.
    """
    moves = history.of(Moved).group_by("visit", maintain_order=True).last().select(id="visit", to="to")
    moves = moves.filter(pl.col("to") >= (from_ or date.min))
    if moves.is_empty():
        return rows
    ids = pl.DataFrame({"id": ids_of(plan, rows), "row": rows["row"]})
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


def _not_repeated(plan: Plan, rows: pl.DataFrame, roster: pl.DataFrame, history: History) -> pl.DataFrame:
    """Leave out the visits of a roster that were tried in vain: a retry may serve what they were for."""
    tried = repeated(history)["id"]
    if tried.is_empty() or not plan.file.retry:
        return roster
    again = rows.filter(ids_of(plan, rows).is_in(tried.implode()))["row"]
    gone = roster.filter(pl.col("obligation").is_in(again.implode()))["visit"]
    return roster.filter(~pl.col("visit").is_in(gone.implode()))


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
