"""Permits (许可证) of enterprises and certificates (执法证) of officers that have expired or are about to."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.overdue.answering import Answering, grid_on
from safeplan.core.overdue.rows import Next, Section, rows
from safeplan.core.permits import days_before
from safeplan.plan.plan import Plan

PERMIT, CERTIFICATE = "permit", "certificate"

_PAPERS: dict[str, pl.DataType] = {
    "id": pl.String(), "kind": pl.String(), "name": pl.String(), "enterprise": pl.Int32(), "grid": pl.Int32(),
    "subject": pl.String(), "due": pl.Date(), "officers": pl.List(pl.String()),
}  # fmt: skip


def papers_overdue(
    plan: Plan, calendar: Calendar, answering: Answering, as_of: date, until: date | None = None
) -> pl.DataFrame:
    """Give papers that expired before a day, those to be reminded of on it, and those that end up to a later one."""
    papers = pl.concat([_permits(plan, answering, as_of), _certificates(plan)])
    shown = {end for end in papers["due"] if _is_shown(plan, calendar, end, as_of, until)}
    return rows(
        Section.PAPERS,
        papers.filter(pl.col("due").is_in(sorted(shown))).with_columns(
            next=pl.lit(Next.RENEW.value), argument=pl.coalesce("subject", "id")
        ),
        as_of,
    )


def _is_shown(plan: Plan, calendar: Calendar, end: date, as_of: date, until: date | None) -> bool:
    """Say whether the last day of a paper is past, near enough for the plan's reminder, or not after `until`."""
    before = plan.file.permit_reminder
    reminded = before is not None and days_before(end, before, calendar) <= as_of
    return end < as_of or reminded or (until is not None and end <= until)


def _permits(plan: Plan, answering: Answering, as_of: date) -> pl.DataFrame:
    """Give the permits of open enterprises; of several of one name the one that ends last."""
    register = plan.enterprises
    if "permits" not in register.columns:
        return pl.DataFrame(schema=_PAPERS)
    day = pl.lit(as_of)
    is_open = (
        pl.col("planned") & (pl.col("active_first") <= day).fill_null(True)
        & (pl.col("active_last") >= day).fill_null(True)
    )  # fmt: skip
    held = (
        register.select("permits", subject="id", enterprise=pl.int_range(pl.len(), dtype=pl.Int32), is_open=is_open)
        .filter("is_open", pl.col("permits").list.len() > 0)
        .explode("permits", empty_as_null=True, keep_nulls=False)
        .with_columns(name=pl.col("permits").struct.field("name"), due=pl.col("permits").struct.field("expires"))
        .group_by("enterprise", "subject", "name", maintain_order=True)
        .agg(pl.col("due").max())
        .filter(pl.col("due").is_not_null())
    )
    here = held.with_columns(grid=grid_on(plan, held, as_of), by=pl.lit(None, dtype=pl.String))
    return here.select(
        "name", "enterprise", "grid", "subject", "due",
        id="name", kind=pl.lit(PERMIT), officers=answering.carriers(here, as_of),
    ).select(*_PAPERS)  # fmt: skip


def _certificates(plan: Plan) -> pl.DataFrame:
    """Give the certificates of officers that have a last day; a grid is the first that the officer serves."""
    held = [
        (one.id, CERTIFICATE, one.name, -1, plan.grids[one.grids[0]] if one.grids else -1, None, end, [one.id])
        for one in plan.file.officers
        if one.certificate and (end := one.certificate.expires)
    ]
    return pl.DataFrame(held, schema=_PAPERS, orient="row")
