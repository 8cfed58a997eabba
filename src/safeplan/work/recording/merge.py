"""What a file tells, laid beside what the ledger has: what is new, what is known, and what contradicts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding, Rectified, Reinspection, Verdict
from safeplan.core.events.visits import VisitMade
from safeplan.plan.fields import OfficerRef
from safeplan.reading.findings import Findings
from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.family import Family
from safeplan.work.recording.desk import Before, without_phones
from safeplan.work.recording.planned import planned_visits
from safeplan.work.recording.rows import FindingRow, Item, VisitRow


@dataclass(frozen=True, slots=True)
class Merged:
    """What is new of a file, how much of it is recorded already, and what contradicts the ledger or the file itself."""

    events: tuple[Event, ...]
    known: int
    problems: tuple[Diagnostic, ...]


def merge(before: Before, items: Sequence[Item]) -> Merged:
    """Leave out what the ledger has, and number what is new as it will stand there."""
    merger = _Merger(before, items)
    for item in items:
        if isinstance(item, VisitRow):
            merger.add_visit(replace(item, visit=without_phones(item.visit)))
        else:
            merger.add_finding(replace(item, finding=without_phones(item.finding)))
    return Merged(tuple(merger.events), merger.known, tuple(merger.problems.listed()))


@dataclass(frozen=True, slots=True)
class _Made:
    """A visit that is told already: by an event (number), or by a row of the file."""

    outcome: str
    officers: frozenset[str]
    number: int = 0
    row: int = 0


class _Merger:
    def __init__(self, before: Before, items: Sequence[Item]) -> None:
        self.events: list[Event] = []
        self.known = 0
        self.problems = Findings()
        self._head = before.history.head.events
        self._visits = _recorded_visits(before)
        self._findings = _recorded_findings(before)
        self._steps = _recorded_steps(before)
        self._closed = {finding for finding, _, verdict in self._steps if verdict == Verdict.PASS.value}
        self._told: Counter[tuple[object, ...]] = Counter()
        self._planned = _Planned(before, items, self._visits)

    def add_visit(self, item: VisitRow) -> None:
        key = _visit_key(item.visit)
        made = _Made(item.visit.outcome.value, frozenset(item.visit.officers), row=item.row.number)
        same = self._visits.get(key)
        if same is None:
            event = self._planned.named(item)
            self._visits[key] = replace(made, officers=frozenset(event.officers))
            self.events.append(event)
            return
        differs = (item.says_outcome and same.outcome != made.outcome) or (
            item.says_officers and same.officers and same.officers != made.officers
        )
        if not differs:
            self.known += 1
        elif same.number:
            self.problems.add(error("told-otherwise", item.row.place("outcome"), number=same.number))
        else:
            self.problems.add(error("told-twice", item.row.place("outcome"), row=same.row))

    def add_finding(self, item: FindingRow) -> None:
        key = _finding_key(item.finding)
        numbers = self._findings.setdefault(key, [])
        nth = self._told[key]
        self._told[key] += 1
        if item.number in numbers:
            number = item.number
            self.known += 1
        elif nth < len(numbers):
            number = numbers[nth]
            self.known += 1
        else:
            self.events.append(item.finding)
            number = self._head + len(self.events)
            numbers.append(number)
        assert number is not None
        if item.rectified is not None:
            self._step(item, number, Rectified(day=item.rectified, finding=number), "rectified")
        if item.verdict is not None and item.reinspected is not None:
            event = Reinspection(day=item.reinspected, finding=number, verdict=item.verdict, officers=item.by)
            self._step(item, number, event, "reinspected")

    def _step(self, item: FindingRow, number: int, event: Rectified | Reinspection, field: str) -> None:
        verdict = event.verdict.value if isinstance(event, Reinspection) else ""
        step = (number, event.day, verdict)
        if step in self._steps:
            self.known += 1
        elif number in self._closed:
            self.problems.add(error("closed-already", item.row.place(field), number=number))
        else:
            self._steps.add(step)
            self.events.append(event)
            if verdict == Verdict.PASS.value:
                self._closed.add(number)


class _Planned:
    """Names the planned visit that a row without one was: the nearest whose time holds the day, each at most once."""

    def __init__(self, before: Before, items: Sequence[Item], recorded: dict[tuple[object, ...], _Made]) -> None:
        visits = [one.visit for one in items if isinstance(one, VisitRow)]
        unnamed = [one for one in visits if not one.visit and _visit_key(one) not in recorded]
        self._taken = {one.visit for one in visits} | set(before.history.of(VisitMade)["visit"])
        self._rows: dict[str, list[dict[str, Any]]] = {}
        if unnamed:
            first = min(one.day for one in unnamed)
            for row in planned_visits(before, max(first, before.plan.first)).iter_rows(named=True):
                self._rows.setdefault(row["enterprise"] or row["grid"], []).append(row)

    def named(self, item: VisitRow) -> VisitMade:
        """Give the visit with the id of the planned one, and with its crew and family where the row says none."""
        visit = item.visit
        row = None if visit.visit else self._nearest(visit)
        if row is None:
            return visit
        self._taken.add(row["id"])
        officers = visit.officers if item.says_officers else tuple(OfficerRef(one) for one in row["officers"])
        family = visit.family if item.says_family else Family(row["family"])
        named = {"visit": row["id"], "serves": tuple(row["serves"]), "officers": officers, "family": family}
        return visit.model_copy(update=named)

    def _nearest(self, visit: VisitMade) -> dict[str, Any] | None:
        may = [
            row
            for row in self._rows.get(str(visit.enterprise or visit.grid), [])
            if row["id"] not in self._taken and (row["day"] == visit.day or row["first"] <= visit.day <= row["last"])
        ]
        return min(may, key=lambda row: abs(row["day"] - visit.day), default=None)


def _visit_key(visit: VisitMade) -> tuple[object, ...]:
    """Give what tells a visit from others: enterprise and day; a grid may be patrolled by several on a day."""
    if visit.enterprise is not None:
        return str(visit.enterprise), visit.day
    return f"grid {visit.grid}", visit.day, visit.visit or tuple(sorted(visit.officers))


def _recorded_visits(before: Before) -> dict[tuple[object, ...], _Made]:
    columns = ("number", "day", "enterprise", "grid", "visit", "outcome", "officers")
    found: dict[tuple[object, ...], _Made] = {}
    for number, day, enterprise, grid, visit, outcome, officers in (
        before.history.of(VisitMade).select(columns).iter_rows()
    ):
        made = _Made(outcome, frozenset(officers), number)
        if enterprise is not None:
            found[enterprise, day] = made
        else:
            for one in {visit or tuple(sorted(officers)), tuple(sorted(officers))}:
                found[f"grid {grid}", day, one] = made
    return found


def _finding_key(finding: Finding) -> tuple[object, ...]:
    return str(finding.enterprise), finding.day, finding.code, finding.text


def _recorded_findings(before: Before) -> dict[tuple[object, ...], list[int]]:
    columns = ("enterprise", "day", "code", "text", "number")
    found: dict[tuple[object, ...], list[int]] = {}
    for *key, number in before.history.of(Finding).select(columns).iter_rows():
        found.setdefault(tuple(key), []).append(number)
    return found


def _recorded_steps(before: Before) -> set[tuple[int, date, str]]:
    """Give finding, day and verdict (of a rectification none) of every step that is recorded."""
    mended = before.history.of(Rectified).select("finding", "day", pl.lit("").alias("verdict"))
    again = before.history.of(Reinspection).select("finding", "day", "verdict")
    return {*mended.iter_rows(), *again.iter_rows()}
