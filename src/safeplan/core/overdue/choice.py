"""Which part of what is overdue is shown: an officer's, a grid's, some sections; and what is hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from safeplan.core.choice import grids_below
from safeplan.core.overdue.overdue import Overdue
from safeplan.core.overdue.rows import Section


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None or nothing means everything. `officer` and `grid` are codes, a grid with all below it.

    Surprise visits (飞行检查) and visits that were never drawn are shown only `with_surprise`.
    """

    officer: int | None = None
    grid: int | None = None
    sections: tuple[Section, ...] = ()
    with_surprise: bool = False

    @property
    def is_part(self) -> bool:
        """Whether an officer, a grid or sections are chosen."""
        return self.officer is not None or self.grid is not None or bool(self.sections)


@dataclass(frozen=True, slots=True)
class ChosenOverdue:
    """An Overdue that holds only what is shown, with what was chosen and how many of its rows are hidden.

    `count` is the number of chosen rows that are overdue, hidden ones too.
    """

    overdue: Overdue
    wanted: Wanted
    count: int
    surprise: int = 0
    undrawn: int = 0


def choose_overdue(found: Overdue, wanted: Wanted) -> ChosenOverdue:
    """Keep what is asked for."""
    rows = found.rows
    if wanted.sections:
        rows = rows.filter(pl.col("section").is_in([one.value for one in wanted.sections]))
    if wanted.officer is not None:
        rows = rows.filter(pl.col("officers").list.contains(found.plan.file.officers[wanted.officer].id))
    if wanted.grid is not None:
        rows = rows.filter(pl.col("grid").is_in(grids_below(found.plan, wanted.grid)))
    count = int(rows["overdue"].sum())
    hidden = {"surprise": 0, "undrawn": 0}
    if not wanted.with_surprise:
        hidden = {why: int((rows["hidden"] == why).sum()) for why in hidden}
        rows = rows.filter(pl.col("hidden").is_null())
    return ChosenOverdue(replace(found, rows=rows), wanted, count, **hidden)
