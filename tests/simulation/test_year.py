"""A simulated year: what `overdue` prints on each Monday is what the simulator knows that it left undone.

The plan is asked for nothing: the simulator keeps its own book (`book.py`) of the sheets that it was given and of what
it did, with days and deadlines counted by hand (`days.py`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import cache
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
import yaml
from tests.core.plans import plan_of
from tests.made.ledgers import adopted
from tests.simulation.book import Book, Row
from tests.simulation.days import MONDAYS, YEAR
from tests.simulation.simulator import Morning, Office
from tests.simulation.town import TOWN

from cli.plans import run
from safeplan.core import roster
from safeplan.core.events.changes import Leave
from safeplan.core.events.findings import Extension, Finding, Rectified, Reinspection
from safeplan.core.events.visits import VisitMade
from safeplan.core.schedule import schedule
from safeplan.ledger.place import LedgerPlace
from safeplan.work.adopt import Approval, adopt
from safeplan.work.ledgers import tell
from safeplan.work.recording.desk import Desk

SECTIONS = ("visits", "rectification", "reinspection", "extensions", "activities")
CALLS = ("retry", "request", "complaint")
"""Kinds whose late visits are planned again."""
NEW_YEAR = date(YEAR, 1, 1)


def overdue_rows(morning: Morning) -> set[Row]:
    """Give what `overdue` says, in the simulator's words."""
    late = morning.found.rows.filter(pl.col("overdue") & pl.col("section").is_in(SECTIONS))
    return set(late.select("section", "id", "due").iter_rows())


def days_late(morning: Morning) -> set[int]:
    """Give what is wrong with the days that are printed: nothing, or the differences."""
    late = morning.found.rows.filter(pl.col("overdue") & pl.col("section").is_in(SECTIONS))
    return {days - (morning.day - due).days for due, days in late.select("due", "days").iter_rows()} - {0}


def what_is_lost(morning: Morning, book: Book) -> Iterator[str]:
    """Say what a Monday's sheet breaks: nothing planned in the past or twice, nothing that was ever printed is lost."""
    planned = Counter(id_ for visit in morning.visits for id_ in visit.serves)
    made = morning.made
    without_day = {id_ for table in (roster.unplaced(made), roster.carried_over(made)) for id_ in table["obligation"]}
    late = {id_ for section, id_, _ in overdue_rows(morning) if section == "visits"}
    for visit in morning.visits:
        if visit.day < morning.day:
            yield f"{visit.id} is planned for {visit.day}"
    for id_, times in planned.items():
        task = book.tasks.get(id_)
        if times > 1 or id_ in without_day:
            yield f"{id_} is planned twice"
        if task and not task.is_open:
            yield f"{id_} is planned and {task.gone or 'done'}"
        if id_ in late and task and task.kind not in CALLS:
            yield f"{id_} is planned and overdue"
    for task in book.tasks.values():
        if task.is_open and task.last >= morning.day and task.id not in planned and task.id not in without_day:
            yield f"{task.id} is lost"


def officers_away(day: date) -> Leave:
    """Open a ledger without an adopted roster."""
    return Leave.model_validate({"day": day, "officer": "li", "days": "2026-02-09/2026-02-13"})


def cut_short(rows: set[Row], book: Book) -> set[Row]:
    """Give the class visits that are late since a finding has ended the class.

    The part of a period up to a change of class owes its share (rules.md, Periods): no sheet prints when that part
    ends, so the simulator knows it only by the day of the finding, or of the last clean visit.
    """
    return {
        (section, id_, due)
        for section, id_, due in rows
        if section == "visits" and id_.startswith("class-") and (id_.split("/")[1], due) in book.class_ended
    }


def lived(office: Office) -> tuple[set[Row], ...]:
    """Live a year, and check each of its mornings; give what the office knew to be undone on them."""
    known: list[set[Row]] = []
    for morning in office.mornings():
        said = overdue_rows(morning)
        said -= cut_short(said - morning.undone, office.book)
        assert said - morning.undone == set(), f"{morning.day}: overdue claims what was done in time, or is not due"
        assert morning.undone - said == set(), f"{morning.day}: overdue does not say what was left undone"
        assert days_late(morning) == set()
        assert list(what_is_lost(morning, office.book)) == []
        known.append(morning.undone)
    return tuple(known)


@cache
def adopted_year() -> tuple[Office, tuple[set[Row], ...]]:
    """Live a year whose roster was adopted; no finding changes a class."""
    plan = plan_of(TOWN)
    office = Office(plan, 5, adopted(schedule(plan), NEW_YEAR))
    return office, lived(office)


def free_year() -> tuple[Office, tuple[set[Row], ...]]:
    """Live a year without an adopted roster, in which major findings change the class."""
    reclassify = {"major": "A", "until": "2 clean visits"}
    plan = plan_of({**TOWN, "rectification": {**TOWN["rectification"], "reclassify": reclassify}})
    office = Office(plan, 1, officers_away(NEW_YEAR), reclassifies=True)
    known = lived(office)
    assert office.book.class_ended
    return office, known


@pytest.mark.parametrize("year", [adopted_year, free_year])
def test_on_each_monday_overdue_says_what_was_left_undone(
    year: Callable[[], tuple[Office, tuple[set[Row], ...]]],
) -> None:
    office, known = year()
    assert len(known) == 1 + len(MONDAYS) == 53
    assert_lively(office, known)


ZONE = ZoneInfo("Asia/Shanghai")
ASKED = (*(day for day in MONDAYS if day.day <= 7), MONDAYS[-1])
"""The first Monday of each month, and the year's last."""


class NewYearsDesk(Desk):
    """A desk on the year's first morning."""

    now = datetime.combine(NEW_YEAR, time(8), ZONE)


def test_the_command_says_it_from_the_ledger_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office, known = adopted_year()
    path, place = tmp_path / "plan.yaml", LedgerPlace(tmp_path / "safeplan.db")
    path.write_text(yaml.safe_dump(TOWN, allow_unicode=True, sort_keys=False), encoding="utf-8")
    told = adopt(NewYearsDesk(path, office.plan, place, "liu"), Approval()).told.events
    assert told == tuple(office.events[:1])
    ahead = list(ASKED)
    for day, events in groupby(office.events[1:], key=lambda one: one.day):
        while ahead and ahead[0] <= day:
            monday = ahead.pop(0)
            assert printed(path, monday, capsys) == known[1 + MONDAYS.index(monday)]
        tell(place, list(events), "liu", datetime.combine(day, time(18), ZONE))
    assert ahead == []


def printed(plan: Path, day: date, capsys: pytest.CaptureFixture[str]) -> set[Row]:
    """Give what `safeplan overdue` prints on a day."""
    capsys.readouterr()
    code = run("overdue", plan, "--format", "json", "--with-surprise", "--as-of", day, "--section", ",".join(SECTIONS))
    said = json.loads(capsys.readouterr().out)
    assert code == (1 if said["count"] else 0)
    rows = {(one["section"], one["id"], date.fromisoformat(one["due"])) for one in said["rows"] if one["overdue"]}
    assert len(rows) == said["count"]
    return rows


def assert_lively(office: Office, known: tuple[set[Row], ...]) -> None:
    """See that the year held what it is for: each section was late, each kind of thing happened."""
    late = {(section, id_) for rows in known for section, id_, _ in rows}
    assert {section for section, _ in late} == set(SECTIONS)
    assert {id_.partition("/")[0].partition("-")[0] for section, id_ in late if section == "visits"} >= {
        "class", "patrol", "retry",
    }  # fmt: skip
    kinds = Counter(type(one) for one in office.events)
    assert min(kinds[one] for one in (Finding, Rectified, Reinspection, Extension)) >= 10
    outcomes = Counter(one.outcome for one in office.events if isinstance(one, VisitMade))
    assert set(outcomes) == {"done", "closed", "refused", "ceased"} and outcomes["done"] >= 350
    assert {one.gone for one in office.book.tasks.values()} >= {"", "ceased", "class", "waived"}
