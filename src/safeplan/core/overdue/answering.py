"""Who answers for what was not done: holders of a role, or the people to whom a visit would belong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.carriers import Carriers
from safeplan.core.owners import Owners
from safeplan.plan.plan import Plan


class Answering:
    """Answers who answers, each distinct question once. People are ids, in the order of the plan."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        self._plan = plan
        self._owners = Owners(plan)
        self._carriers = Carriers(plan, calendar)
        self._ids = [one.id for one in plan.file.officers]

    def carriers(self, frame: pl.DataFrame, day: date | None = None) -> pl.Series:
        """Give, a row each, who would make a visit: by column `by` (team, role or null) in column `grid`.

        The day is that of column `due`, or one for all.
        """
        due = pl.lit(day) if day else pl.col("due")
        # Only the holders of a role change from day to day.
        in_role = pl.col("by").is_not_null() & ~pl.col("by").is_in(list(self._plan.teams))
        asked = frame.select("by", "grid", due=pl.when(in_role).then(due).otherwise(self._plan.first))
        return _each(asked, self._carrier)

    def holders(self, frame: pl.DataFrame, day: date) -> pl.Series:
        """Give, a row each, who holds the role of column `owner` in column `grid` or the nearest grid above.

        An owner may be a person; none has nobody.
        """
        return _each(frame.select("owner", "grid"), partial(self._holder, day=day))

    def _carrier(self, by: str | None, grid: int, day: date) -> list[str]:
        plan = self._plan
        at = min(max((day - plan.first).days, 0), self._carriers.days - 1)
        mask = self._carriers.who(by, ((0, self._carriers.days - 1, grid),))[at]
        return [id_ for code, id_ in enumerate(self._ids) if mask >> code & 1]

    def _holder(self, owner: str | None, grid: int, day: date) -> list[str]:
        return [self._ids[code] for code in self._owners.of((owner,), grid, day)] if owner else []


def _each(asked: pl.DataFrame, answer: Callable[..., list[str]]) -> pl.Series:
    """Give every row the answer to its question; each distinct one is answered once."""
    places: dict[tuple[Any, ...], int] = {}
    rows = [places.setdefault(question, len(places)) for question in asked.iter_rows()]
    return pl.Series([answer(*question) for question in places], dtype=pl.List(pl.String)).gather(rows)


def grid_on(plan: Plan, frame: pl.DataFrame, day: date | str) -> pl.Series:
    """Give the grid (code, -1: none) of the enterprise in column `enterprise`, on a day or on that of a column."""
    at = pl.lit(day) if isinstance(day, date) else pl.col(day)
    asked = frame.select("enterprise", at=at).with_row_index("row")
    here = (
        asked.join(plan.grid_spans.select("enterprise", "first", "last", "grid"), on="enterprise", how="inner")
        .filter((pl.col("first") <= pl.col("at")).fill_null(True) & (pl.col("last") >= pl.col("at")).fill_null(True))
        .select("row", "grid")
        .unique("row", keep="first")
    )
    return asked.join(here, on="row", how="left", maintain_order="left")["grid"].fill_null(-1).cast(pl.Int32)
