"""Targets (指标): the figure of each on a day, what it is made of, whether it meets the goal, and how it came there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.events.work import Figure
from safeplan.core.history import History, known_on
from safeplan.core.rectification import cases
from safeplan.plan.plan import Plan
from safeplan.plan.selection import selected
from safeplan.plan.selector import EVERYTHING, Where
from safeplan.plan.settings import Target
from safeplan.terms.family import Family
from safeplan.terms.goal import Goal
from safeplan.terms.period import Unit, periods


@dataclass(frozen=True, slots=True)
class Reached:
    """What a target has reached: a share of `numerator` ÷ `denominator`, or a figure that was told without them.

    A share is a fraction (0.93). No figure: there is no ledger, nothing was told, or there is nothing to take a share
    of (then the denominator is 0).
    """

    figure: float | None = None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A target as it stands on a day.

    `goal` is None when the plan sets none yet; `met` is None without a goal or a figure. `trend` gives the figure at
    the end of each month of the period so far, and on the day; it is empty where no past figure is known.
    """

    target: Target
    reached: Reached
    goal: Goal | None
    met: bool | None
    due: date
    trend: tuple[tuple[date, float | None], ...] = ()

    @property
    def is_behind(self) -> bool:
        """Whether the goal is not met; where there is nothing to take a share of, nothing is behind."""
        return self.goal is not None and self.met is not True and self.reached.denominator != 0


def measured(plan: Plan, history: History, calendar: Calendar, as_of: date) -> tuple[Measured, ...]:
    """Measure every target of a plan on a day, in the order of the plan."""
    day = min(max(as_of, plan.first), plan.last)
    return tuple(_measured(one, plan, history, calendar, day) for one in plan.file.targets)


def _measured(target: Target, plan: Plan, history: History, calendar: Calendar, day: date) -> Measured:
    measure = _MEASURES[target.measure]
    reached = measure(target, plan, history, calendar, day)
    days = () if target.measure == "standard-level" else tuple(_month_ends(plan.first, day))
    trend = tuple((one, measure(target, plan, history, calendar, one).figure) for one in days)
    goal = target.at_least or target.at_most
    return Measured(target, reached, goal, _is_met(target, reached), target.due or plan.last, trend)


def _is_met(target: Target, reached: Reached) -> bool | None:
    """Compare with the goal: a share with the share, a number with the number that it is a share of."""
    goal = target.at_least or target.at_most
    if goal is None or reached.figure is None:
        return None
    if goal.share is not None:
        # Told figures are decimal fractions: 0.9 must meet 90 %, whatever its binary form.
        found, wanted = round(reached.figure, 9), round(float(goal.share.part), 9)
    else:
        found, wanted = counted(reached), float(goal.number or 0)
    return found >= wanted if target.at_least is not None else found <= wanted


def counted(reached: Reached) -> float:
    """Give what a goal that is a number is compared with: how many, or the figure that was told."""
    return float(reached.numerator) if reached.numerator is not None else float(reached.figure or 0)


def _month_ends(first: date, last: date) -> Iterator[date]:
    for month in periods(Unit.MONTH, 1, first, last):
        yield min(month.last, last)


def _coverage(target: Target, plan: Plan, history: History, calendar: Calendar, day: date) -> Reached:
    """Count the enterprises that were visited in the period so far, by anybody but themselves."""
    if not history.head.events:
        return Reached()
    made = history.of(VisitMade).filter(
        (pl.col("outcome") == Outcome.DONE.value)
        & (pl.col("family") != Family.SELF_CHECK.value)
        & pl.col("day").is_between(plan.first, day)
    )
    every = _enterprises(plan, target.where, day)
    return _share(int(every.is_in(made["enterprise"].drop_nulls().implode()).sum()), len(every))


def _rectification_rate(target: Target, plan: Plan, history: History, calendar: Calendar, day: date) -> Reached:
    """Count the findings that were due in the period so far, and those of them that had closed by then."""
    if not history.head.events:
        return Reached()
    due = cases(plan, known_on(history, day), calendar, day).filter(pl.col("due").is_between(plan.first, day))
    if target.where != EVERYTHING:
        due = due.filter(pl.col("enterprise").is_in(_chosen(plan, target.where, day).implode()))
    return _share(int((due["closed"] <= due["due"]).fill_null(False).sum()), len(due))


def _standard_level(target: Target, plan: Plan, history: History, calendar: Calendar, day: date) -> Reached:
    """Count the enterprises at the level or better; 1 is best."""
    every = _enterprises(plan, target.where, day)
    register = plan.enterprises
    if "standard_level" not in register.columns or target.level is None:
        return _share(0, len(every))
    reached = register.filter(pl.col("standard_level") <= target.level)["id"]
    return _share(int(every.is_in(reached.implode()).sum()), len(every))


def _reported(target: Target, plan: Plan, history: History, calendar: Calendar, day: date) -> Reached:
    """Give the figure that was told last."""
    told = history.of(Figure).filter((pl.col("target") == target.name) & pl.col("day").is_between(plan.first, day))
    return Reached(float(told.sort("day", "number")["value"][-1])) if len(told) else Reached()


def _share(part: int, whole: int) -> Reached:
    return Reached(part / whole if whole else None, part, whole)


def _chosen(plan: Plan, where: Where, day: date) -> pl.Series:
    """Give the ids that a selector chooses, with class and grid of a day."""
    return plan.enterprises["id"].filter(selected(plan, where, day))


def _enterprises(plan: Plan, where: Where, day: date) -> pl.Series:
    """Give the ids of the enterprises that a selector chooses among those that were active by a day of the period."""
    active = (
        pl.col("planned")
        & (pl.col("active_first") <= day).fill_null(True)
        & (pl.col("active_last") >= day).fill_null(True)
    )
    return plan.enterprises.filter(selected(plan, where, day) & plan.enterprises.select(active).to_series())["id"]


_MEASURES: dict[str, Callable[[Target, Plan, History, Calendar, date], Reached]] = {
    "coverage": _coverage,
    "rectification-rate": _rectification_rate,
    "standard-level": _standard_level,
    "reported": _reported,
}
