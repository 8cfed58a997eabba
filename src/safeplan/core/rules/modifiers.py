"""Modifiers (加密频次): times the class's visits while a flag holds (rules.md, Periods).

A flag is a selector over the register and over what is open: findings, and other events of an enterprise. Stays of a
class are cut where another factor begins; what each part then owes is the business of `classes`.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from itertools import islice
from math import lcm

import polars as pl

from safeplan.core.rules.owed import unit_periods
from safeplan.plan.plan import Plan
from safeplan.plan.rules.modifiers import Modifier
from safeplan.plan.selection import HISTORY, Names, column_of, expression, grids_below
from safeplan.plan.selector import columns_of
from safeplan.terms.frequency import Frequency
from safeplan.terms.span import Span

_DENOMINATOR = 10_000
"""Factors are fractions with at most this denominator; a plan writes 2, 1.5 or 0.5."""

_FINDING = "finding"
_MAJOR = "major"
_ONE_DAY = timedelta(days=1)


def scale(plan: Plan) -> int:
    """Give the number that every factor is a whole multiple of 1 ÷ of."""
    return reduce(lcm, (factor_of(one).denominator for one in plan.file.modifiers), 1)


def modified(plan: Plan, stays: pl.DataFrame, class_: int, frequency: Frequency, today: date) -> pl.DataFrame:
    """Cut stays of a class where another factor begins, and give the factor of each part.

    Parameters
    ----------
    stays
        Columns `enterprise`, `start` and `end` (days in the plan's period), sorted by enterprise and start.
    class_
        Code of the class that they are stays of.
    frequency
        Its visits: an open flag is planned to the end of the unit of today and of the next.

    Returns
    -------
    Columns `stay` (row of `stays`), `start`, `end` and `factor` (times `scale`), in the same order; neighbouring parts
    of a stay have different factors.
    """
    parts = _weighed(plan, stays, class_, frequency, today)
    return _joined(parts, stays, "factor").select("stay", "start", "end", "factor")


def holding(plan: Plan, stays: pl.DataFrame, class_: int, frequency: Frequency, today: date) -> pl.DataFrame:
    """Cut stays of a class, given as to `modified`, where another modifier begins, and give those where one holds.

    Returns
    -------
    Columns `start`, `end` and `modifier` (its number in `modifiers:`, from 0): of several the one that counts.
    """
    parts = _joined(_weighed(plan, stays, class_, frequency, today), stays, "modifier")
    return parts.filter(pl.col("modifier") >= 0).select("start", "end", "modifier")


def _weighed(plan: Plan, stays: pl.DataFrame, class_: int, frequency: Frequency, today: date) -> pl.DataFrame:
    """Cut stays wherever a factor may change: `stay`, `start`, `factor`, and `modifier` that it is of, -1: of none."""
    rows = stays.with_row_index("stay").with_columns(pl.col("stay").cast(pl.Int64))
    wheres = [one.where for one in plan.file.modifiers]
    named = {name for where in wheres for name, _ in columns_of(where)}
    flags = _flags(plan, frequency, today)
    begins = _begins(plan, rows, named, flags)
    frame = _frame(plan, begins, class_, named, flags)
    names = Names(plan.classes, grids_below(plan.grids, plan.grid_parent))
    one = scale(plan)
    factors = [
        pl.when(expression(modifier.where, frame.schema, names)).then(int(factor_of(modifier) * one))
        for modifier in plan.file.modifiers
    ]
    largest = pl.max_horizontal(factors)
    first = pl.coalesce([pl.when(factor == largest).then(code) for code, factor in enumerate(factors)])
    return frame.select(
        "stay",
        "start",
        factor=largest.fill_null(one).cast(pl.Int64),
        modifier=first.fill_null(-1).cast(pl.Int32),
    )


def _joined(parts: pl.DataFrame, stays: pl.DataFrame, what: str) -> pl.DataFrame:
    """Join neighbouring parts of a stay that are alike in a column, and say where each ends."""
    same = (pl.col("stay") == pl.col("stay").shift(1)) & (pl.col(what) == pl.col(what).shift(1))
    parts = parts.filter(~same.fill_null(False))
    end = pl.col("start").shift(-1).dt.offset_by("-1d")
    inside = pl.col("stay") == pl.col("stay").shift(-1)
    ends = pl.lit(stays["end"]).gather(pl.col("stay"))
    return parts.with_columns(end=pl.when(inside).then(end).otherwise(ends))


def planned_until(plan: Plan, frequency: Frequency, day: date) -> date:
    """Give the last day of the unit that holds a day, or follows it, and of the next; without units, the plan's."""
    far = date(max(day, plan.last).year + 2, 12, 31)
    units = sorted(islice(unit_periods(frequency, plan, Span(day, far)), None if frequency.season else 2))[:2]
    return units[-1].last if units else plan.last


def factor_of(modifier: Modifier) -> Fraction:
    """Give a modifier's factor as a fraction."""
    return Fraction(str(modifier.times)).limit_denominator(_DENOMINATOR)


def _flags(plan: Plan, frequency: Frequency, today: date) -> pl.DataFrame:
    """Give the events of enterprises with the days on which they hold: from the day after to the day they ended."""
    flags = plan.events.with_columns(first=pl.col("day") + _ONE_DAY)
    open_ = flags.filter(pl.col("until").is_null())["first"].unique().to_list()
    ends = {day: planned_until(plan, frequency, max(day, today)) for day in open_}
    until = pl.col("first").replace_strict(list(ends), list(ends.values()), default=None, return_dtype=pl.Date())
    return flags.with_columns(last=pl.coalesce(pl.col("until"), until))


def _begins(plan: Plan, rows: pl.DataFrame, named: set[str], flags: pl.DataFrame) -> pl.DataFrame:
    """Give the days on which a stay begins, or something that a selector asks for may change."""
    cuts = [pl.DataFrame(schema={"enterprise": pl.Int32(), "start": pl.Date()})]
    if named & HISTORY:
        cuts.append(flags.select("enterprise", start="first"))
        cuts.append(flags.select("enterprise", start=pl.col("last") + _ONE_DAY))
    if "grid" in named:
        cuts.append(plan.grid_spans.filter(pl.col("first").is_not_null()).select("enterprise", start="first"))
    inside = (
        rows.select("stay", "enterprise", "end", begin="start")
        .join(pl.concat(cuts).unique(), on="enterprise", how="inner")
        .filter((pl.col("start") > pl.col("begin")) & (pl.col("start") <= pl.col("end")))
        .select("stay", "enterprise", "start")
    )
    begins = rows.select("stay", "enterprise", "start")
    return begins if inside.is_empty() else pl.concat([begins, inside]).unique().sort("stay", "start")


def _frame(plan: Plan, begins: pl.DataFrame, class_: int, named: set[str], flags: pl.DataFrame) -> pl.DataFrame:
    """Give what selectors ask about each part: the register's columns, class and grid, and what is open on its day."""
    held = plan.enterprises.schema
    of_history = {name for name in named & HISTORY if name not in held}
    asked = {column_of(name, held) for name in named - {"class", "grid"} - of_history}
    register = plan.enterprises.select(
        pl.int_range(pl.len(), dtype=pl.Int32).alias("enterprise"), *sorted(name for name in asked if name)
    )
    frame = begins.join(register, on="enterprise", how="left", maintain_order="left")
    if "class" in named:
        frame = frame.with_columns(pl.lit(class_, pl.Int32).alias("class"))
    if "grid" in named:
        grids = _on(frame, plan.grid_spans).group_by("at").agg(pl.col("grid").first())
        frame = _with(frame, grids)
    if of_history:
        counts = (
            _on(frame, flags)
            .group_by("at")
            .agg(
                open_findings=(pl.col("kind") == _FINDING).sum(),
                major_findings=((pl.col("kind") == _FINDING) & (pl.col("severity") == _MAJOR)).sum(),
                events=pl.col("kind").sort(),
            )
        )
        frame = _with(frame, counts.select("at", *sorted(of_history)))
        figures = [name for name in of_history if name != "events"]
        frame = frame.with_columns(pl.col(figures).fill_null(0))
    return frame


def _on(frame: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Give the spans of an enterprise that hold on the day on which a part of it begins, with the part's row `at`."""
    return (
        frame.select("enterprise", "start", at=pl.int_range(pl.len(), dtype=pl.Int64))
        .join(spans, on="enterprise", how="inner")
        .filter(
            (pl.col("first") <= pl.col("start")).fill_null(True) & (pl.col("last") >= pl.col("start")).fill_null(True)
        )
    )


def _with(frame: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    at = frame.with_columns(at=pl.int_range(pl.len(), dtype=pl.Int64))
    return at.join(found, on="at", how="left", maintain_order="left").drop("at")
