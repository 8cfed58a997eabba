"""Spelling: obligations by their text ids, enterprises and grids by id and name (rules.md, Ids)."""

from __future__ import annotations

import polars as pl

from safeplan.plan.plan import Plan
from safeplan.terms.reason import Kind


def named(plan: Plan, obligations: pl.DataFrame) -> pl.DataFrame:
    """Give, for every obligation, its id and what its rule says (NAMED), in the order of the table."""
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
        obligations.select("rule", "enterprise", "grid", "period", "n", "first", "last")
        .join(rules, on="rule", how="left", maintain_order="left")
        .join(enterprises_of(plan).drop("address"), on="enterprise", how="left", maintain_order="left")
        .join(grids_of(plan), on="grid", how="left", maintain_order="left")
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


def enterprises_of(plan: Plan) -> pl.DataFrame:
    """Give every enterprise by its code, with id, name and address."""
    register = plan.enterprises
    address = (
        register["address"] if "address" in register.columns else pl.Series([None] * len(register), dtype=pl.String)
    )
    return register.select(
        pl.int_range(pl.len(), dtype=pl.Int32).alias("enterprise"),
        pl.col("id").alias("enterprise_id"),
        pl.col("name").alias("enterprise_name"),
        address.alias("address"),
    )


def codes_of(plan: Plan) -> pl.DataFrame:
    """Give the code of every enterprise by its id: `enterprise`, `code`; what the ledger tells speaks of ids."""
    return plan.enterprises.select(enterprise="id", code=pl.int_range(pl.len(), dtype=pl.Int32))


def grids_of(plan: Plan) -> pl.DataFrame:
    """Give every grid by its code, with id and name."""
    grids = plan.file.grids
    return pl.DataFrame(
        {
            "grid": pl.Series(range(len(grids)), dtype=pl.Int32),
            "grid_id": pl.Series([grid.id for grid in grids], dtype=pl.String),
            "grid_name": pl.Series([grid.name for grid in grids], dtype=pl.String),
        }
    )
