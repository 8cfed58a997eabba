"""What is overdue with ids and names in place of codes: the frame that views and outputs read."""

from __future__ import annotations

import polars as pl

from safeplan.core.overdue.overdue import Overdue
from safeplan.core.spelling import enterprises_of, grids_of

SPELT = (
    "section", "id", "kind", "name", "subject", "enterprise", "enterprise_name", "grid", "grid_name", "from", "due",
    "days", "overdue", "role", "officers", "officer_names", "step", "step_to", "next_step", "next_step_to", "next_day",
    "next", "argument", "figure", "wanted",
)  # fmt: skip
"""Columns of `spelt(overdue)`: ids and names as text; `enterprise` also of one that has left the plan."""


def spelt(found: Overdue) -> pl.DataFrame:
    """Give one row a thing that was not done, in the order of `found.rows`, with SPELT."""
    file = found.plan.file
    steps = pl.DataFrame(
        [(at, one.step, one.to) for at, one in enumerate(file.rectification.overdue)],
        schema={"step": pl.Int32, "said": pl.String, "to": pl.String}, orient="row",
    )  # fmt: skip
    names = {one.id: one.name for one in file.officers}
    grid_ids = [one.id for one in file.grids]
    of_grid = pl.col("subject").is_in(grid_ids) & (pl.col("enterprise") < 0)
    return (
        found.rows.join(enterprises_of(found.plan).drop("address"), on="enterprise", how="left", maintain_order="left")
        .join(grids_of(found.plan), on="grid", how="left", maintain_order="left")
        .join(steps.rename({"said": "step_said", "to": "step_to"}), on="step", how="left", maintain_order="left")
        .join(
            steps.rename({"step": "next_step", "said": "next_said", "to": "next_step_to"}),
            on="next_step", how="left", maintain_order="left",
        )
        .with_columns(
            enterprise=pl.when(~of_grid).then(pl.coalesce("enterprise_id", "subject")),
            enterprise_name=pl.when(~of_grid).then(pl.coalesce("enterprise_name", "subject")),
            grid=pl.col("grid_id"), step="step_said", next_step="next_said",
            officer_names=pl.col("officers").list.eval(pl.element().replace(names)),
        )
        .select(*SPELT)
    )  # fmt: skip
