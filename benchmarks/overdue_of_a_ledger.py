"""Measure what is overdue of a ledger of 100,000 events, beside reading its rows with SQL alone.

    python benchmarks/overdue_of_a_ledger.py --events 100000 [--runs 5]

A county's year is scheduled and adopted; its visits are told as they were planned up to the middle of November, 5 % of
them left out, with a finding at every fifth, most of them mended and reinspected. Prints a table of wall seconds
(medians): the same run reads the rows with sqlite3 and nothing else, so that the ratio can be compared.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
from make_county import write_county

import safeplan
from safeplan.core import roster
from safeplan.core.calendar import calendar_of
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding, Rectified, Reinspection
from safeplan.core.events.visits import VisitMade
from safeplan.core.history import history_of
from safeplan.core.overdue.overdue import overdue
from safeplan.core.tables import Schedule
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import open_ledger
from safeplan.plan.plan import Plan
from safeplan.work.adopt import Approval, adopted_of
from safeplan.work.recording.desk import Before

TODAY = date(2026, 11, 16)
ENTERPRISES_AN_EVENT = 0.32
MISSED, FOUND, LATE = 20, 5, 7
"""Every twentieth visit was not made; a finding at every fifth that was; every seventh of those is still open."""


def main() -> None:
    """Make the ledger, run both in turn, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        county, file = Path(folder, "county"), Path(folder, "safeplan.db")
        write_county(round(wishes.events * ENTERPRISES_AN_EVENT), county)
        plan = safeplan.read_plan(county / "plan.yaml")
        told = write_ledger(plan, file, wishes.events)
        rows, count = 0, 0

        def alone() -> None:
            nonlocal rows
            connection = sqlite3.connect(file)
            rows = len(connection.execute("SELECT * FROM events ORDER BY number").fetchall())
            connection.close()

        def records() -> pl.DataFrame:
            ledger = open_ledger(LedgerPlace(file))
            assert ledger is not None
            with ledger:
                return ledger.records()

        def result() -> None:
            nonlocal count
            count = overdue(plan, history_of(kept), TODAY).count

        def whole() -> None:
            ledger = open_ledger(LedgerPlace(file))
            assert ledger is not None
            with ledger:
                head, happened = ledger.happened()
            overdue(plan, history_of(happened, head), TODAY)

        kept = records()
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("sqlite3 reads the rows", alone),
            ("the ledger reads them", records),
            ("from records to what is overdue", result),
            ("from the file to what is overdue", whole),
        )
        seconds: dict[str, list[float]] = {name: [] for name, _ in steps}
        for _ in range(wishes.runs):
            for name, step in steps:
                start = time.perf_counter()
                step()
                seconds[name].append(time.perf_counter() - start)
    print(f"{rows} events, {told} of them visits made; {count} overdue; median of {wishes.runs}")
    print("| | wall s | ratio |\n| --- | --- | --- |")
    base = statistics.median(seconds[steps[0][0]])
    for name, _ in steps:
        found = statistics.median(seconds[name])
        print(f"| {name} | {found:.2f} | {found / base:.1f} |")


def write_ledger(plan: Plan, file: Path, events: int) -> int:
    """Adopt the year and tell so many events; gives how many of them are visits."""
    made = safeplan.schedule(plan)
    before = Before(plan, calendar_of(plan), plan.first)
    ledger = open_ledger(LedgerPlace(file), create=True)
    assert ledger is not None
    every = list(told_of(made, events - 1))
    with ledger:
        ledger.append([adopted_of(made, Approval(), before)], who="benchmark", now=datetime(2026, 1, 1, tzinfo=UTC))
        ledger.append(every, who="benchmark", now=datetime(2026, 11, 15, tzinfo=UTC))
    return sum(isinstance(one, VisitMade) for one in every)


def told_of(made: Schedule, events: int) -> Iterator[Event]:
    """Tell visits as they were planned, and what they found, up to so many events."""
    visits = roster.visits(made).filter(pl.col("date") < TODAY)
    number = 1
    for at, row in enumerate(visits.iter_rows(named=True)):
        if at % MISSED == 0:
            continue
        batch: list[Event] = [VisitMade(
            day=row["date"], enterprise=row["enterprise"], officers=tuple(row["officers"]), family=row["family"],
            visit=row["id"],
        )]  # fmt: skip
        if at % FOUND == 1:
            finding = number + 2
            batch.append(Finding(day=row["date"], enterprise=row["enterprise"], text="配电箱未接地"))
            if at % LATE:
                batch.append(Rectified(day=row["date"] + timedelta(days=7), finding=finding))
                batch.append(Reinspection(day=row["date"] + timedelta(days=9), finding=finding, verdict="pass"))
        for one in batch:
            if number > events:
                return
            yield one
            number += 1


if __name__ == "__main__":
    main()
