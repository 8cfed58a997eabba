"""Rectification (整改): where every finding stands on a day - its deadline, its reinspection, the ladder it climbs.

A deadline counts from the day of the finding, the day itself not counted, by calendar or working days as the plan says;
a calendar period that ends on a day off ends on the next working day (民法典 art. 201, 203). Findings whose severity
has no deadline in the plan, and whose order names no day, have none: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import polars as pl

from safeplan.core.calendar import Calendar, deadline
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Answer, Extension, Finding, Rectified, Reinspection, Severity, Verdict
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.history import History
from safeplan.plan.plan import EVENTS, Plan
from safeplan.plan.settings import Reinspect
from safeplan.terms.duration import Duration, TimeUnit
from safeplan.terms.family import Family

_ONE_DAY = timedelta(days=1)


class State(StrEnum):
    """What the clock makes of where a finding stands."""

    ORDERED = "ordered"  # 待整改: the order stands, its deadline is ahead
    MENDING = "mending"  # 整改中: it was found mended badly, and is mended anew
    CLAIMED = "claimed"  # 待复查: the enterprise says that it is mended
    CLOSED = "closed"  # 已销号: a reinspection has passed
    EXTENDED = "extended"  # 延期: a later deadline was granted, and is ahead
    OVERDUE = "overdue"  # 逾期: the deadline is over, and nobody said that it was mended


CASES: dict[str, pl.DataType] = {
    "finding": pl.Int64(),  # number of its event
    "enterprise": pl.String(),
    "code": pl.Int32(),  # of the enterprise, -1: it has left the plan
    "severity": pl.String(),
    "standard": pl.String(),  # code of the standard list
    "text": pl.String(),
    "found": pl.Date(),
    "ordered": pl.Date(),  # the order that holds now: the finding's, or the last failed reinspection's
    "due_raw": pl.Date(),  # null: no deadline is set
    "due": pl.Date(),  # rolled; an extension's day, where one was granted
    "claimed": pl.Date(),  # null: nobody said that it is mended
    "closed": pl.Date(),  # null: open
    "failed": pl.Int32(),  # reinspections that failed
    "asked_until": pl.Date(),  # an extension that waits for an answer: the day that is asked for
    "asked": pl.Date(),  # and the day on which it was asked; null: none waits
    "reinspect_first": pl.Date(),  # the time for the reinspection; null: none is owed
    "reinspect_last": pl.Date(),
    "state": pl.String(),  # State
    "days_overdue": pl.Int32(),  # calendar days after the deadline; 0: not overdue
}
"""One row a finding, by number."""


@dataclass(frozen=True, slots=True)
class Case:
    """A finding while its events are followed, in the order of their numbers, never by time."""

    found: date
    severity: Severity
    due: date | None
    ordered: date
    claimed: date | None = None
    closed: date | None = None
    failed: int = 0
    granted: date | None = None
    asked: date | None = None
    asked_until: date | None = None

    def after(self, event: Event) -> Case:
        """Give the case after a further event; one that has no sense any more changes nothing."""
        if self.closed is not None:
            return self
        match event:
            case Rectified():
                return replace(self, claimed=event.day)
            case Reinspection(verdict=Verdict.PASS):
                return replace(self, closed=event.day, asked=None, asked_until=None)
            case Reinspection():
                anew = replace(self, claimed=None, ordered=event.day, due=event.due, granted=None)
                return replace(anew, failed=self.failed + 1, asked=None, asked_until=None)
            case Extension(answer=Answer.ASKED):
                return replace(self, asked=event.day, asked_until=event.until)
            case Extension(answer=Answer.GRANTED):
                return replace(self, granted=event.until, asked=None, asked_until=None)
            case Extension():
                return replace(self, asked=None, asked_until=None)
        return self


def allowed(closed: bool) -> frozenset[type[Event]]:
    """Give the kinds of event that make sense for a finding that is closed, or open."""
    return frozenset() if closed else frozenset({Rectified, Reinspection, Extension})


def cases(plan: Plan, history: History, calendar: Calendar, as_of: date) -> pl.DataFrame:
    """Give where every finding stands on a day (CASES); what was told later, or for later days, is not known yet."""
    findings = history.of(Finding).filter(pl.col("day") <= as_of)
    if findings.is_empty():
        return pl.DataFrame(schema=CASES)
    steps = _steps(history, as_of)
    rows = []
    for number, day, severity, due in findings.select("number", "day", "severity", "due").iter_rows():
        case = Case(day, Severity(severity), due, day)
        for event in steps.get(number, ()):
            case = case.after(event)
        rows.append((number, case))
    deadlines = _Deadlines(plan, calendar)
    facts = findings.select("enterprise", "code", "text").rows()
    codes = dict(
        plan.enterprises.select("id", code=pl.int_range(pl.len()))
        .filter(pl.col("id").is_in(findings["enterprise"].implode()))
        .iter_rows()
    )
    sectors = plan.enterprises["sector"] if "sector" in plan.enterprises.columns else None
    table = []
    for (number, case), (enterprise, standard, text) in zip(rows, facts, strict=True):
        code = codes.get(enterprise, -1)
        raw, due = deadlines.of(case)
        sector = sectors[code] if sectors is not None and code >= 0 else None
        first, last = deadlines.reinspection(case, due, sector, as_of)
        state, late = _state(case, due, as_of)
        table.append(
            (
                number, enterprise, code, case.severity.value, standard, text, case.found, case.ordered, raw, due,
                case.claimed, case.closed, case.failed, case.asked_until, case.asked, first, last, state.value, late,
            )
        )  # fmt: skip
    return pl.DataFrame(table, schema=CASES, orient="row")


def open_findings(plan: Plan, history: History) -> pl.DataFrame:
    """Give findings as modifiers ask for them (EVENTS): open from the day after they were found until they closed."""
    findings = history.of(Finding)
    passed = history.of(Reinspection).filter(pl.col("verdict") == Verdict.PASS.value)
    closed = passed.group_by("finding", maintain_order=True).agg(until=pl.col("day").first())
    places = plan.enterprises.select(enterprise="id", place=pl.int_range(pl.len(), dtype=pl.Int32))
    return (
        findings.join(closed, left_on="number", right_on="finding", how="left", maintain_order="left")
        .join(places, on="enterprise", how="inner", maintain_order="left")
        .select("severity", "day", "until", enterprise="place", kind=pl.lit(Finding.kind))
        .select(*EVENTS)
    )


def reinspections_owed(plan: Plan, history: History, calendar: Calendar, as_of: date) -> pl.DataFrame:
    """Give the reinspections that open findings owe: finding, enterprise (code), first and last day, severity.

    `late` is the day until which one whose time is over is made up for: its time, counted from `as_of`.
    """
    return (
        cases(plan, history, calendar, as_of)
        .filter(pl.col("closed").is_null() & pl.col("reinspect_last").is_not_null() & (pl.col("code") >= 0))
        .with_columns(length=(pl.col("reinspect_last") - pl.col("reinspect_first")))
        .select(
            "finding",
            enterprise="code",
            first="reinspect_first",
            last="reinspect_last",
            severity="severity",
            late=pl.lit(as_of) + pl.col("length"),
        )
    )


def class_changes(plan: Plan, history: History, calendar: Calendar, as_of: date) -> pl.DataFrame:
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
    found = history.of(Finding).filter(pl.col("severity").is_in(list(brings)) & (pl.col("day") <= as_of))
    codes = dict(plan.enterprises.select("id", pl.int_range(pl.len())).iter_rows()) if len(found) else {}
    days = _clean_days(history, as_of)
    wanted = _clean_visits(rule.until)
    rows: list[tuple[int, date, int]] = []
    for (enterprise,), table in found.group_by("enterprise", maintain_order=True):
        if enterprise in codes:
            code = codes[str(enterprise)]
            marks = [
                (day, brings[severity]) for day, severity in table.sort("day").select("day", "severity").iter_rows()
            ]
            rows += [
                (code, day, class_)
                for day, class_ in _classes(plan, code, marks, days.get(str(enterprise), []), wanted)
            ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _classes(
    plan: Plan, code: int, marks: list[tuple[date, int]], clean: list[date], wanted: int | None
) -> list[tuple[date, int]]:
    """Give the days on which an enterprise's class changes by its findings, and to which."""
    changes: list[tuple[date, int]] = []
    ends: date | None = None
    for day, class_ in marks:
        if ends is not None and day > ends:
            changes.append((ends + _ONE_DAY, _planned_class(plan, code, ends + _ONE_DAY)))
        changes.append((day + _ONE_DAY, class_))
        after = [one for one in clean if one > day]
        ends = after[wanted - 1] if wanted is not None and len(after) >= wanted else None
    if ends is not None:
        changes.append((ends + _ONE_DAY, _planned_class(plan, code, ends + _ONE_DAY)))
    return [one for one in changes if one[1] >= 0]


def _planned_class(plan: Plan, code: int, day: date) -> int:
    held = plan.class_spans.filter(
        (pl.col("enterprise") == code)
        & (pl.col("first") <= day).fill_null(True)
        & (pl.col("last") >= day).fill_null(True)
    )
    return int(held["class_"][0]) if len(held) else -1


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


def _steps(history: History, as_of: date) -> dict[int, list[Event]]:
    """Give each finding's further events in the order of their numbers."""
    every: list[tuple[int, int, Event]] = []
    for number, day, finding in history.of(Rectified).select("number", "day", "finding").iter_rows():
        every.append((number, finding, Rectified(day=day, finding=finding)))
    columns = ("number", "day", "finding", "verdict", "due")
    for number, day, finding, verdict, due in history.of(Reinspection).select(*columns).iter_rows():
        every.append((number, finding, Reinspection(day=day, finding=finding, verdict=Verdict(verdict), due=due)))
    columns = ("number", "day", "finding", "answer", "until")
    for number, day, finding, answer, until in history.of(Extension).select(*columns).iter_rows():
        every.append((number, finding, Extension(day=day, finding=finding, answer=Answer(answer), until=until)))
    steps: dict[int, list[Event]] = {}
    for _, finding, event in sorted(every, key=lambda one: one[0]):
        if event.day <= as_of:
            steps.setdefault(finding, []).append(event)
    return steps


def _state(case: Case, due: date | None, as_of: date) -> tuple[State, int]:
    """Give what the clock makes of a case, and its days overdue."""
    if case.closed is not None:
        return State.CLOSED, 0
    if case.claimed is not None:
        return State.CLAIMED, 0
    if due is not None and as_of > due:
        return State.OVERDUE, (as_of - due).days
    if case.granted is not None:
        return State.EXTENDED, 0
    return (State.MENDING if case.failed else State.ORDERED), 0


class _Deadlines:
    """Counts deadlines, each distinct one once."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        self._lengths: Mapping[str, Duration] = plan.file.rectification.deadlines
        self._reinspect = plan.file.rectification.reinspect
        self._calendar = calendar
        self._known: dict[tuple[date, Duration], tuple[date, date]] = {}

    def of(self, case: Case) -> tuple[date | None, date | None]:
        """Give the raw and the rolled deadline of a case: granted, ordered by day, or by the plan's length."""
        said = case.granted or case.due
        if said is not None:
            return said, self._rolled(said)
        length = self._lengths.get(case.severity.value)
        return self._count(case.ordered, length) if length is not None else (None, None)

    def reinspection(
        self, case: Case, due: date | None, sector: str | None, as_of: date
    ) -> tuple[date | None, date | None]:
        """Give the time for reinspecting a case: from the request, the deadline, or the earlier of both."""
        rule = self._rule(sector)
        if case.closed is not None or rule is None or rule.within is None:
            return None, None
        expired = due if due is not None and due < as_of else None
        starts = {"request": [case.claimed], "deadline": [expired], "earlier": [case.claimed, expired]}[rule.from_]
        known = [day for day in starts if day is not None]
        if not known:
            return None, None
        return min(known), self._count(min(known), rule.within)[1]

    def _rule(self, sector: str | None) -> Reinspect | None:
        if self._reinspect is None:
            return None
        return self._reinspect.sectors.get(sector or "", self._reinspect)

    def _rolled(self, day: date) -> date:
        return self._count(day, Duration(0, TimeUnit.DAYS))[1]

    def _count(self, start: date, length: Duration) -> tuple[date, date]:
        key = (start, length)
        if key not in self._known:
            self._known[key] = deadline(self._calendar, start, length)
        return self._known[key]
