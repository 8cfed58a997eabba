"""Classes: every enterprise owes its class's visits for as long as it has that class and is active."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.rules.importance import importance
from safeplan.core.rules.obligations import Expanded, from_owed, together
from safeplan.core.rules.owed import Ints, Owed, Stays, owed_periods, rounded
from safeplan.plan.plan import Plan
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.reason import Kind


def expand(plan: Plan, calendar: Calendar) -> Expanded:
    """Expand all classes into obligations, one unit after another."""
    parts: list[_Part] = []
    diagnostics: list[Diagnostic] = []
    for code, line in enumerate(plan.rules):
        if line.kind is not Kind.CLASS or line.model.visits is None or line.class_ is None:
            continue
        stays = _stays(plan, calendar, line.class_)
        for owed in owed_periods(line, stays.stays, plan, calendar):
            if isinstance(owed, Diagnostic):
                diagnostics.append(owed)
            else:
                parts.append(_Part(code, stays, owed, rounded(owed, line.model.partial)))
    _round_together(plan, parts)
    frames = [
        from_owed(
            part.owed,
            part.counts,
            part.stays.stays,
            rule=part.rule,
            importance=importance(plan.rules[part.rule]),
            grids=False,
            plan=plan,
            calendar=calendar,
        )
        for part in parts
    ]
    return Expanded(together(frames), tuple(diagnostics))


class _ClassStays:
    """The stays of one class, and at which of their ends another class takes over."""

    def __init__(self, stays: Stays, changed_before: Ints, changed_after: Ints) -> None:
        self.stays = stays
        self.changed_before = changed_before.astype(np.bool_)
        self.changed_after = changed_after.astype(np.bool_)


class _Part:
    def __init__(self, rule: int, stays: _ClassStays, owed: Owed, counts: Ints) -> None:
        self.rule, self.stays, self.owed, self.counts = rule, stays, owed, counts


def _stays(plan: Plan, calendar: Calendar, class_: int) -> _ClassStays:
    """Cut the spans of a class by the plan's period and each enterprise's active span."""
    rows = (
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
    first = pl.lit(calendar.first).cast(pl.Int32)
    days = rows.select(pl.col("start").cast(pl.Int32) - first, pl.col("end").cast(pl.Int32) - first)
    stays = Stays(
        rows["enterprise"].to_numpy().astype(np.int64),
        days["start"].to_numpy().astype(np.int64),
        days["end"].to_numpy().astype(np.int64),
        rows["goes_on"].to_numpy(),
        rows["seen"].to_numpy().astype(np.int64),
        rows["closed"].to_numpy().astype(np.int64),
        plan.enterprises["id"],
    )
    return _ClassStays(stays, rows["changed_before"].to_numpy(), rows["changed_after"].to_numpy())


def _round_together(plan: Plan, parts: list[_Part]) -> None:
    """Round parts that touch at a change of class together: each owes the rounded total less what earlier parts owe."""
    touching: dict[int, list[tuple[int, int, bool, Fraction, _Part, int]]] = {}
    for part in parts:
        owed, stays = part.owed, part.stays
        if owed.fixed or plan.rules[part.rule].model.partial != "proportion":
            continue
        row = owed.row
        late, early = owed.inside
        at_start = owed.cut & late & stays.changed_before[row] & (owed.open_first == stays.stays.first[row])
        at_end = owed.cut & early & stays.changed_after[row] & (owed.open_last == stays.stays.last[row])
        for i in np.flatnonzero(at_start | at_end).tolist():
            exact = Fraction(owed.times * int(owed.left[i]), owed.days)
            entry = (int(owed.open_first[i]), int(owed.open_last[i]), bool(at_start[i]), exact, part, i)
            touching.setdefault(int(stays.stays.subject[row[i]]), []).append(entry)
    for entries in touching.values():
        entries.sort(key=lambda entry: entry[:2])
        total, before, end = Fraction(0), 0, -2
        for first, last, at_start, exact, part, i in entries:
            if not (at_start and first == end + 1):
                total, before = Fraction(0), 0
            total += exact
            part.counts[i] = max(0, (2 * total.numerator + total.denominator) // (2 * total.denominator) - before)
            before += int(part.counts[i])
            end = last
