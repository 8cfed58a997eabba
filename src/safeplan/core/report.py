"""The figures of a month, a quarter or a year (月报, 季报, 年报) per grid or class, from what a ledger tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from safeplan.core.amend import amended
from safeplan.core.calendar import Calendar
from safeplan.core.events.findings import Finding, Reinspection, Severity
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.history import History
from safeplan.core.rectification import cases
from safeplan.core.spelling import codes_of
from safeplan.plan.plan import Plan
from safeplan.terms.family import Family
from safeplan.terms.span import Span

OTHERS = -1
"""The group of what belongs to none: without grid or class, or no longer in the register."""

TALLY: dict[str, pl.DataType] = {
    "group": pl.Int32(),  # code of a grid or a class, OTHERS
    "enterprises": pl.Int64(),  # 总企业数: active on some day of the span
    "visited": pl.Int64(),  # 检查企业数: with a visit that was done, or done in part
    "visits": pl.Int64(),  # 出动次数: every time that somebody went, whatever the outcome; no self-checks
    "found": pl.Int64(),  # 查出隐患数
    "mended": pl.Int64(),  # 完成隐患数: of those, closed on the day of the report
    "major": pl.Int64(),
    "major_mended": pl.Int64(),
    "records": pl.Int64(),  # 现场检查记录: visits that were done, or done in part
    "orders": pl.Int64(),  # 隐患整改通知书: one for what was found at an enterprise on a day under one number
    "reinspections": pl.Int64(),  # 整改复查意见书: likewise
}
"""One row a group, by code, OTHERS last."""

COUNTS = tuple(name for name in TALLY if name != "group")
_INSIDE = (Outcome.DONE.value, Outcome.PART.value)


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of a span of days as they were known to be on a day.

    Attributes
    ----------
    tally
        TALLY, only groups in which anything is.
    months
        Visits and findings of each month of the span: month (its first day), visits, found, mended.
    major
        The major findings that are still open on the day of the report, also older ones (CASES).
    """

    span: Span
    as_of: date
    tally: pl.DataFrame
    months: pl.DataFrame
    major: pl.DataFrame


def report(
    plan: Plan, history: History, calendar: Calendar, span: Span, as_of: date, by: Mapping[int, int] | None
) -> Report:
    """Count what happened in a span of days.

    Parameters
    ----------
    as_of
        What happened after it is not known; what was found in the span counts as mended when it was closed by then.
    by
        Code of a grid → code of the grid under which it is counted; None counts by class, as classes stand on the
        span's last day or on `as_of` when that is earlier.
    """
    now = amended(plan, history, calendar, as_of)
    day = min(span.last, as_of)
    groups = _groups(now, day, by)
    ids = codes_of(now)
    of = ids.join(groups, on="code", how="left").select("enterprise", group=pl.col("group").fill_null(OTHERS))
    inside = pl.col("day").is_between(span.first, day)
    visits = _visits(plan, history.of(VisitMade).filter(inside), of, by)
    found = (
        cases(plan, history, calendar, as_of)
        .filter(pl.col("found").is_between(span.first, day))
        .join(history.of(Finding).select(finding="number", paper="paper"), on="finding", how="left")
        .join(of, on="enterprise", how="left")
        .with_columns(pl.col("group").fill_null(OTHERS), mended=pl.col("closed").is_not_null())
    )
    looked = _reinspections(history, inside, of)
    active = _active(now, span).join(groups, on="code", how="left").select(group=pl.col("group").fill_null(OTHERS))
    tally = _joined(
        active.group_by("group").agg(enterprises=pl.len()),
        visits.group_by("group").agg(
            visited=pl.col("enterprise").filter(pl.col("outcome").is_in(_INSIDE)).drop_nulls().n_unique(),
            visits=pl.len(),
            records=pl.col("outcome").is_in(_INSIDE).sum(),
        ),
        found.group_by("group").agg(
            found=pl.len(),
            mended=pl.col("mended").sum(),
            major=(pl.col("severity") == Severity.MAJOR.value).sum(),
            major_mended=((pl.col("severity") == Severity.MAJOR.value) & pl.col("mended")).sum(),
            orders=pl.struct("enterprise", "found", "paper").n_unique(),
        ),
        looked.group_by("group").agg(reinspections=pl.struct("enterprise", "day", "paper").n_unique()),
    )
    still = cases(plan, history, calendar, as_of).filter(
        (pl.col("severity") == Severity.MAJOR.value) & pl.col("closed").is_null()
    )
    return Report(span, as_of, tally, _months(visits, found), still)


def total(tally: pl.DataFrame) -> dict[str, int]:
    """Add the groups up (合计)."""
    return {name: int(tally[name].sum()) for name in COUNTS}


def share(part: int, whole: int) -> float:
    """Give a rate as the offices reckon it: 1 where there was nothing to mend."""
    return part / whole if whole else 1.0


def _groups(plan: Plan, day: date, by: Mapping[int, int] | None) -> pl.DataFrame:
    """Give the group of each enterprise (code) on a day."""
    spans, column = (plan.class_spans, "class_") if by is None else (plan.grid_spans, "grid")
    held = spans.filter((pl.col("first") <= day).fill_null(True) & (pl.col("last") >= day).fill_null(True)).unique(
        "enterprise", keep="last", maintain_order=True
    )
    group = pl.col(column) if by is None else pl.col(column).replace_strict(dict(by), default=OTHERS)
    return held.select(code="enterprise", group=group.cast(pl.Int32))


def _visits(plan: Plan, made: pl.DataFrame, of: pl.DataFrame, by: Mapping[int, int] | None) -> pl.DataFrame:
    """Give the visits with their groups; a patrol of a grid belongs to that grid, and to no class."""
    places = {} if by is None else {id_: by.get(code, OTHERS) for id_, code in plan.grids.items()}
    of_grid = pl.col("grid").replace_strict(places, default=OTHERS, return_dtype=pl.Int32)
    return (
        made.filter(pl.col("family") != Family.SELF_CHECK.value)
        .join(of, on="enterprise", how="left", maintain_order="left")
        .with_columns(group=pl.when(pl.col("enterprise").is_null()).then(of_grid).otherwise("group").fill_null(OTHERS))
    )


def _reinspections(history: History, inside: pl.Expr, of: pl.DataFrame) -> pl.DataFrame:
    whose = history.of(Finding).select(finding="number", enterprise="enterprise")
    return (
        history.of(Reinspection)
        .filter(inside)
        .join(whose, on="finding", how="left")
        .join(of, on="enterprise", how="left")
        .with_columns(pl.col("group").fill_null(OTHERS))
    )


def _active(plan: Plan, span: Span) -> pl.DataFrame:
    """Give the enterprises (code) that are open on some day of a span."""
    return plan.enterprises.select(
        "planned", "active_first", "active_last", code=pl.int_range(pl.len(), dtype=pl.Int32)
    ).filter(
        pl.col("planned")
        & (pl.col("active_first") <= span.last).fill_null(True)
        & (pl.col("active_last") >= span.first).fill_null(True)
    )


def _joined(*parts: pl.DataFrame) -> pl.DataFrame:
    """Put counts by group side by side."""
    groups = pl.concat([part.select("group") for part in parts]).unique()
    table = groups
    for part in parts:
        table = table.join(part, on="group", how="left")
    return (
        table.with_columns(pl.col(name).fill_null(0) for name in COUNTS)
        .cast(TALLY)  # type: ignore[arg-type]
        .sort(pl.col("group") == OTHERS, "group")
        .select(*TALLY)
    )


def _months(visits: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Count visits and findings by month."""
    month = pl.col("day").dt.truncate("1mo").alias("month")
    went = visits.group_by(month).agg(visits=pl.len())
    seen = found.group_by(month=pl.col("found").dt.truncate("1mo")).agg(found=pl.len(), mended=pl.col("mended").sum())
    return (
        went.join(seen, on="month", how="full", coalesce=True)
        .select("month", *(pl.col(name).fill_null(0).cast(pl.Int64) for name in ("visits", "found", "mended")))
        .sort("month")
    )
