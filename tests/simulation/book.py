"""The simulator's own book: what was handed out, what was done of it, and so what is left undone, and since when.

It knows no rule of the plan. Of visits it knows the sheets that were handed out, with the time that is printed on them;
of findings the law's arithmetic, and the lengths that the office has fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.simulation.days import ONE_DAY, rolled, workdays_after

DEADLINES = {"general": 15, "major": 30}
"""Calendar days from the order."""

Row = tuple[str, str, date]
"""What is undone: section, id, and the last day on which it was in time."""


@dataclass
class Task:
    """Something that was printed: an obligation of a visit, or an activity."""

    id: str
    subject: str
    first: date
    last: date
    done: date | None = None
    gone: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it was neither done nor taken away."""
        return self.done is None and not self.gone

    @property
    def kind(self) -> str:
        """The kind of its rule, as its id begins."""
        return self.id.partition("/")[0].partition("-")[0]


@dataclass
class Case:
    """A finding and what became of it."""

    number: int
    enterprise: str
    severity: str
    fast: bool
    """Reinspected within 3 working days of the request alone."""
    due: date
    claimed: date | None = None
    closed: date | None = None
    asked: date | None = None
    asked_until: date | None = None
    orders: int = 1

    @property
    def id(self) -> str:
        """F and its number in the ledger."""
        return f"F{self.number}"

    def order_again(self, day: date) -> None:
        """Order it anew, after a reinspection that failed."""
        self.due, self.claimed, self.asked, self.asked_until = due_of(self.severity, day), None, None, None
        self.orders += 1

    def time(self, day: date) -> tuple[date, date] | None:
        """Give the time for its reinspection as a day's morning knows it."""
        starts = [one for one in (self.claimed, self.due if self.due < day and not self.fast else None) if one]
        if self.closed or not starts:
            return None
        return min(starts), workdays_after(min(starts), 3 if self.fast else 10)

    def undone(self, day: date) -> Iterator[Row]:
        """Say what of it is late on a day's morning."""
        if self.closed:
            return
        if self.claimed is None and self.due < day:
            yield "rectification", self.id, self.due
        time = self.time(day)
        if time and time[1] < day:
            yield "reinspection", self.id, time[1]
        if self.asked and self.asked < day:
            yield "extensions", self.id, self.asked


def due_of(severity: str, ordered: date) -> date:
    """Give the deadline of an order."""
    return rolled(ordered + timedelta(days=DEADLINES[severity]))


@dataclass
class Book:
    """Everything that was handed out and what became of it."""

    tasks: dict[str, Task] = field(default_factory=dict)
    activities: dict[str, Task] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    tries: dict[tuple[str, date], tuple[str, ...]] = field(default_factory=dict)
    """What a visit that met a closed door on a day was for."""
    no_more: set[str] = field(default_factory=set)
    """Enterprises that were found to be no more; nobody goes there again."""
    class_ended: set[tuple[str, date]] = field(default_factory=set)
    """The last days on which enterprises had a class that what was found there has changed."""

    def hand_out(self, id_: str, subject: str, first: date, last: date) -> None:
        """Note a task that a sheet shows, the first time it does, or when its class is back.

        Reinspections are the cases' own.
        """
        if not id_.startswith("reinspection/"):
            task = self.tasks.setdefault(id_, Task(id_, subject, first, last))
            task.gone = "" if task.gone == "found" else task.gone

    def done(self, ids: Iterable[str], day: date) -> None:
        """Note that tasks were done; a retry does what the door that was closed the day before its time was for."""
        for id_ in ids:
            task = self.tasks.get(id_)
            if task is None:
                continue
            task.done = task.done or day
            if task.kind == "retry":
                self.done(self.tries[task.subject, task.first - ONE_DAY], day)

    def ceased(self, subject: str, day: date) -> None:
        """Take away what was still to come when an enterprise was found to be no more."""
        self.no_more.add(subject)
        for task in self.tasks.values():
            if task.subject == subject and task.is_open and task.last >= day:
                task.gone = "ceased"

    def classed(self, subject: str, day: date) -> None:
        """Take away the class visits that begin with a new class or later."""
        for task in self.tasks.values():
            if task.subject == subject and task.is_open and task.kind == "class" and task.first >= day:
                task.gone = "class"

    def without(self, since: date, printed: set[str]) -> None:
        """Take away the class visits that a sheet does not show any more after a class has changed since a day."""
        changed = {subject for subject, day in self.class_ended if day >= since}
        for task in self.tasks.values():
            of_class = task.is_open and task.kind == "class" and task.subject in changed
            if of_class and task.last >= since and task.id not in printed:
                task.gone = "found"

    def open_cases(self, enterprise: str) -> list[Case]:
        """Give the findings of an enterprise that are open."""
        return [one for one in self.cases.values() if one.enterprise == enterprise and one.closed is None]

    def late_visits(self, day: date) -> list[Task]:
        """Give the visits whose time was over, and that nobody made, on a day's morning."""
        return [one for one in self.tasks.values() if one.is_open and one.last < day]

    def undone(self, day: date) -> set[Row]:
        """Say what is left undone on a day's morning."""
        found = {("visits", one.id, one.last) for one in self.late_visits(day)}
        found |= {
            ("activities", one.id, one.last) for one in self.activities.values() if one.is_open and one.last < day
        }
        for case in self.cases.values():
            found |= set(case.undone(day))
        return found
