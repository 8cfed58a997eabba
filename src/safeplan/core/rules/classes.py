"""Classes: every enterprise owes its class's visits for as long as it has that class and is active.

What is owed is times the factor of the modifiers that hold (`modifiers`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import polars as pl
from numpy.typing import NDArray

from safeplan.core.calendar import Calendar
from safeplan.core.rules.importance import importance
from safeplan.core.rules.modifiers import holding, modified, scale
from safeplan.core.rules.obligations import Expanded, from_owed, together
from safeplan.core.rules.owed import Ints, Owed, Stays, owed_periods
from safeplan.core.rules.pools import Pools
from safeplan.plan.plan import Plan, RuleLine
from safeplan.plan.selector import EVERYTHING
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.reason import Kind
from safeplan.terms.span import Span


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand all classes into obligations, one unit after another."""
    pools = Pools(plan)
    parts: list[_Part] = []
    diagnostics: list[Diagnostic] = []
    for code, line in enumerate(plan.rules):
        if line.kind is not Kind.CLASS or line.model.visits is None or line.class_ is None:
            continue
        stays = _stays(plan, calendar, line, line.class_, today)
        for owed in owed_periods(line, stays.stays, plan, calendar):
            if isinstance(owed, Diagnostic):
                diagnostics.append(owed)
            else:
                asked = _chosen(line, owed, stays.stays, pools)
                parts.append(_part(code, line, stays, asked, calendar))
    _round_together(parts)
    frames = [
        from_owed(
            part.owed,
            part.counts,
            part.stays,
            rule=part.rule,
            importance=importance(plan.rules[part.rule]),
            grids=False,
            plan=plan,
            calendar=calendar,
        )
        for part in parts
    ]
    return Expanded(together(frames), tuple(diagnostics))


def _chosen(line: RuleLine, owed: Owed, stays: Stays, pools: Pools) -> Owed:
    """Keep of a unit those whom the class's own selector chooses in it."""
    if line.model.where == EVERYTHING:
        return owed
    pool = pools.of(line.model.where, Span(owed.period.first, owed.period.last))
    return owed.only(np.isin(stays.subject[owed.row], pool["enterprise"].to_numpy()))


@dataclass(frozen=True, slots=True)
class _ClassStays:
    """The stays of one class, cut where another factor begins; parallel arrays.

    A stay is part of a whole one, from `whole_first` to `whole_last`, all of which has the class and is active; it owes
    `factor` times the class's visits, in units of 1 ÷ `scale`. `changed_before` and `changed_after` tell at which of
    its ends another class takes over.
    """

    stays: Stays
    whole_first: Ints
    whole_last: Ints
    factor: Ints
    scale: int
    changed_before: NDArray[np.bool_]
    changed_after: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one unit owes to one class: `counts` visits, exactly `numerator` ÷ `denominator`.

    `joins_before` and `joins_after` tell where the entry is cut by a change of class or factor inside the unit;
    `allowed_before[i]` counts the days before day i that the rule allows.
    """

    rule: int
    stays: Stays
    owed: Owed
    counts: Ints
    numerator: Ints
    denominator: Ints
    joins_before: NDArray[np.bool_]
    joins_after: NDArray[np.bool_]
    allowed_before: Ints


HELD: dict[str, pl.DataType] = {
    "class_": pl.Int32(),
    "start": pl.Date(),
    "end": pl.Date(),
    "modifier": pl.Int32(),  # its number in `modifiers:`, from 0
}


def held(plan: Plan, enterprise: int, today: date) -> pl.DataFrame:
    """Give the spans in which a modifier weighs what an enterprise owes to its class (HELD), by start."""
    found = [pl.DataFrame(schema=HELD)]
    for line in plan.rules if plan.file.modifiers else ():
        if line.kind is Kind.CLASS and line.model.visits is not None and line.class_ is not None:
            stays = _whole_stays(plan, line.class_).filter(pl.col("enterprise") == enterprise)
            parts = holding(plan, stays.select("enterprise", "start", "end"), line.class_, line.model.visits, today)
            found.append(parts.select(pl.lit(line.class_, pl.Int32).alias("class_"), "start", "end", "modifier"))
    return pl.concat(found).sort("start")


def _whole_stays(plan: Plan, class_: int) -> pl.DataFrame:
    """Cut the spans of a class by the plan's period and each enterprise's active span."""
    return (
        plan.class_spans.filter(pl.col("class_") == class_)
        .join(
            plan.enterprises.select(
                pl.int_range(pl.len(), dtype=pl.Int32).alias("enterprise"),
                "planned",
                "active_first",
                "active_last",
                "last_visit",
                "closed",
            ),
            on="enterprise",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            start=pl.max_horizontal("first", "active_first", pl.lit(plan.first)),
            end=pl.min_horizontal("last", "active_last", pl.lit(plan.last)),
            after=pl.min_horizontal("last", "active_last"),
        )
        .filter(pl.col("planned") & (pl.col("start") <= pl.col("end")))
        .sort("enterprise", "start")
        .with_columns(
            changed_before=(pl.col("start") == pl.col("first")).fill_null(False),
            changed_after=(pl.col("end") == pl.col("last")).fill_null(False),
            goes_on=(pl.col("after") > plan.last).fill_null(True),
            seen=pl.col("last_visit").dt.year().fill_null(0),
        )
    )


def _stays(plan: Plan, calendar: Calendar, line: RuleLine, class_: int, today: date) -> _ClassStays:
    """Cut the spans of a class by the plan's period, each enterprise's active span, and where another factor begins."""
    rows, one = _with_factors(plan, _whole_stays(plan, class_), line, today)
    first = pl.lit(calendar.first).cast(pl.Int32)
    days = rows.select(
        (pl.col(name).cast(pl.Int32) - first).cast(pl.Int64) for name in ("start", "end", "whole_start", "whole_end")
    )
    stays = Stays(
        rows["enterprise"].to_numpy().astype(np.int64),
        days["start"].to_numpy(),
        days["end"].to_numpy(),
        rows["goes_on"].to_numpy(),
        rows["seen"].to_numpy().astype(np.int64),
        rows["closed"].to_numpy().astype(np.int64),
        plan.enterprises["id"],
    )
    return _ClassStays(
        stays,
        days["whole_start"].to_numpy(),
        days["whole_end"].to_numpy(),
        rows["factor"].to_numpy(),
        one,
        rows["changed_before"].to_numpy().astype(np.bool_),
        rows["changed_after"].to_numpy().astype(np.bool_),
    )


def _with_factors(plan: Plan, rows: pl.DataFrame, line: RuleLine, today: date) -> tuple[pl.DataFrame, int]:
    """Cut stays where another factor begins; give the scale of the factors too."""
    whole = rows.with_columns(whole_start="start", whole_end="end")
    if not plan.file.modifiers or line.class_ is None or line.model.visits is None:
        return whole.with_columns(factor=pl.lit(1, pl.Int64)), 1
    parts = modified(plan, rows.select("enterprise", "start", "end"), line.class_, line.model.visits, today)
    cut = whole.drop("start", "end")[parts["stay"]].hstack(parts.select("start", "end", "factor"))
    first, last = pl.col("start") == pl.col("whole_start"), pl.col("end") == pl.col("whole_end")
    return cut.with_columns(
        pl.col("changed_before") & first, pl.col("changed_after") & last, pl.col("goes_on") & last
    ), scale(plan)


def _part(code: int, line: RuleLine, cut: _ClassStays, owed: Owed, calendar: Calendar) -> _Part:
    """Say exactly what each entry owes, and where it touches another of the same unit.

    A change of class cuts a unit as an end of the active span does; a modifier does not, it weighs the days of what the
    unit owes. So `partial` and a number that is never cut say what the whole stay owes, and its parts share that.
    """
    row, partial = owed.row, line.model.partial
    before = np.concatenate(([0], np.cumsum(calendar.allowed(line.model.days)))).astype(np.int64)
    start, end = calendar.index(owed.period.first), calendar.index(owed.period.last)
    whole = before[np.minimum(cut.whole_last[row], end) + 1] - before[np.maximum(cut.whole_first[row], start)]
    in_full = owed.fixed or partial == "full"
    # A number in a window without any day is owed all the same, and unplaced.
    of = np.where(owed.left == 0, 1, whole if in_full else owed.days)
    left = np.where(owed.left == 0, 1, owed.left)
    numerator = owed.times * cut.factor[row] * left
    if partial == "none" and not owed.fixed:
        numerator = np.where(whole < owed.days, 0, numerator)
    denominator = of * cut.scale
    late, early = owed.inside
    starts, ends = late & (owed.open_first == cut.stays.first[row]), early & (owed.open_last == cut.stays.last[row])
    # A stay that loses only days off is whole: what it owes is rounded by itself, whatever its modifiers.
    by_class = (whole < owed.days) & (not owed.fixed and partial == "proportion")
    inner_start, inner_end = cut.stays.first[row] > cut.whole_first[row], cut.stays.last[row] < cut.whole_last[row]
    return _Part(
        code,
        cut.stays,
        owed,
        (2 * numerator + denominator) // (2 * denominator),
        numerator,
        denominator,
        starts & (inner_start | (by_class & cut.changed_before[row])),
        ends & (inner_end | (by_class & cut.changed_after[row])),
        before,
    )


def _round_together(parts: list[_Part]) -> None:
    """Round parts that touch together: each owes the rounded total less what earlier parts owe."""
    touching: dict[int, list[tuple[int, int, int, _Part]]] = {}
    for part in parts:
        for i in np.flatnonzero(part.joins_before | part.joins_after).tolist():
            entry = (int(part.owed.open_first[i]), int(part.owed.open_last[i]), i, part)
            touching.setdefault(int(part.stays.subject[part.owed.row[i]]), []).append(entry)
    for entries in touching.values():
        entries.sort(key=lambda entry: entry[:2])
        total, given = Fraction(0), 0
        previous: tuple[int, int, int, _Part] | None = None
        for entry in entries:
            if previous is None or not _touch(previous, entry):
                total, given = Fraction(0), 0
            i, part = entry[2:]
            total += Fraction(int(part.numerator[i]), int(part.denominator[i]))
            part.counts[i] = max(0, (2 * total.numerator + total.denominator) // (2 * total.denominator) - given)
            given += int(part.counts[i])
            previous = entry


def _touch(one: tuple[int, int, int, _Part], other: tuple[int, int, int, _Part]) -> bool:
    """Whether a change parts two entries and no day that either rule allows lies between them."""
    (_, end, i, before), (start, _, j, after) = one, other
    idle = all(part.allowed_before[start] == part.allowed_before[end + 1] for part in (before, after))
    return bool(before.joins_after[i] and after.joins_before[j] and idle)
