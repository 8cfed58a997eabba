"""Finds what a person named on the command line: by id, by name, or by a beginning that only one has."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from safeplan.core import roster
from safeplan.core.tables import Schedule
from safeplan.plan.plan import Plan
from safeplan.terms.diagnostic import TermError
from safeplan.terms.identity import folded
from safeplan.terms.text import parse_day
from safeplan.work.errors import WorkError

_SHOWN = 8  # choices that are listed; more are counted


class Kind(StrEnum):
    """What a thing of a schedule is."""

    ENTERPRISE = "enterprise"
    OFFICER = "officer"
    GRID = "grid"
    VISIT = "visit"
    OBLIGATION = "obligation"
    ACTIVITY = "activity"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that was found: its kind and code (of a visit its row); of a day, the day."""

    kind: Kind
    code: int = -1
    day: date | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    thing: Thing
    id: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.id})" if self.name and self.name != self.id else self.id


def find_officer(plan: Plan, asked: str) -> int:
    """Give the code of the officer that is meant.

    Raises
    ------
    WorkError
        `unknown-officer`, or `ambiguous` with the choices.
    """
    return _one(asked, _officers(plan), "unknown-officer").thing.code


def find_grid(plan: Plan, asked: str) -> int:
    """Give the code of the grid that is meant.

    Raises
    ------
    WorkError
        `unknown-grid`, or `ambiguous` with the choices.
    """
    return _one(asked, _grids(plan), "unknown-grid").thing.code


def find_enterprise(plan: Plan, asked: str) -> int:
    """Give the code of the enterprise that is meant.

    Raises
    ------
    WorkError
        `unknown-enterprise`, or `ambiguous` with the choices.
    """
    return _one(asked, _enterprises(plan), "unknown-enterprise").thing.code


def find_subject(plan: Plan, asked: str) -> Thing:
    """Give the enterprise or the grid that is meant.

    Raises
    ------
    WorkError
        `unknown-subject`, or `ambiguous` with the choices.
    """
    return _one(asked, [*_enterprises(plan), *_grids(plan)], "unknown-subject").thing


def find_thing(schedule: Schedule, asked: str) -> Thing:
    """Give what is meant in a schedule: a visit or task by its id, a day, an enterprise, an officer or a grid.

    Raises
    ------
    WorkError
        `unknown-thing`, or `ambiguous` with the choices.
    """
    plan = schedule.plan
    if "/" not in asked:
        try:
            return _one(asked, [*_officers(plan), *_grids(plan), *_enterprises(plan)], "unknown-thing").thing
        except WorkError as unknown:
            day = _day(plan, asked)
            if day is not None:
                return Thing(Kind.DAY, day=day)
            if unknown.code != "unknown-thing" or not _task_ids(schedule).str.starts_with(asked or "/").any():
                raise
    return _by_task(schedule, asked)


def _day(plan: Plan, asked: str) -> date | None:
    try:
        return parse_day(asked, plan.first.year)
    except TermError:
        return None


def _task_ids(schedule: Schedule) -> pl.Series:
    """Give the ids of all obligations, then those of all activities."""
    return pl.concat([roster.obligation_ids(schedule).rename("id"), schedule.activities["id"]])


def _by_task(schedule: Schedule, asked: str) -> Thing:
    """Find a visit, an obligation or an activity by its id, or by a beginning of it."""
    ids = _task_ids(schedule)
    exact = (ids == asked).arg_true()
    found = exact if len(exact) else ids.str.starts_with(asked).arg_true()
    if len(found) == 1:
        code = int(found[0])
        if code >= len(schedule.obligations):
            return Thing(Kind.ACTIVITY, code - len(schedule.obligations))
        visits = (schedule.visits["lead"] == code).arg_true()
        return Thing(Kind.VISIT, int(visits[0])) if len(visits) else Thing(Kind.OBLIGATION, code)
    if len(found):
        raise _ambiguous(asked, ids.gather(found).to_list())
    raise WorkError("unknown-thing", asked=asked)


def _one(asked: str, named: Sequence[_Named], unknown: str) -> _Named:
    text = folded(asked.strip())
    for found in (
        [one for one in named if folded(one.id) == text],
        [one for one in named if folded(one.name) == text],
        [one for one in named if text and (folded(one.id).startswith(text) or folded(one.name).startswith(text))],
        [one for one in named if len(text) > 1 and text in folded(one.name)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(asked, [str(one) for one in found])
    near = difflib.get_close_matches(asked, [text for one in named[:5000] for text in (one.id, one.name)], 3)
    error = WorkError(unknown, asked=asked)
    if near:
        error.values["suggestion"] = near
    raise error


def _ambiguous(asked: str, choices: list[str]) -> WorkError:
    code = "ambiguous" if len(choices) <= _SHOWN else "ambiguous-many"
    return WorkError(code, asked=asked, n=len(choices), choices=choices[:_SHOWN])


def _officers(plan: Plan) -> list[_Named]:
    return [_Named(Thing(Kind.OFFICER, code), one.id, one.name) for code, one in enumerate(plan.file.officers)]


def _grids(plan: Plan) -> list[_Named]:
    return [_Named(Thing(Kind.GRID, code), one.id, one.name) for code, one in enumerate(plan.file.grids)]


def _enterprises(plan: Plan) -> list[_Named]:
    rows = plan.enterprises.select("id", "name").iter_rows()
    return [_Named(Thing(Kind.ENTERPRISE, code), identity, name) for code, (identity, name) in enumerate(rows)]
