"""How many visits a frequency owes a subject in each period, and in which days (rules.md, Periods)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
import polars as pl
from numpy.typing import NDArray

from safeplan.core.calendar import Calendar
from safeplan.plan.plan import Plan, RuleLine
from safeplan.terms.diagnostic import Diagnostic, warning
from safeplan.terms.frequency import Frequency
from safeplan.terms.period import Period, Unit, periods
from safeplan.terms.span import Span

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stays:
    """Spans in which a rule holds for subjects: row i says that `subject[i]` is under it from `first[i]` to `last[i]`.

    Days are indices of the calendar, inside the plan's period. `goes_on[i]` tells whether it still holds the day after
    the plan's period, `seen[i]` the year of the subject's last visit (0: never). `closed[i]` is a code of
    Plan.closed_sets; `ids` are the subjects' ids, by code.
    """

    subject: Ints
    first: Ints
    last: Ints
    goes_on: NDArray[np.bool_]
    seen: Ints
    closed: Ints
    ids: pl.Series


@dataclass(frozen=True, slots=True)
class Owed:
    """What one period owes: parallel arrays, one entry a subject with at least one visit owed.

    Of the period's `days` that the rule allows, `left[i]` are left; `cut[i]` says whether any is missing.
    """

    period: Period
    row: Ints  # row of the stays
    open_first: Ints
    open_last: Ints
    left: Ints
    days: int
    times: int
    cut: NDArray[np.bool_]
    inside: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    """Whether each entry begins after the period's first day, and whether it ends before its last."""
    fixed: bool
    """Owed in full or not at all, never by proportion."""

    def only(self, kept: NDArray[np.bool_]) -> Owed:
        """Give the entries that are kept."""
        return replace(
            self,
            row=self.row[kept],
            open_first=self.open_first[kept],
            open_last=self.open_last[kept],
            left=self.left[kept],
            cut=self.cut[kept],
            inside=(self.inside[0][kept], self.inside[1][kept]),
        )


def owed_periods(line: RuleLine, stays: Stays, plan: Plan, calendar: Calendar) -> Iterator[Owed | Diagnostic]:
    """Give what a rule owes in each of its periods, and a warning for each period in which it allows no day.

    Proportions are left to `rounded`, since parts that touch are rounded together.
    """
    if line.model.visits is not None:
        for period in rule_periods(line.model.visits, plan):
            yield from owed_in(period, line.model.visits, line, stays, plan, calendar)


def owed_in(
    period: Period,
    frequency: Frequency,
    line: RuleLine,
    stays: Stays,
    plan: Plan,
    calendar: Calendar,
    within: Sequence[Span] = (),
) -> Iterator[Owed | Diagnostic]:
    """Give what a rule owes in one period, or a warning that it allows no day there.

    A number in the rule's own window is owed even when that window never had a day: it is then unplaced. `within` are
    the spans of a window outside which the rule has no days; they cut a unit as the plan's period does.
    """
    allowed = calendar.allowed(line.model.days)
    inside = calendar.inside(within) if within else np.ones_like(allowed)
    own = frequency.unit is None and frequency.season is None
    whole = np.concatenate(([0], np.cumsum(allowed & inside if own else allowed)))
    before = np.concatenate(([0], np.cumsum(allowed & inside)))
    start, end = calendar.index(period.first), calendar.index(period.last)
    first, last = np.maximum(stays.first, start), np.minimum(stays.last, end)
    left = np.where(last >= first, before[np.maximum(last, first - 1) + 1] - before[first], 0)
    days = int(whole[end + 1] - whole[start])
    if days == 0 and not own:
        # A day that a daily rule leaves out is no surprise; a week or a month without any is.
        if frequency.unit is not Unit.DAY and (last >= first).any():
            yield warning("no-day-in-unit", line.place, rule=line.id, period=period.name)
        return
    rows = np.flatnonzero(left > 0) if days else np.flatnonzero(last >= first)
    if frequency.unit is Unit.DAY and rows.size:
        rows = rows[~_closed_on(plan, calendar, stays.closed[rows], start)]
    if frequency.unit is Unit.YEAR and frequency.every > 1:
        rows = rows[_due_year(stays, rows, period, plan, frequency.every)]
    if rows.size:
        yield Owed(
            period,
            rows,
            first[rows],
            last[rows],
            left[rows],
            days,
            frequency.times,
            left[rows] < days,
            (first[rows] > start, last[rows] < end),
            own or (frequency.unit is Unit.YEAR and frequency.every > 1),
        )


def rule_periods(frequency: Frequency, plan: Plan) -> Iterator[Period]:
    """Give the periods of a frequency that have a day in the plan's period, whole and named as ids name them."""
    if frequency.unit is None and frequency.season is None:
        yield Period(plan.first, plan.last, f"{plan.first}..{plan.last}")
    else:
        yield from unit_periods(frequency, plan, Span(plan.first, plan.last))


def unit_periods(frequency: Frequency, plan: Plan, within: Span) -> Iterator[Period]:
    """Give the units, or the spans of the season, of a frequency that have a day in a span (a bare number: none)."""
    if frequency.unit is not None:
        yield from periods(frequency.unit, frequency.every, within.first, within.last)
    elif frequency.season is not None:
        for span in plan.file.seasons.get(frequency.season, ()):
            if span.first <= within.last and span.last >= within.first:
                yield Period(span.first, span.last, f"{frequency.season}@{span.first}")


def rounded(owed: Owed, partial: str) -> Ints:
    """Give the visits owed by each entry, rounded half up where the period was cut; `partial` as in the plan."""
    full = np.full(owed.row.size, owed.times, np.int64)
    if owed.fixed or partial == "full":
        return full
    if partial == "none":
        return np.where(owed.cut, 0, full)
    return np.where(owed.cut, (2 * owed.times * owed.left + owed.days) // (2 * owed.days), full)


def _closed_on(plan: Plan, calendar: Calendar, closed: Ints, index: int) -> NDArray[np.bool_]:
    day = calendar.day(index)
    shut = np.array([any(day in days and days.half is None for days in one) for one in plan.closed_sets], np.bool_)
    return shut[closed]


def _due_year(stays: Stays, rows: Ints, period: Period, plan: Plan, every: int) -> NDArray[np.bool_]:
    """Tell whose block of K years ends in this plan: K years after the last visit; never visited, by order of hash."""
    years = range(plan.first.year, plan.last.year + 1)
    seen = stays.seen[rows]
    due = np.maximum(seen + every, plan.first.year)
    never = np.flatnonzero(seen == 0)
    if never.size:
        hashes = [sha256(stays.ids[int(stays.subject[rows[i]])].encode()).hexdigest() for i in never]
        rank = np.empty(never.size, np.int64)
        rank[np.argsort(np.array(hashes))] = np.arange(never.size)
        slot = rank * every // never.size
        due[never] = plan.first.year + (slot - plan.first.year) % every
    held = [year for year in years if period.first.year <= year <= period.last.year]
    return np.isin(due, held)
