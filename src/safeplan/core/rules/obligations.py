"""Writing what is owed as rows of the OBLIGATIONS table, the same for every rule kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from safeplan.core.calendar import Calendar
from safeplan.core.rules.owed import Ints, Owed, Stays
from safeplan.core.tables import OBLIGATIONS
from safeplan.plan.plan import Plan
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.period import Period


@dataclass(frozen=True, slots=True)
class Expanded:
    """What a rule kind brings: obligations (OBLIGATIONS) and what is to be said about them."""

    obligations: pl.DataFrame
    diagnostics: tuple[Diagnostic, ...] = ()


def empty() -> pl.DataFrame:
    """Give the OBLIGATIONS table without rows."""
    return pl.DataFrame(schema=OBLIGATIONS)


def from_owed(
    owed: Owed, counts: Ints, stays: Stays, *, rule: int, importance: int, grids: bool, plan: Plan, calendar: Calendar
) -> pl.DataFrame:
    """Write `counts[i]` obligations for each entry of `owed`."""
    at = np.repeat(np.arange(owed.row.size), counts)
    subject = stays.subject[owed.row[at]]
    nobody = np.full(at.size, -1)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    return _frame(
        rule=np.full(at.size, rule),
        enterprise=nobody if grids else subject,
        grid=subject if grids else nobody,
        period=owed.period,
        n=np.arange(at.size) - starts + 1,
        open_first=owed.open_first[at],
        open_last=owed.open_last[at],
        importance=importance,
        outlasts=stays.goes_on[owed.row[at]] & (owed.period.last > plan.last),
        calendar=calendar,
    )


def single(
    *, rule: int, enterprise: int, period: Period, open_first: int, open_last: int, importance: int, calendar: Calendar
) -> pl.DataFrame:
    """Write one obligation of an enterprise."""
    one = np.ones(1, np.int64)
    return _frame(
        rule=one * rule,
        enterprise=one * enterprise,
        grid=-one,
        period=period,
        n=one,
        open_first=one * open_first,
        open_last=one * open_last,
        importance=importance,
        outlasts=np.zeros(1, np.bool_),
        calendar=calendar,
    )


def rows(
    *,
    rule: int,
    enterprise: Ints,
    grid: Ints,
    period: Period,
    open_first: Ints,
    open_last: Ints,
    importance: int,
    outlasts: NDArray[np.bool_],
    calendar: Calendar,
) -> pl.DataFrame:
    """Write one obligation for each entry of the arrays; `expand` numbers those of one subject."""
    return _frame(
        rule=np.full(enterprise.size, rule),
        enterprise=enterprise,
        grid=grid,
        period=period,
        n=np.ones(enterprise.size, np.int64),
        open_first=open_first,
        open_last=open_last,
        importance=importance,
        outlasts=outlasts,
        calendar=calendar,
    )


def together(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put tables of obligations under each other."""
    return pl.concat([part for part in parts if len(part)] or [empty()])


def gathered(found: Iterable[pl.DataFrame | Diagnostic]) -> Expanded:
    """Put together what a rule kind found: tables of obligations under each other, and what is to be said."""
    frames: list[pl.DataFrame] = []
    diagnostics: list[Diagnostic] = []
    for one in found:
        if isinstance(one, Diagnostic):
            diagnostics.append(one)
        else:
            frames.append(one)
    return Expanded(together(frames), tuple(diagnostics))


def _frame(
    *,
    rule: Ints,
    enterprise: Ints,
    grid: Ints,
    period: Period,
    n: Ints,
    open_first: Ints,
    open_last: Ints,
    importance: int,
    outlasts: NDArray[np.bool_],
    calendar: Calendar,
) -> pl.DataFrame:
    start = pl.Series([calendar.first]).cast(pl.Int32)[0]
    return pl.DataFrame(
        {
            "rule": rule.astype(np.int32),
            "enterprise": enterprise.astype(np.int32),
            "grid": grid.astype(np.int32),
            "n": n.astype(np.int32),
            "open_first": (open_first + start).astype(np.int32),
            "open_last": (open_last + start).astype(np.int32),
            "outlasts": outlasts,
        }
    ).select(
        "rule",
        "enterprise",
        "grid",
        pl.lit(period.name).alias("period"),
        "n",
        pl.lit(period.first).alias("first"),
        pl.lit(period.last).alias("last"),
        pl.col("open_first").cast(pl.Date),
        pl.col("open_last").cast(pl.Date),
        pl.lit(importance, dtype=pl.Int32).alias("importance"),
        "outlasts",
    )
