"""What is overdue for programs: a head and one object a row, made column by column."""

from __future__ import annotations

from typing import Any

import polars as pl

from safeplan.core.overdue.choice import ChosenOverdue
from safeplan.core.overdue.spelt import spelt
from safeplan.output.schedule_lines import CONTRACT_VERSION
from safeplan.version import __version__
from safeplan.words.overdue import command_of

KEYS = (
    "section", "id", "kind", "name", "enterprise", "enterprise_name", "grid", "grid_name", "from", "due", "days",
    "overdue", "role", "officers", "officer_names", "step", "step_to", "next_step", "next_step_to", "next_day",
    "command", "figure", "wanted",
)  # fmt: skip


def overdue_head(chosen: ChosenOverdue) -> dict[str, Any]:
    """Give everything that comes before the rows."""
    found = chosen.overdue
    return {
        "safeplan": CONTRACT_VERSION,
        "plan": found.plan.file.name,
        "as_of": found.as_of.isoformat(),
        "until": found.until.isoformat() if found.until else None,
        "made_by": {"safeplan": __version__, "calendar": found.plan.official.source},
        "ledger": None if found.ledger is None else {"events": found.ledger.events, "head": found.ledger.hash},
        "since": found.since.isoformat() if found.since else None,
        "count": chosen.count,
        "hidden": {"surprise": chosen.surprise, "undrawn": chosen.undrawn},
    }


def overdue_rows(chosen: ChosenOverdue) -> pl.DataFrame:
    """Give the rows with KEYS; `command` is that for the next form, null where it is done outside of safeplan."""
    rows = spelt(chosen.overdue)
    asked = rows.select("next", "argument").unique()
    commands = asked.with_columns(
        command=pl.Series([command_of(*key) or None for key in asked.iter_rows()], dtype=pl.String)
    )
    return (
        rows.join(commands, on=["next", "argument"], how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.col(pl.String).replace("", None))
        .select(*KEYS)
    )


def objects(frame: pl.DataFrame) -> pl.Series:
    """Spell the rows of a frame as JSON objects on a line each, days as ISO dates."""
    days = [name for name, kind in frame.schema.items() if kind == pl.Date]
    spelt_days = frame.with_columns(pl.col(days).dt.to_string("%Y-%m-%d")) if days else frame
    return spelt_days.select(pl.struct(pl.all()).struct.json_encode().alias("line"))["line"]
