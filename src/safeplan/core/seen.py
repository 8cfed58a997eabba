"""Seen: the last visit of each subject from before the days that are planned, which gaps are kept from."""

from __future__ import annotations

import polars as pl

from safeplan.core.standing import Standing
from safeplan.plan.plan import Plan


class Seen:
    """Answers by rule and subject, in days from the plan's first.

    From before the plan an enterprise has one last visit, whatever it served; of those that the ledger tells each rule
    knows its own.
    """

    def __init__(self, plan: Plan, now: Standing) -> None:
        epoch = pl.Series([plan.first]).cast(pl.Int32)[0]
        self._before: list[int | None] = (plan.enterprises["last_visit"].cast(pl.Int32) - epoch).to_list()
        facts = now.closed.select("rule", "enterprise", "grid")[now.past["obligation"].to_list()]
        latest = (
            facts.with_columns(day=now.past["day"].cast(pl.Int32) - epoch)
            .group_by("rule", "enterprise", "grid")
            .agg(pl.col("day").max())
        )
        self._of_rule = {(rule, one, grid): day for rule, one, grid, day in latest.iter_rows()}

    def enterprise(self, rule: int, enterprise: int) -> int | None:
        """Give the day of an enterprise's last visit that a gap of the rule is kept from."""
        days = (self._before[enterprise], self._of_rule.get((rule, enterprise, -1)))
        return max((day for day in days if day is not None), default=None)

    def grid(self, rule: int, grid: int) -> int | None:
        """Give the day of a grid's last patrol for the rule."""
        return self._of_rule.get((rule, -1, grid))
