"""Visits that are overdue, as planned ones are given, so that what is made late can name what it was for."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.duties import family_of
from safeplan.core.overdue.overdue import overdue
from safeplan.core.overdue.rows import Section
from safeplan.core.overdue.spelt import spelt
from safeplan.plan.plan import Plan
from safeplan.terms.family import Family
from safeplan.work.recording.desk import Before


def overdue_visits(before: Before, day: date) -> pl.DataFrame:
    """Give the visits that were overdue on a day (`planned.PLANNED`); their time is over."""
    before.progress("overdue", 0.0)
    found = overdue(before.plan, before.history, day)
    families = _families(found.plan)
    rule = pl.col("id").str.split("/").list.first()
    default = (before.plan.file.defaults.family or Family.INSPECTION).value
    return (
        spelt(found)
        .filter(pl.col("section") == Section.VISITS.value)
        .select(
            "id", "enterprise", "officers", day="due", first="from", last="due",
            grid=pl.when(pl.col("enterprise").is_null()).then("grid"),
            family=rule.replace_strict(families, default=default, return_dtype=pl.String),
            serves=pl.concat_list("id"),
        )
    )  # fmt: skip


def _families(plan: Plan) -> dict[str, str]:
    """Give the family of each rule's visits, by its id."""
    return {line.id: family_of(plan, line).value for line in plan.rules}
