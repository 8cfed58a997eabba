"""A Schedule with ids and names in place of codes: the frames that views and outputs read."""

from __future__ import annotations

import polars as pl

from safeplan.core.tables import Schedule
from safeplan.terms.reason import Kind

VISIT_COLUMNS = (
    "id", "state", "date", "crew", "order", "enterprise", "enterprise_name", "address", "grid", "grid_name", "family",
    "officers", "officer_names", "minutes", "surprise", "rules",
)  # fmt: skip
"""Columns of `visits(schedule)`: ids and names as text, `officers` a list (who leads first), `rules` the names of all
rules that the visit serves, in order of importance."""

SERVED_COLUMNS = ("visit", "obligation", "rule", "kind", "name", "from", "to", "source", "cause")
"""Columns of `served(schedule)`: `visit` is the row in `visits(schedule)`, `source` a file and line (plan.yaml:81)."""

UNPLACED_COLUMNS = (
    "obligation", "enterprise", "enterprise_name", "grid", "grid_name", "rule", "kind", "name", "from", "to",
    "priority", "source", "code", "proof", "found", "allowed",
)  # fmt: skip

ACTIVITY_COLUMNS = (
    "id", "rule", "kind", "name", "from", "due", "owners", "owner_names", "grid", "grid_name", "enterprise",
    "enterprise_name", "venue", "source", "activity",
)  # fmt: skip
"""Columns of `activities(schedule)`: ids and names as text, `activity` a code in Plan.activities."""


def obligation_ids(schedule: Schedule) -> pl.Series:
    """Spell the id of every obligation, in the order of `schedule.obligations` (rules.md, Ids)."""
    return _named(schedule)["obligation"]


def visits(schedule: Schedule) -> pl.DataFrame:
    """Give one row a visit, sorted by day, crew and order, with VISIT_COLUMNS."""
    plan = schedule.plan
    named = _named(schedule)
    officers = pl.DataFrame(
        {
            "officer": pl.Series(range(len(plan.file.officers)), dtype=pl.Int32),
            "officer_id": pl.Series([one.id for one in plan.file.officers], dtype=pl.String),
            "officer_name": pl.Series([one.name for one in plan.file.officers], dtype=pl.String),
        }
    )
    crews = (
        schedule.crews.explode("officers", empty_as_null=True, keep_nulls=True)
        .rename({"officers": "officer"})
        .join(officers, on="officer", how="left", maintain_order="left")
        .group_by("day", "crew", maintain_order=True)
        .agg(officers=pl.col("officer_id").drop_nulls(), officer_names=pl.col("officer_name").drop_nulls())
    )
    rules = (
        schedule.serves.with_row_index("at")
        .with_columns(
            name=named["name"].gather(schedule.serves["obligation"]),
            importance=schedule.obligations["importance"].gather(schedule.serves["obligation"]),
        )
        .sort("visit", "importance", "at", descending=[False, True, False])
        .group_by("visit", maintain_order=True)
        .agg(rules=pl.col("name"))
    )
    nobody = pl.lit([], dtype=pl.List(pl.String))
    return (
        schedule.visits.with_row_index("visit")
        .with_columns(pl.col("visit").cast(pl.Int32), id=named["obligation"].gather(schedule.visits["lead"]))
        .join(crews, on=["day", "crew"], how="left", maintain_order="left")
        .join(rules, on="visit", how="left", maintain_order="left")
        .join(_enterprises(schedule), on="enterprise", how="left", maintain_order="left")
        .join(_grids(schedule), on="grid", how="left", maintain_order="left")
        .with_columns(pl.col("officers").fill_null(nobody), pl.col("officer_names").fill_null(nobody))
        .select(
            "id", "state", pl.col("day").alias("date"), "crew", "order",
            pl.col("enterprise_id").alias("enterprise"), "enterprise_name", "address",
            pl.col("grid_id").alias("grid"), "grid_name", "family",
            "officers", "officer_names", "minutes", "surprise", "rules",
        )
    )  # fmt: skip


def served(schedule: Schedule) -> pl.DataFrame:
    """Give one row for each obligation that a visit serves, by visit and importance, with SERVED_COLUMNS."""
    named = _named(schedule)
    return (
        schedule.serves.with_columns(
            *(named[column].gather(schedule.serves["obligation"]) for column in SERVED_COLUMNS[1:]),
            schedule.obligations["importance"].gather(schedule.serves["obligation"]),
        )
        .sort("visit", "importance", "obligation", descending=[False, True, False], maintain_order=True)
        .select("visit", *SERVED_COLUMNS[1:])
    )


def unplaced(schedule: Schedule) -> pl.DataFrame:
    """Give one row for each unplaced obligation, most important first, with UNPLACED_COLUMNS."""
    return _open(schedule, schedule.unplaced)


def carried_over(schedule: Schedule) -> pl.DataFrame:
    """Give the obligations that may still be done after the period, with UNPLACED_COLUMNS."""
    return _open(schedule, schedule.carried_over)


def activities(schedule: Schedule) -> pl.DataFrame:
    """Give one row for each piece of dated work, by due day, with ACTIVITY_COLUMNS."""
    officers = schedule.plan.file.officers
    ids = pl.Series([one.id for one in officers], dtype=pl.String)
    names = pl.Series([one.name for one in officers], dtype=pl.String)
    owners = schedule.activities["owners"]
    return (
        schedule.activities.with_columns(
            owners=pl.Series([ids.gather(codes).to_list() for codes in owners], dtype=pl.List(pl.String)),
            owner_names=pl.Series([names.gather(codes).to_list() for codes in owners], dtype=pl.List(pl.String)),
            source=pl.format("{}:{}", "file", "line"),
        )
        .join(_enterprises(schedule), on="enterprise", how="left", maintain_order="left")
        .join(_grids(schedule), on="grid", how="left", maintain_order="left")
        .with_columns(enterprise=pl.col("enterprise_id"), grid=pl.col("grid_id"))
        .select(*ACTIVITY_COLUMNS)
    )


def _open(schedule: Schedule, frame: pl.DataFrame) -> pl.DataFrame:
    named = _named(schedule)
    codes = schedule.obligations[frame["obligation"].to_list()]
    return (
        frame.rename({"obligation": "at"})
        .with_columns(
            *(named[column].gather(frame["obligation"]) for column in SERVED_COLUMNS[1:8]),
            codes["enterprise"],
            codes["grid"],
            codes["importance"].alias("priority"),
        )
        .join(_enterprises(schedule), on="enterprise", how="left", maintain_order="left")
        .join(_grids(schedule), on="grid", how="left", maintain_order="left")
        .sort("priority", "from", "obligation", descending=[True, False, False])
        .with_columns(enterprise=pl.col("enterprise_id"), grid=pl.col("grid_id"))
        .select(*UNPLACED_COLUMNS)
    )


def _enterprises(schedule: Schedule) -> pl.DataFrame:
    register = schedule.plan.enterprises
    address = (
        register["address"] if "address" in register.columns else pl.Series([None] * len(register), dtype=pl.String)
    )
    return register.select(
        pl.int_range(pl.len(), dtype=pl.Int32).alias("enterprise"),
        pl.col("id").alias("enterprise_id"),
        pl.col("name").alias("enterprise_name"),
        address.alias("address"),
    )


def _grids(schedule: Schedule) -> pl.DataFrame:
    grids = schedule.plan.file.grids
    return pl.DataFrame(
        {
            "grid": pl.Series(range(len(grids)), dtype=pl.Int32),
            "grid_id": pl.Series([grid.id for grid in grids], dtype=pl.String),
            "grid_name": pl.Series([grid.name for grid in grids], dtype=pl.String),
        }
    )


def _named(schedule: Schedule) -> pl.DataFrame:
    """Give, for every obligation, its id and what its rule says, in the order of the table."""
    plan = schedule.plan
    rules = pl.DataFrame(
        {
            "rule": pl.Series(range(len(plan.rules)), dtype=pl.Int32),
            "rule_id": pl.Series([line.id for line in plan.rules], dtype=pl.String),
            "kind": pl.Series([line.kind.value for line in plan.rules], dtype=pl.String),
            "name": pl.Series([line.name for line in plan.rules], dtype=pl.String),
            "source": pl.Series(
                [f"{line.place.file}:{line.place.line}" if line.place.line else line.place.file for line in plan.rules],
                dtype=pl.String,
            ),
            "cause": pl.Series([getattr(line.model, "cause", None) for line in plan.rules], dtype=pl.String),
        }
    )
    # A spot check's grid only says where the pool is: who is not drawn yet has no name.
    place = pl.when(pl.col("kind") == Kind.SPOT_CHECK.value).then(None).otherwise("grid_id")
    subject = pl.coalesce("enterprise_id", place, pl.lit("-"))
    return (
        schedule.obligations.select("rule", "enterprise", "grid", "period", "n", "first", "last")
        .join(rules, on="rule", how="left", maintain_order="left")
        .join(_enterprises(schedule).drop("address"), on="enterprise", how="left", maintain_order="left")
        .join(_grids(schedule), on="grid", how="left", maintain_order="left")
        .select(
            pl.concat_str("rule_id", subject, "period", pl.col("n").cast(pl.String), separator="/").alias("obligation"),
            pl.col("rule_id").alias("rule"),
            "kind",
            "name",
            pl.col("first").alias("from"),
            pl.col("last").alias("to"),
            "source",
            "cause",
        )
    )
