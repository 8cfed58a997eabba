"""Visits whose time passed and that were not made.

Of today's plan: obligations whose window is over, and calls (requests, complaints, retries) whose own time is over
though they are planned again. Of adopted and issued rosters: also what has been edited out of the plan since, until it
is done or waived. What the ledger itself took away stays away: the class visits of an enterprise that got another class
or whose findings changed it, and whatever was still to come when an enterprise was found to have moved or ceased.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.credit import gone_on
from safeplan.core.events.findings import Finding
from safeplan.core.history import History
from safeplan.core.overdue.answering import Answering, grid_on
from safeplan.core.overdue.owed import Owed, spelt
from safeplan.core.overdue.quotas import quotas_missed
from safeplan.core.overdue.rows import Next, Section, falls_due, rows
from safeplan.core.reclassify import class_changed
from safeplan.core.spelling import codes_of, enterprises_of, grids_of, ids_of
from safeplan.plan.plan import Plan
from safeplan.terms.reason import Kind

_CALLS = (Kind.REQUEST, Kind.COMPLAINT, Kind.RETRY)
_BROUGHT = tuple(kind.value for kind in (*_CALLS, Kind.REINSPECTION))
"""Kinds that the ledger alone brings: what it no longer asks for is not owed."""


def visits_overdue(
    owed: Owed, history: History, calendar: Calendar, answering: Answering, as_of: date, until: date | None = None
) -> pl.DataFrame:
    """Give the visits that are overdue on a day, and those that fall due up to a later one (OVERDUE)."""
    if owed.since is None:
        return rows(Section.VISITS, pl.DataFrame(schema={"due": pl.Date}), as_of)
    missed = pl.concat([_of_plan(owed, as_of, until), quotas_missed(owed, history, calendar, as_of)], how="diagonal")
    today = _with_facts(owed, spelt(owed, missed).filter(~pl.col("id").is_in(owed.waived.implode())))
    gone = _edited_out(owed, history, as_of, until)
    both = pl.concat([today, gone], how="diagonal_relaxed")
    carriers = answering.carriers(both)
    planned = pl.col("crew").list.len() > 0
    return rows(
        Section.VISITS,
        both.with_columns(
            officers=pl.when(planned).then("crew").otherwise(carriers),
            next=pl.lit(Next.VISIT.value),
            argument=pl.coalesce("visit", "id"),
            role="by",
        ),
        as_of,
    )


def _of_plan(owed: Owed, as_of: date, until: date | None) -> pl.DataFrame:
    """Give the obligations of today's plan that were not met in time, with `due`."""
    kinds = {code: line.kind for code, line in enumerate(owed.plan.rules)}
    called = [code for code, kind in kinds.items() if kind in _CALLS]
    elsewhere = [code for code, kind in kinds.items() if kind in (Kind.REINSPECTION, Kind.QUOTA)]
    own_time = pl.col("rule").is_in(called) | pl.col("outlasts")
    due = pl.when(own_time).then("last").otherwise("open_last")
    return (
        owed.open_.filter(~pl.col("rule").is_in(elsewhere))
        .with_columns(due=due)
        .filter(falls_due(as_of, until) & (pl.col("due") >= owed.since))
        .drop("row")
    )


def _with_facts(owed: Owed, missed: pl.DataFrame) -> pl.DataFrame:
    """Add where, by whom, and the fixed visit that was to meet it."""
    plan = owed.plan
    ids = enterprises_of(plan).select("enterprise", "enterprise_id")
    grids = grids_of(plan).select("grid", "grid_id")
    rules = pl.DataFrame(
        [(code, line.model.by, line.model.surprise) for code, line in enumerate(plan.rules)],
        schema={"rule": pl.Int32, "by": pl.String, "surprise": pl.Boolean}, orient="row",
    )  # fmt: skip
    undrawn = (pl.col("kind") == Kind.SPOT_CHECK.value) & (pl.col("enterprise") < 0)
    return (
        missed.with_columns(here=grid_on(plan, missed, "due"))
        .with_columns(grid=pl.when(pl.col("enterprise") >= 0).then("here").otherwise("grid"))
        .join(ids, on="enterprise", how="left", maintain_order="left")
        .join(grids, on="grid", how="left", maintain_order="left")
        .join(rules, on="rule", how="left", maintain_order="left")
        .join(owed.fixed.select("id", "visit", "crew"), on="id", how="left", maintain_order="left")
        .select(
            "id", "kind", "name", "enterprise", "grid", "due", "by", "visit", "crew",
            pl.col("first").alias("from"),
            subject=pl.coalesce("enterprise_id", "grid_id"),
            hidden=pl.when(undrawn).then(pl.lit("undrawn")).when("surprise").then(pl.lit("surprise")),
        )
        .with_columns(pl.col("crew").fill_null([]))
    )  # fmt: skip


def _edited_out(owed: Owed, history: History, as_of: date, until: date | None) -> pl.DataFrame:
    """Give what fixed rosters hold and today's plan no longer owes, with `due`."""
    quotas = [line.id for line in owed.plan.rules if line.kind is Kind.QUOTA]
    rule = pl.col("id").str.split("/").list.first()
    left = owed.fixed.filter(~pl.col("told") & falls_due(as_of, until, "until") & (pl.col("day") >= owed.since))
    left = left.filter(
        ~rule.is_in([*quotas, *_BROUGHT])
        & ~pl.col("id").is_in(owed.waived.implode())
        & ~pl.col("visit").is_in(owed.waived.implode())
    )
    if not left.is_empty():
        left = left.filter(~pl.col("id").is_in(ids_of(owed.plan, _of_subjects(owed, left)).implode()))
    left = left.filter(~_taken_away(owed, history))
    return _with_codes(owed.plan, left.with_columns(rule=rule))


def _of_subjects(owed: Owed, left: pl.DataFrame) -> pl.DataFrame:
    """Give the obligations of the subjects of some rows of FIXED; what has no enterprise is little."""
    ids = owed.plan.enterprises["id"]
    codes = ids.is_in(left["enterprise"].drop_nulls().unique().implode()).arg_true().cast(pl.Int32)
    return owed.every.filter((pl.col("enterprise") < 0) | pl.col("enterprise").is_in(codes.implode()))


def _taken_away(owed: Owed, history: History) -> pl.Expr:
    """Say of rows of FIXED whether what the ledger told took them away."""
    classes = [line.id for line in owed.plan.rules if line.kind is Kind.CLASS]
    of_class = pl.col("id").str.split("/").list.first().is_in(classes)
    # a finding that changes no class may still have brought the second visit of a period, and its end taken it away
    extra = pl.col("id").str.split("/").list.last() != "1"
    found = history.of(Finding)["enterprise"].unique()
    anew = (_told_of(class_changed(owed.plan, history)) <= pl.col("until")) | (
        extra & pl.col("enterprise").is_in(found.implode())
    )
    return ((of_class & anew) | (_told_of(gone_on(history)) <= pl.col("until"))).fill_null(False)


def _told_of(days: pl.DataFrame) -> pl.Expr:
    """Give of rows with `enterprise` the day that a table says of it (enterprise, day)."""
    return pl.col("enterprise").replace_strict(dict(days.iter_rows()), default=None, return_dtype=pl.Date)


def _with_codes(plan: Plan, left: pl.DataFrame) -> pl.DataFrame:
    """Give rows of FIXED as rows of visits; rules and subjects that left the plan have no code and no kind."""
    register = codes_of(plan)
    grids = dict(plan.grids)
    names = {line.id: line.name or line.kind.value for line in plan.rules}
    surprise = [line.id for line in plan.rules if line.model.surprise]
    coded = (
        left.join(register, on="enterprise", how="left", maintain_order="left")
        .with_columns(enterprise=pl.col("code").fill_null(-1), due=pl.col("until"))
        .with_columns(own=pl.col("grid").replace_strict(grids, default=-1, return_dtype=pl.Int32).fill_null(-1))
    )
    return coded.with_columns(here=grid_on(plan, coded, "due")).select(
        "id", "enterprise", "due", "visit", "crew", "subject",
        kind=pl.lit(""),
        name=pl.col("rule").replace(names),
        grid=pl.when(pl.col("enterprise") >= 0).then("here").otherwise("own").cast(pl.Int32),
        by=pl.lit(None, dtype=pl.String),
        hidden=pl.when(pl.col("rule").is_in(surprise)).then(pl.lit("surprise")),
    )  # fmt: skip
