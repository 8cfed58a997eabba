"""Rectification (整改): where every finding stands on a day - its order, its deadline, its reinspection.

A deadline counts from the day of the order, the day itself not counted, by calendar or working days as the plan says; a
calendar period that ends on a day off ends on the next working day (民法典 art. 201, 203). Findings whose severity has
no deadline in the plan, and whose order names no day, have none: nothing is guessed.

Events are followed by their numbers, never by time: the first reinspection that passed closes a finding, the last one
that failed before orders it anew, and what was claimed, asked or granted before that counts no more. An event numbered
before its finding, or a reinspection dated before it, is no answer to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import polars as pl

from safeplan.core.calendar import Calendar, deadline
from safeplan.core.events.findings import Answer, Extension, Finding, Rectified, Reinspection, Verdict
from safeplan.core.history import History
from safeplan.core.spelling import codes_of
from safeplan.plan.plan import EVENTS, Plan
from safeplan.plan.settings import Reinspect
from safeplan.terms.duration import Duration, TimeUnit


class State(StrEnum):
    """What the clock makes of where a finding stands."""

    ORDERED = "ordered"  # 待整改: the order stands, its deadline is ahead
    MENDING = "mending"  # 整改中: it was found mended badly, and is mended anew
    CLAIMED = "claimed"  # 待复查: the enterprise says that it is mended
    CLOSED = "closed"  # 已销号: a reinspection has passed
    EXTENDED = "extended"  # 延期: a later deadline was granted, and is ahead
    OVERDUE = "overdue"  # 逾期: the deadline is over, and nobody said that it was mended


CASES: dict[str, pl.DataType] = {
    "finding": pl.Int64(),  # number of its event
    "enterprise": pl.String(),
    "code": pl.Int32(),  # of the enterprise, -1: it has left the plan
    "severity": pl.String(),
    "standard": pl.String(),  # code of the standard list
    "text": pl.String(),
    "found": pl.Date(),
    "ordered": pl.Date(),  # the order that holds now: the finding's, or the last failed reinspection's
    "due_raw": pl.Date(),  # null: no deadline is set
    "due": pl.Date(),  # rolled; an extension's day, where one was granted
    "claimed": pl.Date(),  # null: nobody said that it is mended
    "closed": pl.Date(),  # null: open
    "failed": pl.Int32(),  # reinspections that failed
    "asked_until": pl.Date(),  # an extension that waits for an answer: the day that is asked for
    "asked": pl.Date(),  # and the day on which it was asked; null: none waits
    "reinspect_first": pl.Date(),  # the time for the reinspection; null: none is owed
    "reinspect_last": pl.Date(),
    "state": pl.String(),  # State
    "days_overdue": pl.Int32(),  # calendar days after the deadline; 0: not overdue
    "officers": pl.List(pl.String()),  # ids of those who ordered it last; who led stands first
}
"""One row a finding, by number."""

_AS_SAID = Duration(0, TimeUnit.DAYS)
"""A day that an order or an extension names only rolls off days off."""


def cases(plan: Plan, history: History, calendar: Calendar, as_of: date) -> pl.DataFrame:
    """Give where every finding stands on a day (CASES); what was told for later days is not known yet."""
    known = pl.col("day") <= as_of
    return _cases(history.of(Finding).filter(known), plan, history, calendar, as_of)


def open_cases(plan: Plan, history: History, calendar: Calendar, as_of: date) -> pl.DataFrame:
    """Give the cases that are not closed on a day (CASES): most of a ledger's are, and need not be followed."""
    known = pl.col("day") <= as_of
    found = history.of(Finding).filter(known)
    closed = _passed(_answering(history.of(Reinspection), found).filter(known))["finding"]
    return _cases(found.filter(~pl.col("number").is_in(closed.implode())), plan, history, calendar, as_of)


def _cases(found: pl.DataFrame, plan: Plan, history: History, calendar: Calendar, as_of: date) -> pl.DataFrame:
    if found.is_empty():
        return pl.DataFrame(schema=CASES)
    known = pl.col("day") <= as_of
    stood = _followed(found, history, known).join(_places(plan), on="enterprise", how="left", maintain_order="left")
    return (
        _reinspected(_with_deadlines(stood, plan, calendar), plan, calendar, as_of)
        .with_columns(pl.col("code").fill_null(-1), *_states(as_of))
        .select(pl.col(name).cast(kind) for name, kind in CASES.items())
        .sort("finding")
    )


def open_findings(plan: Plan, history: History) -> pl.DataFrame:
    """Give findings as modifiers ask for them (EVENTS): open from the day after they were found until they closed."""
    findings = history.of(Finding)
    passed = _passed(_answering(history.of(Reinspection), findings))
    closed = passed.group_by("finding", maintain_order=True).agg(until=pl.col("day").first())
    return (
        findings.join(closed, left_on="number", right_on="finding", how="left", maintain_order="left")
        .drop("code")
        .join(codes_of(plan), on="enterprise", how="inner", maintain_order="left")
        .select("severity", "day", "until", enterprise="code", kind=pl.lit(Finding.kind))
        .select(*EVENTS)
    )


def reinspections_owed(plan: Plan, history: History, calendar: Calendar, as_of: date) -> pl.DataFrame:
    """Give the reinspections that open findings owe: finding, enterprise (code), first and last day, severity.

    `late` is the day until which one whose time is over is made up for: its time, counted from `as_of`.
    """
    return (
        open_cases(plan, history, calendar, as_of)
        .filter(pl.col("reinspect_last").is_not_null() & (pl.col("code") >= 0))
        .with_columns(length=(pl.col("reinspect_last") - pl.col("reinspect_first")))
        .select(
            "finding",
            enterprise="code",
            first="reinspect_first",
            last="reinspect_last",
            severity="severity",
            late=pl.lit(as_of) + pl.col("length"),
        )
    )


def _places(plan: Plan) -> pl.DataFrame:
    """Give id, code and sector of every enterprise of the plan."""
    register = plan.enterprises
    sector = pl.col("sector").cast(pl.String) if "sector" in register.columns else pl.lit(None, dtype=pl.String)
    return codes_of(plan).with_columns(register.select(sector=sector))


def _followed(found: pl.DataFrame, history: History, known: pl.Expr) -> pl.DataFrame:
    """Follow every finding through its events: what holds of it now, before any deadline is counted."""
    looked = _answering(history.of(Reinspection), found).filter(known)
    passed = _passed(looked).group_by("finding").agg(closed_at=pl.col("number").min(), closed=pl.col("day").first())
    failed = (
        _before(looked.filter(pl.col("verdict") == Verdict.FAIL.value), passed)
        .group_by("finding")
        .agg(
            failed_at=pl.col("number").max(),
            failed=pl.len(),
            again=pl.col("day").last(),
            again_due=pl.col("due").last(),
            again_by=pl.col("officers").last(),
        )
    )
    claims = _since(_before(_answering(history.of(Rectified), found).filter(known), passed), failed)
    answers = _since(_before(_answering(history.of(Extension), found).filter(known), passed), failed)
    waits = pl.col("answer").last() == Answer.ASKED.value
    granted = pl.col("until").filter(pl.col("answer") == Answer.GRANTED.value).drop_nulls().last()
    return (
        found.rename({"number": "finding", "code": "standard", "day": "found"})
        .join(passed, on="finding", how="left")
        .join(failed, on="finding", how="left")
        .join(claims.group_by("finding").agg(claimed=pl.col("day").last()), on="finding", how="left")
        .join(
            answers.group_by("finding").agg(
                granted=granted, asked=pl.col("day").last().filter(waits).first(),
                asked_until=pl.col("until").last().filter(waits).first(),
            ),
            on="finding",
            how="left",
        )
        .with_columns(
            pl.col("failed").fill_null(0),
            ordered=pl.coalesce("again", "found"),
            named=pl.coalesce("granted", pl.when(pl.col("failed") > 0).then("again_due").otherwise("due")),
            officers=pl.when(pl.col("again_by").list.len() > 0).then("again_by").otherwise("officers"),
            asked=pl.when(pl.col("closed").is_null()).then("asked"),
            asked_until=pl.when(pl.col("closed").is_null()).then("asked_until"),
        )
    )  # fmt: skip


def _answering(events: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Keep what can answer its finding: told after it, for its day or a later one."""
    known = found.select(finding="number", found="day")
    return (
        events.join(known, on="finding", how="inner", maintain_order="left")
        .filter((pl.col("number") > pl.col("finding")) & (pl.col("day") >= pl.col("found")))
        .drop("found")
    )


def _passed(looked: pl.DataFrame) -> pl.DataFrame:
    return looked.filter(pl.col("verdict") == Verdict.PASS.value)


def _before(events: pl.DataFrame, passed: pl.DataFrame) -> pl.DataFrame:
    """Keep what was told before a finding closed; the rest has no sense any more."""
    return (
        events.sort("number")
        .join(passed.select("finding", "closed_at"), on="finding", how="left", maintain_order="left")
        .filter((pl.col("number") < pl.col("closed_at")).fill_null(True))
    )


def _since(events: pl.DataFrame, failed: pl.DataFrame) -> pl.DataFrame:
    """Keep what was told after the last reinspection that failed."""
    return events.join(failed.select("finding", "failed_at"), on="finding", how="left", maintain_order="left").filter(
        (pl.col("number") > pl.col("failed_at")).fill_null(True)
    )


def _with_deadlines(stood: pl.DataFrame, plan: Plan, calendar: Calendar) -> pl.DataFrame:
    """Add the deadline, raw and rolled: granted, named by the order, or by the plan's length for the severity."""
    lengths: Mapping[str, Duration] = plan.file.rectification.deadlines
    keys = stood.select("named", "ordered", "severity").unique()
    rows = []
    for named, ordered, severity in keys.iter_rows():
        start, length = (named, _AS_SAID) if named is not None else (ordered, lengths.get(severity))
        rows.append((named, ordered, severity, *(deadline(calendar, start, length) if length else (None, None))))
    days = pl.DataFrame(rows, schema=keys.schema | {"due_raw": pl.Date, "due": pl.Date}, orient="row")
    return stood.drop("due").join(days, on=["named", "ordered", "severity"], how="left", nulls_equal=True)


def _reinspected(stood: pl.DataFrame, plan: Plan, calendar: Calendar, as_of: date) -> pl.DataFrame:
    """Add the time for the reinspection: from the request, the deadline that is over, or the earlier of both."""
    expired = pl.when(pl.col("due") < as_of).then("due")
    starts = {"request": pl.col("claimed"), "deadline": expired, "earlier": pl.min_horizontal("claimed", expired)}
    began = stood.with_columns(**{f"from_{name}": start for name, start in starts.items()})
    keys = began.filter(pl.col("closed").is_null()).select("sector", *(f"from_{name}" for name in starts)).unique()
    rows = []
    for sector, *days in keys.iter_rows():
        rule = _rule(plan.file.rectification.reinspect, sector)
        start = dict(zip(starts, days, strict=True))[rule.from_] if rule and rule.within else None
        last = deadline(calendar, start, rule.within)[1] if start and rule and rule.within else None
        rows.append((sector, *days, start, last))
    times = pl.DataFrame(
        rows, schema=keys.schema | {"reinspect_first": pl.Date, "reinspect_last": pl.Date}, orient="row"
    )
    still = pl.col("closed").is_null()
    return began.join(times, on=keys.columns, how="left", nulls_equal=True).with_columns(
        reinspect_first=pl.when(still).then("reinspect_first"), reinspect_last=pl.when(still).then("reinspect_last")
    )


def _rule(general: Reinspect | None, sector: str | None) -> Reinspect | None:
    """Give the rule of reinspection that holds in a sector."""
    return None if general is None else general.sectors.get(sector or "", general)


def _states(as_of: date) -> tuple[pl.Expr, pl.Expr]:
    """Give what the clock makes of every finding, and its days overdue."""
    is_open = pl.col("closed").is_null() & pl.col("claimed").is_null()
    is_late = (is_open & (pl.col("due") < as_of)).fill_null(False)
    state = (
        pl.when(pl.col("closed").is_not_null()).then(pl.lit(State.CLOSED.value))
        .when(pl.col("claimed").is_not_null()).then(pl.lit(State.CLAIMED.value))
        .when(is_late).then(pl.lit(State.OVERDUE.value))
        .when(pl.col("granted").is_not_null()).then(pl.lit(State.EXTENDED.value))
        .when(pl.col("failed") > 0).then(pl.lit(State.MENDING.value))
        .otherwise(pl.lit(State.ORDERED.value))
    )  # fmt: skip
    days = pl.when(is_late).then((pl.lit(as_of) - pl.col("due")).dt.total_days()).otherwise(0)
    return state.alias("state"), days.alias("days_overdue")
