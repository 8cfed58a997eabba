"""Reclassify (动态管理): the classes that findings bring, from when and until when."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

import polars as pl

from safeplan.core.events.findings import Finding
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.history import History
from safeplan.plan.plan import Plan
from safeplan.terms.family import Family

_ONE_DAY = timedelta(days=1)


def class_changes(plan: Plan, history: History, as_of: date) -> pl.DataFrame:
    """Give the classes that findings bring (动态管理), and where they end: enterprise (code), first, class_.

    A finding changes the class from the day after it was found. After so many clean visits (done, any family but
    self-check, no finding that day) the class is again what the plan says on that day.
    """
    schema = {"enterprise": pl.Int32, "first": pl.Date, "class_": pl.Int32}
    rule = plan.file.rectification.reclassify
    named = {} if rule is None else {"general": rule.general, "major": rule.major}
    brings = {severity: plan.classes[name] for severity, name in named.items() if name and name in plan.classes}
    if rule is None or not brings:
        return pl.DataFrame(schema=schema)
    places = plan.enterprises.select(enterprise="id", place=pl.int_range(pl.len(), dtype=pl.Int32))
    found = (
        history.of(Finding)
        .filter(pl.col("severity").is_in(list(brings)) & (pl.col("day") <= as_of))
        .join(places, on="enterprise", how="inner", maintain_order="left")
        .sort("day", "number")
    )
    spans = _planned(plan, found["place"])
    clean = _clean_days(history, as_of)
    wanted = _clean_visits(rule.until)
    rows: list[tuple[int, date, int]] = []
    marks = found.group_by("place", "enterprise", maintain_order=True).agg("day", "severity")
    for code, enterprise, days, severities in marks.iter_rows():
        classes = [brings[one] for one in severities]
        changes = _classes(list(zip(days, classes, strict=True)), clean.get(enterprise, []), wanted)
        for day, class_ in changes:
            now = class_ if class_ is not None else _class_on(spans.get(code, []), day)
            rows += [(code, day, now)] if now is not None else []
    return pl.DataFrame(rows, schema=schema, orient="row")


def _classes(marks: list[tuple[date, int]], clean: list[date], wanted: int | None) -> list[tuple[date, int | None]]:
    """Give the days on which an enterprise's class changes by its findings, and to which; None: to the plan's."""
    changes: list[tuple[date, int | None]] = []
    ends: date | None = None
    for day, class_ in marks:
        if ends is not None and day > ends:
            changes.append((ends + _ONE_DAY, None))
        changes.append((day + _ONE_DAY, class_))
        after = clean[bisect_right(clean, day) :]
        ends = after[wanted - 1] if wanted is not None and len(after) >= wanted else None
    return [*changes, (ends + _ONE_DAY, None)] if ends is not None else changes


_Spans = list[tuple[date | None, date | None, int]]


def _planned(plan: Plan, codes: pl.Series) -> dict[int, _Spans]:
    """Give the classes of some enterprises as the plan says them: first day, last day, class."""
    spans: dict[int, _Spans] = {}
    held = plan.class_spans.filter(pl.col("enterprise").is_in(codes.unique().implode()))
    for enterprise, first, last, class_ in held.select("enterprise", "first", "last", "class_").iter_rows():
        spans.setdefault(enterprise, []).append((first, last, class_))
    return spans


def _class_on(spans: _Spans, day: date) -> int | None:
    return next((class_ for first, last, class_ in spans if (first or day) <= day <= (last or day)), None)


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
