"""What is overdue as CSV for programs: one row a thing, with the facts of the JSON, lists parted by ";"."""

from __future__ import annotations

import polars as pl

from safeplan.core.overdue.choice import ChosenOverdue
from safeplan.output.overdue_lines import overdue_rows
from safeplan.output.scrub import scrub

_BETWEEN = ";"  # as lists in a cell of a register are parted


def render(chosen: ChosenOverdue) -> bytes:
    r"""Write what is overdue: UTF-8, `\n`, machine names as header; unseen characters are made visible."""
    rows = overdue_rows(chosen).with_columns(pl.col(pl.List(pl.String)).list.join(_BETWEEN))
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    seen = [pl.Series(name, [None if one is None else scrub(one) for one in rows[name]], pl.String) for name in texts]
    return rows.with_columns(seen).write_csv(date_format="%Y-%m-%d").encode()
