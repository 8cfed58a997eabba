"""A schedule as CSV for programs: one row a visit, with the facts and names of the JSON, straight from the columns."""

from __future__ import annotations

import polars as pl

from safeplan.core import roster
from safeplan.core.choice import Chosen
from safeplan.output.scrub import scrub
from safeplan.words.language import Words

_BETWEEN = ";"  # as lists in a cell of a register are parted
_UNSEEN = r"[\x00-\x1f\x7f-\x9f\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{feff}]"


def render(chosen: Chosen, words: Words) -> bytes:
    r"""Write the visits that are shown: UTF-8, `\n`, machine names as header, lists parted by ";".

    `obligations`, `rules` and `rule_names` list what the visit serves, by importance; `from` and `to` are the window of
    the most important. Unseen characters of names are made visible as in every other format.
    """
    schedule = chosen.schedule
    visits = roster.visits(schedule)
    served = (
        roster.served(schedule)
        .group_by("visit", maintain_order=True)
        .agg(
            obligations=pl.col("obligation").str.join(_BETWEEN),
            rules=pl.col("rule").str.join(_BETWEEN),
            rule_names=pl.col("name").str.join(_BETWEEN),
            from_=pl.col("from").first(),
            to=pl.col("to").first(),
            source=pl.col("source").first(),
        )
    )
    table = (
        visits.drop("rules")
        .with_row_index("visit")
        .with_columns(pl.col("visit").cast(pl.Int32))
        .join(served, on="visit", how="left", maintain_order="left")
        .select(
            "id", "state", "date", "crew", "order", "enterprise", "enterprise_name", "address", "grid", "grid_name",
            "family", pl.col("officers").list.join(_BETWEEN), pl.col("officer_names").list.join(_BETWEEN),
            "minutes", "surprise", "obligations", "rules", "rule_names", pl.col("from_").alias("from"), "to", "source",
        )
    )  # fmt: skip
    table = table.with_columns(pl.col(pl.String).replace("", None))  # nothing is said in one way
    names = ["enterprise_name", "address", "grid_name", "officer_names", "rule_names"]
    return table.with_columns(_seen(table[name]) for name in names).write_csv(date_format="%Y-%m-%d").encode()


def _seen(names: pl.Series) -> pl.Series:
    """Scrub the few names that need it; the rest stay columns."""
    if not names.str.contains(_UNSEEN).any():
        return names
    return pl.Series(names.name, [None if name is None else scrub(name) for name in names], dtype=pl.String)
