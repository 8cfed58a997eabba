"""A Schedule with ids and names in place of codes: the frames that views and outputs read."""

from __future__ import annotations

import polars as pl

from safeplan.core.spelling import enterprises_of, grids_of, ids_of, named
from safeplan.core.tables import Schedule

VISIT_COLUMNS = (
    "id", "state", "date", "crew", "order", "enterprise", "enterprise_name", "address", "grid", "grid_name", "family",
    "officers", "officer_names", "minutes", "surprise", "rules",
)  # fmt: skip
"""Columns of `visits(schedule)`: ids and names as text, `officers` a list (who leads first), `rules` the names of all
rules that the visit serves (of one without a name its kind), in order of importance."""

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
    return ids_of(schedule.plan, schedule.obligations)


def visits(schedule: Schedule) -> pl.DataFrame:
    """Give one row a visit, sorted by day, crew and order, with VISIT_COLUMNS."""
    plan = schedule.plan
    spelt = named(schedule.plan, schedule.obligations)
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
            name=_label(spelt).gather(schedule.serves["obligation"]),
            importance=schedule.obligations["importance"].gather(schedule.serves["obligation"]),
        )
        .sort("visit", "importance", "at", descending=[False, True, False])
        .group_by("visit", maintain_order=True)
        .agg(rules=pl.col("name"))
    )
    nobody = pl.lit([], dtype=pl.List(pl.String))
    return (
        schedule.visits.with_row_index("visit")
        .with_columns(pl.col("visit").cast(pl.Int32), id=spelt["obligation"].gather(schedule.visits["lead"]))
        .join(crews, on=["day", "crew"], how="left", maintain_order="left")
        .join(rules, on="visit", how="left", maintain_order="left")
        .join(enterprises_of(schedule.plan), on="enterprise", how="left", maintain_order="left")
        .join(grids_of(schedule.plan), on="grid", how="left", maintain_order="left")
        .with_columns(pl.col("officers").fill_null(nobody), pl.col("officer_names").fill_null(nobody))
        .select(
            "id", "state", pl.col("day").alias("date"), "crew", "order",
            pl.col("enterprise_id").alias("enterprise"), "enterprise_name", "address",
            pl.col("grid_id").alias("grid"), "grid_name", "family",
            "officers", "officer_names", "minutes", "surprise", "rules",
        )
    )  # fmt: skip


def _label(spelt: pl.DataFrame) -> pl.Series:
    """Give each obligation its rule's name, of a rule without one its kind."""
    return spelt.select(pl.when(pl.col("name") != "").then("name").otherwise("kind"))["name"]


def served(schedule: Schedule) -> pl.DataFrame:
    """Give one row for each obligation that a visit serves, by visit and importance, with SERVED_COLUMNS."""
    spelt = named(schedule.plan, schedule.obligations)
    return (
        schedule.serves.with_columns(
            *(spelt[column].gather(schedule.serves["obligation"]) for column in SERVED_COLUMNS[1:]),
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
        .join(enterprises_of(schedule.plan), on="enterprise", how="left", maintain_order="left")
        .join(grids_of(schedule.plan), on="grid", how="left", maintain_order="left")
        .with_columns(enterprise=pl.col("enterprise_id"), grid=pl.col("grid_id"))
        .select(*ACTIVITY_COLUMNS)
    )


def _open(schedule: Schedule, frame: pl.DataFrame) -> pl.DataFrame:
    spelt = named(schedule.plan, schedule.obligations)
    codes = schedule.obligations[frame["obligation"].to_list()]
    return (
        frame.rename({"obligation": "at"})
        .with_columns(
            *(spelt[column].gather(frame["obligation"]) for column in SERVED_COLUMNS[1:8]),
            codes["enterprise"],
            codes["grid"],
            codes["importance"].alias("priority"),
        )
        .join(enterprises_of(schedule.plan), on="enterprise", how="left", maintain_order="left")
        .join(grids_of(schedule.plan), on="grid", how="left", maintain_order="left")
        .sort("priority", "from", "obligation", descending=[True, False, False])
        .with_columns(enterprise=pl.col("enterprise_id"), grid=pl.col("grid_id"))
        .select(*UNPLACED_COLUMNS)
    )
