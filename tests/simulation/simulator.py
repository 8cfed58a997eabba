"""A year of an office: it takes the week's sheet, does most of it, leaves some undone, and writes down which.

Everything is drawn from one seed. What happens is told to the ledger as events on the day it happens; what was left
undone is kept in the simulator's own `Book`.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
from tests.made.ledgers import told
from tests.simulation.book import Book, Case, Task, due_of
from tests.simulation.days import MONDAYS, ONE_DAY, YEAR, between, is_worked, rolled
from tests.simulation.town import FAST, SECTOR_OF

from safeplan.core import roster
from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Requested
from safeplan.core.events.findings import Extension, Finding, Rectified, Reinspection
from safeplan.core.events.rosters import Undone
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import ActivityDone, Classed, Waived
from safeplan.core.history import History
from safeplan.core.overdue.overdue import Overdue, overdue
from safeplan.core.schedule import schedule
from safeplan.core.tables import Schedule
from safeplan.plan.plan import Plan

MISSED, CLOSED, REFUSED = 0.05, 0.04, 0.02
"""Of the visits of a week: simply not made, met a closed door, were refused."""
_MISSED_REINSPECTION, _FINDING, _MAJOR, _MADE_UP, _WAIVED = 0.25, 0.15, 0.2, 0.15, 0.06
_COMPLAINTS = 0.3
"""A week."""

NEW_CLASSES = {date(YEAR, 4, 1): ("E12", "A"), date(YEAR, 7, 1): ("E34", "B"), date(YEAR, 10, 1): ("E05", "C")}
"""Told on the first day of a quarter, so that no class visit is cut."""
CEASED = {date(YEAR, 5, 18): "E20", date(YEAR, 8, 24): "E41"}
"""Enterprises that are found to be no more at the first visit planned from that day on."""


@dataclass(frozen=True)
class Visit:
    """A line of the week's sheet."""

    id: str
    day: date
    enterprise: str | None
    grid: str | None
    officers: tuple[str, ...]
    family: str
    serves: tuple[str, ...]


@dataclass(frozen=True)
class Morning:
    """What was printed on a day's morning, and what the simulator knew to be undone then."""

    day: date
    made: Schedule
    found: Overdue
    visits: tuple[Visit, ...]
    undone: set[tuple[str, str, date]]


class Office:
    """An office over a year; `opening` is what its ledger says before the first day.

    Where `reclassifies` a major finding changes the class of the enterprise until two clean visits after it.
    """

    def __init__(self, plan: Plan, seed: int, *opening: Event, reclassifies: bool = False) -> None:
        self.plan = plan
        self.book = Book()
        self.events: list[Event] = list(opening)
        self._draw = random.Random(seed)
        self._agenda: dict[date, list[Callable[[date], None]]] = defaultdict(list)
        self._to_cease = dict(CEASED)
        self._reclassifies, self._worked_from = reclassifies, date(YEAR, 1, 1)
        self._clean: dict[str, int] = {}

    @property
    def history(self) -> History | None:
        """What the ledger tells."""
        return told(*self.events) if self.events else None

    def mornings(self) -> Iterator[Morning]:
        """Live the year: print on its first day and on each Monday, then work until the next print."""
        starts = (date(YEAR, 1, 1), *MONDAYS)
        ends = (*(day - ONE_DAY for day in MONDAYS), date(YEAR, 12, 31))
        for first, last in zip(starts, ends, strict=True):
            history = self.history
            made = schedule(self.plan, history, first)
            found = overdue(self.plan, history, first)
            visits = visits_of(made)
            self._read(made)
            self._worked_from = first
            yield Morning(first, made, found, visits, self.book.undone(first))
            self._work(first, last, visits)

    # -- a week

    def _read(self, made: Schedule) -> None:
        """Note what is printed: what is planned, has no day, or is left for after the period; and the dated work."""
        sheet = roster.served(made).join(
            roster.visits(made).with_row_index("visit").with_columns(pl.col("visit").cast(pl.Int32)), on="visit"
        )
        rows = sheet.filter(pl.col("state") != "done").select("obligation", "enterprise", "grid", "from", "to").rows()
        for table in (roster.unplaced(made), roster.carried_over(made)):
            rows += table.select("obligation", "enterprise", "grid", "from", "to").rows()
        for id_, enterprise, grid, first, last in rows:
            self.book.hand_out(id_, enterprise or grid, first, last)
        self.book.without(self._worked_from, {id_ for id_, *_ in rows})
        for id_, first, due in roster.activities(made).select("id", "from", "due").iter_rows():
            if due <= self.plan.last and id_ not in self.book.activities:
                self.book.activities[id_] = Task(id_, "", first or due, due)
                self._dated(self.book.activities[id_])

    def _work(self, first: date, last: date, visits: tuple[Visit, ...]) -> None:
        week = [one for one in visits if first <= one.day <= last]
        self._look_back(first, last, {one.enterprise for one in week})
        if self._draw.random() < _COMPLAINTS:
            self._complaint(self._draw.choice(list(between(first, last))))
        if self._draw.random() < 0.15:
            self._agenda[first].append(self._leave)
        for day in between(first, last):
            if day in NEW_CLASSES:
                self._new_class(day, *NEW_CLASSES[day])
            for act in self._agenda.pop(day, []):
                act(day)
            for visit in week:
                if visit.day == day:
                    self._go(visit, first)

    def _look_back(self, first: date, last: date, busy: set[str | None]) -> None:
        """Make up for some of what is late, and give some up."""
        worked = [day for day in between(first, last) if is_worked(day)]
        for task in self.book.late_visits(first):
            lot = self._draw.random()
            if lot < _WAIVED:
                self._agenda[first].append(lambda day, task=task: self._waive(day, task))
            elif lot < _WAIVED + _MADE_UP and task.subject not in busy and worked:
                busy.add(task.subject)
                self._agenda[self._draw.choice(worked)].append(lambda day, task=task: self._make_up(day, task))

    # -- visits

    def _go(self, visit: Visit, printed: date) -> None:
        lot = self._draw.random()
        gone = next((day for day, id_ in self._to_cease.items() if id_ == visit.enterprise and day <= visit.day), None)
        owed = [one for one in self.book.open_cases(visit.enterprise or "") if _is_for(visit, one, printed)]
        if gone and visit.enterprise:
            del self._to_cease[gone]
            self._tell_visit(visit, "ceased")
            self.book.ceased(visit.enterprise, visit.day)
        elif visit.enterprise in self.book.no_more or lot < MISSED or (owed and lot < _MISSED_REINSPECTION):
            return
        elif visit.enterprise and lot > 1 - CLOSED - REFUSED:
            self._tell_visit(visit, "closed" if lot > 1 - CLOSED else "refused")
            self.book.tries[visit.enterprise, visit.day] = visit.serves
        else:
            self._tell_visit(visit, "done")
            self.book.done(visit.serves, visit.day)
            for case in owed:
                self._reinspect(visit, case)
            if visit.enterprise and self._draw.random() < _FINDING:
                self._find(visit)
            else:
                self._found_clean(visit.enterprise, visit.day)
                if self._draw.random() < 0.02:
                    self._by_mistake(visit)

    def _found_clean(self, enterprise: str | None, day: date) -> None:
        if enterprise and enterprise in self._clean:
            self._clean[enterprise] += 1
            if self._clean[enterprise] == 2:
                del self._clean[enterprise]
                self.book.class_ended.add((enterprise, day))

    def _tell_visit(self, visit: Visit, outcome: str) -> None:
        self._tell(
            VisitMade, visit.day, enterprise=visit.enterprise, grid=visit.grid, officers=visit.officers,
            family=visit.family, visit=visit.id, serves=visit.serves, outcome=outcome,
        )  # fmt: skip

    def _make_up(self, day: date, task: Task) -> None:
        if task.is_open and task.subject not in self.book.no_more:
            of = {"grid" if task.subject in self.plan.grids else "enterprise": task.subject}
            self._tell(VisitMade, day, visit=task.id, serves=[task.id], family="patrol", **of)
            self.book.done([task.id], day)
            self._found_clean(of.get("enterprise"), day)

    def _by_mistake(self, visit: Visit) -> None:
        """Tell another visit as done that was not, and undo it."""
        other = next((one for one in self.book.tasks.values() if one.is_open and one.subject in SECTOR_OF), None)
        if other:
            self._tell(VisitMade, visit.day, enterprise=other.subject, visit=other.id, serves=[other.id])
            self._tell(Undone, visit.day, target=len(self.events))

    def _waive(self, day: date, task: Task) -> None:
        if task.is_open:
            self._tell(Waived, day, what=task.id, reason="停产")
            task.gone = "waived"

    def _complaint(self, day: date) -> None:
        subject = self._draw.choice(sorted(SECTOR_OF))
        if subject not in self.book.no_more:
            cause = self._draw.choice(["complaint", "request"])
            self._agenda[day].append(
                lambda on: self._tell(Requested, on, enterprise=subject, within="4 workdays", cause=cause)
            )

    # -- findings

    def _find(self, visit: Visit) -> None:
        severity = "major" if self._draw.random() < _MAJOR else "general"
        subject = visit.enterprise or ""
        facts = {"enterprise": subject, "severity": severity, "text": "疏散通道堵塞", "visit": visit.id}
        number = self._tell(Finding, visit.day, officers=visit.officers, **facts)
        case = Case(number, subject, severity, SECTOR_OF[subject] == FAST, due_of(severity, visit.day))
        self.book.cases[number] = case
        self._fate(case, visit.day)
        if severity == "major" and self._reclassifies:
            self._clean[subject] = 0
            self.book.class_ended.add((subject, visit.day))

    def _fate(self, case: Case, ordered: date) -> None:
        """Draw what the enterprise will do about an order."""
        lot, length = self._draw.random(), (case.due - ordered).days
        if lot < 0.85:
            late = lot > 0.55
            wait = length + self._draw.randint(1, 25) if late else self._draw.randint(1, length)
            self._of_case(case, ordered + timedelta(days=wait), self._claim)
        if self._draw.random() < 0.3:
            asked = ordered + timedelta(days=self._draw.randint(1, length))
            self._of_case(case, asked, self._ask)
            if self._draw.random() < 0.7:
                self._of_case(case, asked + timedelta(days=self._draw.randint(1, 20)), self._answer)

    def _of_case(self, case: Case, day: date, act: Callable[[date, Case], None]) -> None:
        """Let something happen to a finding, unless it is closed or ordered anew by then."""
        order = case.orders

        def happen(on: date) -> None:
            if case.closed is None and case.orders == order:
                act(on, case)

        self._agenda[day].append(happen)

    def _claim(self, day: date, case: Case) -> None:
        self._tell(Rectified, day, finding=case.number)
        case.claimed = day

    def _ask(self, day: date, case: Case) -> None:
        case.asked, case.asked_until = day, case.due + timedelta(days=self._draw.randint(5, 20))
        self._tell(Extension, day, finding=case.number, answer="asked", until=case.asked_until)

    def _answer(self, day: date, case: Case) -> None:
        granted = self._draw.random() < 0.6 and case.asked_until is not None and case.asked_until > day
        if granted and case.asked_until:
            case.due = rolled(case.asked_until)
        answer = "granted" if granted else "refused"
        self._tell(Extension, day, finding=case.number, answer=answer, until=case.asked_until if granted else None)
        case.asked = case.asked_until = None

    def _reinspect(self, visit: Visit, case: Case) -> None:
        passes = self._draw.random() < (0.85 if case.claimed else 0.3)
        verdict = "pass" if passes else "fail"
        facts = {"finding": case.number, "verdict": verdict, "officers": visit.officers, "visit": visit.id}
        self._tell(Reinspection, visit.day, **facts)
        if passes:
            case.closed = visit.day
        else:
            case.order_again(visit.day)
            self._fate(case, visit.day)

    # -- the rest

    def _dated(self, task: Task) -> None:
        """Draw when a piece of dated work will be ticked."""
        lot = self._draw.random()
        if lot < 0.9:
            day = task.last + timedelta(days=self._draw.randint(1, 30) if lot > 0.75 else -self._draw.randint(0, 2))
            self._agenda[max(day, date(YEAR, 1, 1))].append(lambda on: self._tick(on, task))

    def _tick(self, day: date, task: Task) -> None:
        self._tell(ActivityDone, day, activity=task.id)
        task.done = day

    def _leave(self, day: date) -> None:
        officer, first = self._draw.choice(["liu", "wang", "li", "zhao", "sun"]), day + timedelta(days=7)
        self._tell(Leave, day, officer=officer, days=f"{first}/{first + timedelta(days=3)}")

    def _new_class(self, day: date, enterprise: str, class_: str) -> None:
        self._tell(Classed, day, **{"enterprise": enterprise, "class": class_})
        self.book.classed(enterprise, day)

    def _tell(self, kind: type[Event], day: date, **facts: Any) -> int:
        """Tell the ledger, and give the event's number."""
        self.events.append(kind.model_validate({"day": day, **facts}))
        return len(self.events)


def visits_of(made: Schedule) -> tuple[Visit, ...]:
    """Give the lines of a sheet that are still to be done."""
    serves: dict[int, list[str]] = defaultdict(list)
    for at, obligation in roster.served(made).select("visit", "obligation").iter_rows():
        serves[at].append(obligation)
    columns = ("id", "date", "enterprise", "grid", "officers", "family", "state")
    return tuple(
        Visit(id_, day, enterprise, None if enterprise else grid, tuple(officers), family, tuple(serves[at]))
        for at, (id_, day, enterprise, grid, officers, family, state) in enumerate(
            roster.visits(made).select(columns).iter_rows()
        )
        if state != "done"
    )


def _is_for(visit: Visit, case: Case, printed: date) -> bool:
    """Whether a visit is the reinspection of a finding."""
    time = case.time(printed)
    return time is not None and f"reinspection/{case.enterprise}/{time[0]}..{time[1]}/1" in visit.serves
