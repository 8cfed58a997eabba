"""What a ledger tells about one enterprise (履职档案): every event, also those that were undone, each with its mark."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Moved
from safeplan.core.events.findings import Extension, Finding, Rectified, Reinspection, Verdict
from safeplan.core.events.rosters import Adopted, Undone
from safeplan.core.events.work import ActivityDone, Waived
from safeplan.core.history import history_of, said_by
from safeplan.core.rectification import cases
from safeplan.plan.plan import Plan
from safeplan.terms.days import Days

_STEPS = (Rectified.kind, Reinspection.kind, Extension.kind)


@dataclass(frozen=True, slots=True)
class Deed:
    """An event about an enterprise, as the ledger keeps it.

    An adopted roster holds only the enterprise's own visits. `missed` are the days of adopted visits that somebody was
    to make whose leave the event is; `due` is the deadline that an order sets; `undone_by` is the number of the event
    that undid it, None: it holds.
    """

    number: int
    event: Event
    recorded: str
    who: str
    hash: str
    missed: tuple[date, ...] = ()
    due: date | None = None
    undone_by: int | None = None


def deeds(
    records: pl.DataFrame, enterprise: str, secret: Container[str] = frozenset(), today: date = date.min
) -> tuple[Deed, ...]:
    """Give what was told about an enterprise (id), by day and number.

    Parameters
    ----------
    records
        RECORDS of a ledger.
    secret
        Ids of rules whose visits (飞行检查) from `today` on are left out of rosters and moves.
    """
    body, kind = pl.col("body"), pl.col("kind")
    quoted = json.dumps(enterprise, ensure_ascii=False)
    named = body.str.contains(quoted, literal=True) | body.str.contains(f"/{enterprise}/", literal=True)
    findings = records.filter((kind == Finding.kind) & named)["number"]
    step = kind.is_in(_STEPS) & body.str.extract(r'"finding":(\d+)').cast(pl.Int64).is_in(findings.implode())
    near = records.filter(named | step | kind.is_in([Leave.kind, Undone.kind]))
    found = list(_about(near, enterprise, secret, today))
    undone = _undone(near.filter(kind == Undone.kind))
    numbers = {one.number for one in found}
    found += [
        _deed(row, event)
        for row in near.filter(kind == Undone.kind).iter_rows(named=True)
        if isinstance(event := _event(row), Undone) and event.target in numbers
    ]
    marked = (replace(one, undone_by=undone.get(one.number)) for one in found)
    return tuple(sorted(marked, key=lambda one: (one.event.day, one.number)))


def with_deadlines(told: Sequence[Deed], records: pl.DataFrame, plan: Plan, calendar: Calendar) -> tuple[Deed, ...]:
    """Add to each order, a finding's own or that of a failed reinspection, the deadline that it set at the time."""
    own = records.filter(pl.col("number").is_in([one.number for one in told]))
    return tuple(
        replace(one, due=_due(own.filter(pl.col("number") <= one.number), finding, plan, calendar)) if finding else one
        for one in told
        for finding in [_ordered(one)]
    )


def _ordered(deed: Deed) -> int:
    """Give the finding that an event orders to be mended; 0 when it orders nothing."""
    if isinstance(deed.event, Finding):
        return deed.number
    if isinstance(deed.event, Reinspection) and deed.event.verdict is Verdict.FAIL:
        return deed.event.finding
    return 0


def _due(known: pl.DataFrame, finding: int, plan: Plan, calendar: Calendar) -> date | None:
    stands = cases(plan, history_of(known.filter(pl.col("kind") != Undone.kind)), calendar, date.max)
    due = stands.filter(pl.col("finding") == finding)["due"]
    return due[0] if len(due) else None


def _about(near: pl.DataFrame, enterprise: str, secret: Container[str], today: date) -> Iterator[Deed]:
    """Follow the records in order: what an event is about may depend on findings and rosters before it."""
    findings: set[int] = set()
    roster: dict[str, tuple[date, tuple[str, ...]]] = {}
    for row in near.iter_rows(named=True):
        event = _event(row, enterprise)
        match event:
            case Undone():
                continue
            case Adopted():
                shown = tuple(one for one in event.visits if one.day < today or _rule(one.id) not in secret)
                roster = {one.id: (one.day, one.officers) for one in shown}
                if roster:
                    yield _deed(row, event.model_copy(update={"visits": shown}))
            case Leave():
                missed = tuple(sorted(_missed(event, roster)))
                if missed:
                    yield replace(_deed(row, event), missed=missed)
            case Rectified() | Reinspection() | Extension():
                if event.finding in findings:
                    yield _deed(row, event)
            case Moved() if event.to >= today and _rule(event.visit) in secret:
                continue
            case Moved(visit=name) | Waived(what=name) | ActivityDone(activity=name):
                if name in roster or name.split("/")[1:2] == [enterprise]:
                    yield _deed(row, event)
            case _:
                if getattr(event, "enterprise", None) == enterprise:
                    findings |= {row["number"]} if isinstance(event, Finding) else set()
                    yield _deed(row, event)


def _rule(visit: str) -> str:
    return visit.split("/", 1)[0]


def _missed(leave: Leave, roster: Mapping[str, tuple[date, tuple[str, ...]]]) -> Iterator[date]:
    days = Days.parse(str(leave.days), leave.day.year)
    yield from (day for day, officers in roster.values() if leave.officer in officers and day in days)


def _event(row: Mapping[str, Any], enterprise: str = "") -> Event:
    """Read a record; of an adopted roster only the visits of an enterprise."""
    return said_by(row, lambda visit: visit.get("enterprise") == enterprise)


def _deed(row: Mapping[str, Any], event: Event) -> Deed:
    return Deed(row["number"], event, row["recorded"], row["who"], row["hash"])


def _undone(rows: pl.DataFrame) -> dict[int, int]:
    """Give what was undone, and by which event; the latest undoing first, since it may undo an undoing."""
    undone: dict[int, int] = {}
    for row in reversed(rows.rows(named=True)):
        target = json.loads(row["body"])["target"]
        if row["number"] not in undone:
            undone.setdefault(target, row["number"])
    return undone
