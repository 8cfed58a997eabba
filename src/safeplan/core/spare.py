"""Spare time: how many more visits people have time for in a month, by the minutes that a schedule leaves them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property

import polars as pl

from safeplan.core.calendar import calendar_of
from safeplan.core.tables import Schedule


class Spare:
    """Answers from the whole of a schedule, not from the part that is shown, and remembers the answers.

    Only time is counted: whether two of them are free together, and what else a visit asks, is not.
    """

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule.whole or schedule
        self._months: dict[tuple[int, int], dict[date, int]] = {}
        self._said: dict[tuple[tuple[int, ...], int, int], dict[date, int]] = {}

    def visits(self, officers: Sequence[int], people: int, minutes: int) -> dict[date, int]:
        """Give for each month of the plan (its first day) for how many visits these officers have time.

        Parameters
        ----------
        officers
            Codes.
        people, minutes
            What one visit takes: people, and minutes of each of them with the way.
        """
        asked = (tuple(officers), people, minutes)
        if asked not in self._said:
            total: dict[date, int] = defaultdict(int)
            for officer in officers:
                for month, visits in self._of_one(officer, minutes).items():
                    total[month] += visits
            self._said[asked] = {month: visits // max(1, people) for month, visits in sorted(total.items())}
        return self._said[asked]

    def _of_one(self, officer: int, minutes: int) -> dict[date, int]:
        if (officer, minutes) not in self._months:
            months: dict[date, int] = defaultdict(int)
            for day in self._workdays:
                free = self._minutes(officer, day) - self._used.get((officer, day), 0)
                months[day.replace(day=1)] += max(0, free) // max(1, minutes)
            self._months[officer, minutes] = dict(months)
        return self._months[officer, minutes]

    def _minutes(self, officer: int, day: date) -> int:
        one = self._schedule.plan.file.officers[officer]
        away = {leave.half for leave in one.leave if day in leave}
        halves = 0 if None in away else 2 - len(away)
        return one.minutes_per_day * halves // 2

    @cached_property
    def _workdays(self) -> list[date]:
        plan = self._schedule.plan
        calendar = calendar_of(plan)
        span = range(calendar.index(plan.first), calendar.index(plan.last) + 1)
        return [calendar.day(index) for index in span if calendar.workday[index]]

    @cached_property
    def _used(self) -> dict[tuple[int, date], int]:
        """Give the minutes that each officer is out on a day, with the way."""
        schedule = self._schedule
        travel = schedule.plan.file.travel.minutes
        out = schedule.visits.group_by("day", "crew").agg(minutes=pl.col("minutes").sum() + travel * pl.len())
        crews = schedule.crews.explode("officers", empty_as_null=True, keep_nulls=False)
        rows = crews.join(out, on=["day", "crew"]).group_by("officers", "day").agg(pl.col("minutes").sum())
        return {(officer, day): minutes for officer, day, minutes in rows.iter_rows()}
