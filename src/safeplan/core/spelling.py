"""Spelling: obligations by their text ids, enterprises and grids by id and name (rules.md, Ids)."""

from __future__ import annotations

import polars as pl

from safeplan.plan.plan import Plan
from safeplan.terms.reason import Kind


def ids_of(plan: Plan, obligations: pl.DataFrame) -> pl.Series:
    """Give the id of every obligation, in the order of the table."""
    rules = pl.Series([line.id for line in plan.rules], dtype=pl.String)
    drawn = [code for code, line in enumerate(plan.rules) if line.kind is Kind.SPOT_CHECK]
    # A spot check's grid only says where the pool is: who is not drawn yet has no name.
    place = pl.when(~pl.col("rule").is_in(drawn)).then(
        _at("grid", pl.Series([one.id for one in plan.file.grids], dtype=pl.String))
    )
    subject = pl.coalesce(_at("enterprise", plan.enterprises["id"]), place, pl.lit("-"))
    return obligations.select(
        pl.concat_str(_at("rule", rules), subject, "period", pl.col("n").cast(pl.String), separator="/")
    ).to_series()


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
    return (
        obligations.select("rule", "first", "last", obligation=ids_of(plan, obligations))
        .join(rules, on="rule", how="left", maintain_order="left")
        .select(
            "obligation",
            pl.col("rule_id").alias("rule"),
            "kind",
            "name",
            pl.col("first").alias("from"),
            pl.col("last").alias("to"),
            "source",
            "cause",
        )
    )


def _at(column: str, texts: pl.Series) -> pl.Expr:
    """Give the text of each code; of -1 none."""
    return pl.lit(texts).gather(pl.when(pl.col(column) >= 0).then(column))


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
