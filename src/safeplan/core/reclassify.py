"""Reclassify (动态管理): the classes that the ledger tells and that findings bring, from when and until when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest

import polars as pl

from safeplan.core.events.findings import Finding
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.events.work import Classed
from safeplan.core.history import History
from safeplan.core.spelling import codes_of
from safeplan.plan.plan import CLASS_SPANS, Plan
from safeplan.terms.family import Family

_ONE_DAY = timedelta(days=1)


def class_spans(plan: Plan, history: History, as_of: date) -> pl.DataFrame:
    """Give the dated classes (CLASS_SPANS) with those that the ledger tells, and those that findings bring (动态管理).

    A finding brings its class from the day after it was found, until so many clean visits were made (done, any family
    but self-check, no finding that day), or until the ledger tells a class: the latest date wins (rules.md, Today and
    history). Of several classes that findings bring at once, and the one that is held without them, the strictest
    holds: the most visits a year. So a finding never softens a class.
    """
    told = _told(plan, history)
    marks = {code: _ended(ones, told.get(code, {})) for code, ones in _marks(plan, history, as_of).items()}
    touched = pl.Series(sorted({*told, *marks}), dtype=pl.Int32)
    if touched.is_empty():
        return plan.class_spans
    of_touched = pl.col("enterprise").is_in(touched.implode())
    held: dict[int, dict[date, int]] = {}
    for enterprise, first, _, class_ in plan.class_spans.filter(of_touched).iter_rows():
        held.setdefault(enterprise, {})[first or date.min] = class_
    rows: list[tuple[int, date | None, date | None, int]] = []
    for enterprise in touched:
        own = held.get(enterprise, {}) | told.get(enterprise, {})
        rows += _spans(enterprise, _strictest(plan, own, marks.get(enterprise, [])))
    return pl.concat([plan.class_spans.filter(~of_touched), pl.DataFrame(rows, schema=CLASS_SPANS, orient="row")]).sort(
        "enterprise", "first", nulls_last=False, maintain_order=True
    )


def class_changed(plan: Plan, history: History) -> pl.DataFrame:
    """Give from when on the ledger says which class an enterprise has: enterprise (id), changed (its first day)."""
    found = history.of(Finding).filter(pl.col("severity").is_in(list(_brings(plan))))
    return (
        pl.concat([one.select("enterprise", "day") for one in (history.of(Classed), found)])
        .group_by("enterprise", maintain_order=True)
        .agg(changed=pl.col("day").min())
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    """A class that a finding brings."""

    class_: int
    first: date
    last: date  # date.max: no clean visits have ended it


def _brings(plan: Plan) -> dict[str, int]:
    """Give the classes (codes) that findings bring, by severity."""
    rule = plan.file.rectification.reclassify
    named = {} if rule is None else {"general": rule.general, "major": rule.major}
    return {severity: plan.classes[name] for severity, name in named.items() if name and name in plan.classes}


def _told(plan: Plan, history: History) -> dict[int, dict[date, int]]:
    """Give the classes that events say, by enterprise and first day."""
    told: dict[int, dict[date, int]] = {}
    events = history.of(Classed).join(codes_of(plan), on="enterprise", how="inner", maintain_order="left")
    for code, day, name in events.select("code", "day", "class").iter_rows():
        if name in plan.classes:
            told.setdefault(code, {})[day] = plan.classes[name]
    return told


def _marks(plan: Plan, history: History, as_of: date) -> dict[int, list[_Mark]]:
    """Give the classes that findings bring, by enterprise."""
    brings = _brings(plan)
    found = (
        history.of(Finding)
        .filter(pl.col("severity").is_in(list(brings)) & (pl.col("day") <= as_of))
        .drop("code")  # of the standard list
        .join(codes_of(plan), on="enterprise", how="inner", maintain_order="left")
    )
    if found.is_empty():
        return {}
    clean = _clean_days(history, as_of)
    rule = plan.file.rectification.reclassify
    wanted = _clean_visits(rule.until if rule else "")
    marks: dict[int, list[_Mark]] = {}
    for code, enterprise, day, severity in found.select("code", "enterprise", "day", "severity").iter_rows():
        days = clean.get(enterprise, [])
        after = days[bisect_right(days, day) :]
        last = after[wanted - 1] if wanted is not None and len(after) >= wanted else date.max
        marks.setdefault(code, []).append(_Mark(brings[severity], day + _ONE_DAY, last))
    return marks


def _ended(marks: list[_Mark], told: Iterable[date]) -> list[_Mark]:
    """End marks where a class is told on their first day or later."""
    ends = ((mark, min((day for day in told if day >= mark.first), default=None)) for mark in marks)
    return [mark if day is None else replace(mark, last=min(mark.last, day - _ONE_DAY)) for mark, day in ends]


def _strictest(plan: Plan, own: dict[date, int], marks: list[_Mark]) -> Iterator[tuple[date, int | None]]:
    """Give from which days on an enterprise holds which class; None: none.

    `own` are the classes that it holds without findings, by first day.
    """
    a_year = [float(rule.visits.a_year) if rule.visits else 0.0 for rule in plan.file.classes.values()]
    turns = {mark.first for mark in marks} | {mark.last + _ONE_DAY for mark in marks if mark.last < date.max}
    before: int | None = None
    for day in sorted({*own, *turns}):
        standing = [mark.class_ for mark in marks if mark.first <= day <= mark.last]
        begun = [first for first in own if first <= day]
        if begun:
            standing.insert(0, own[max(begun)])
        now = max(standing, key=a_year.__getitem__, default=None)
        if now != before:
            yield day, now
        before = now


def _spans(
    enterprise: int, turns: Iterable[tuple[date, int | None]]
) -> Iterator[tuple[int, date | None, date | None, int]]:
    """Give the rows of CLASS_SPANS of an enterprise; `date.min` is from ever."""
    listed = list(turns)
    ends = [day - _ONE_DAY for day, _ in listed[1:]]
    for (day, class_), last in zip_longest(listed, ends):
        if class_ is not None:
            yield enterprise, None if day == date.min else day, last, class_


def _clean_days(history: History, as_of: date) -> dict[str, list[date]]:
    """Give the days of every enterprise's clean visits, in order."""
    dirty = history.of(Finding).select("enterprise", "day").unique()
    clean = (
        history.of(VisitMade)
        .filter(
            (pl.col("outcome") == Outcome.DONE.value)
            & (pl.col("family") != Family.SELF_CHECK.value)
            & pl.col("enterprise").is_not_null()
            & (pl.col("day") <= as_of)
        )
        .join(dirty, on=["enterprise", "day"], how="anti")
        .group_by("enterprise")
        .agg(pl.col("day").sort())
    )
    return dict(clean.iter_rows())


def _clean_visits(text: str) -> int | None:
    """Read "2 clean visits"; None where nothing ends the class."""
    number = text.strip().partition(" ")[0]
    return int(number) if number.isdecimal() and int(number) > 0 else None
