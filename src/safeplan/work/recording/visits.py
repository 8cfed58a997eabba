"""A visit that was made or tried, with what it found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.plan.fields import EnterpriseRef, GridRef, OfficerRef
from safeplan.plan.plan import Plan
from safeplan.terms.family import Family
from safeplan.work.errors import WorkError
from safeplan.work.lookup import Kind, find_subject
from safeplan.work.recording.desk import Before, Desk
from safeplan.work.recording.lookup import officers_of
from safeplan.work.recording.planned import find_planned, nothing_planned, planned_on
from safeplan.work.recording.words import OUTCOMES, meant, read_finding


@dataclass(frozen=True, slots=True)
class VisitTold:
    """A visit as a person types it.

    `what` is a name or id of an enterprise or a grid, 楚天塑业@2026-03-02, or the id of a planned visit; `visit` is
    that id where `what` is a name. Without officers those that were planned went.
    """

    what: str | None = None
    visit: str | None = None
    day: str | None = None
    outcome: str = Outcome.DONE.value
    officers: str | None = None
    family: str | None = None
    findings: Sequence[str] = ()
    note: str = ""


def visit_events(desk: Desk, told: VisitTold, before: Before) -> list[Event]:
    """Make the events of a visit: itself, then what it found.

    Raises
    ------
    WorkError
        `nothing-named`, `unknown-subject`, `unknown-visit`, `unknown-officer`, `ambiguous`, `bad-outcome`,
        `bad-family`, `bad-day`, `future-day`, `empty-finding`, `grid-finding`, `visit-recorded`, `other-subject`,
        `undrawn-visit`, `two-days`.
    """
    what, at = _parts(told)
    day = desk.day(told.day or at)
    if at is not None and desk.day(at) != day:
        raise WorkError("two-days", asked=told.what, day=day)
    outcome = _outcome(told.outcome)
    officers = officers_of(desk.plan, told.officers)
    findings = [read_finding(one) for one in told.findings]
    if any(not one.text for one in findings):
        raise WorkError("empty-finding")
    enterprise, grid, planned = _which(before, what, told.visit, day)
    if findings and enterprise is None:
        raise WorkError("grid-finding")
    visit = VisitMade(
        day=day,
        enterprise=enterprise,
        grid=grid,
        outcome=outcome,
        officers=_refs(officers or _of(planned, "officers")),
        family=_family(told.family, planned, default_family(desk.plan, officers, is_grid=grid is not None)),
        visit=planned["id"][0] if len(planned) else "",
        serves=tuple(_of(planned, "serves")),
        note=told.note,
    )
    _refuse_again(before, visit)
    found = [
        Finding(
            day=day, enterprise=visit.enterprise, severity=one.severity, code=one.code, text=one.text,
            officers=visit.officers, visit=visit.visit,
        )
        for one in findings
        if visit.enterprise is not None
    ]  # fmt: skip
    return [visit, *found]


def recorded_visits(before: Before, visit: VisitMade) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Give number, outcome and officers of the visits of the same day to the same enterprise, or the same patrol."""
    rows = before.history.of(VisitMade).filter(pl.col("day") == visit.day)
    if visit.enterprise is not None:
        rows = rows.filter(pl.col("enterprise") == str(visit.enterprise))
    else:
        rows = rows.filter(pl.col("grid") == str(visit.grid), pl.col("visit") == visit.visit)
    for number, outcome, officers in rows.select("number", "outcome", "officers").iter_rows():
        yield number, outcome, tuple(officers)


def default_family(plan: Plan, officers: Sequence[str], *, is_grid: bool) -> Family:
    """Give the family of a visit that nobody planned, as rules have it that say none.

    One officer alone makes no inspection (行政处罚法 art. 42 asks for two): that is a patrol.
    """
    if is_grid or len(officers) == 1:
        return Family.PATROL
    return plan.file.defaults.family or Family.INSPECTION


def _parts(told: VisitTold) -> tuple[str | None, str | None]:
    """Take 楚天塑业@2026-03-02 apart."""
    if told.what is None:
        return None, None
    name, at, day = told.what.rpartition("@")
    return (name, day) if at and name and day[:1].isdigit() else (told.what, None)


def _outcome(text: str) -> Outcome:
    found = meant(text, OUTCOMES)
    if found is None:
        raise WorkError("bad-outcome", asked=text)
    return found


def _family(asked: str | None, planned: pl.DataFrame, default: Family) -> Family:
    if asked is None:
        return Family(planned["family"][0]) if len(planned) else default
    try:
        return Family(asked.strip().lower())
    except ValueError:
        raise WorkError("bad-family", asked=asked, known=[*Family]) from None


def _which(
    before: Before, what: str | None, visit: str | None, day: date
) -> tuple[EnterpriseRef | None, GridRef | None, pl.DataFrame]:
    """Give enterprise or grid, and the planned visit that it was, if any."""
    if what is not None and visit is None and what.count("/") == 3:
        what, visit = None, what
    if what is None and visit is None:
        raise WorkError("nothing-named")
    subject = None if what is None else _subject(before.plan, what)
    planned = find_planned(before, visit, day) if visit is not None else nothing_planned()
    if visit is not None:
        row = planned.row(0, named=True)
        own = row["enterprise"] or row["grid"]
        if subject is not None and own is not None and subject[0] != own:
            raise WorkError("other-subject", visit=row["id"], asked=what)
        subject = subject or (own, row["enterprise"] is None)
        if subject[0] is None:
            raise WorkError("undrawn-visit", visit=row["id"])
    assert subject is not None
    identity, is_grid = subject
    if visit is None:
        planned = planned_on(before, identity, day).head(1)
    enterprise = None if is_grid else EnterpriseRef(identity)
    return enterprise, GridRef(identity) if is_grid else None, planned


def _subject(plan: Plan, asked: str) -> tuple[str, bool]:
    """Give the id of an enterprise or a grid, and whether it is a grid."""
    thing = find_subject(plan, asked)
    if thing.kind is Kind.GRID:
        return plan.file.grids[thing.code].id, True
    return str(plan.enterprises["id"][thing.code]), False


def _of(planned: pl.DataFrame, column: str) -> list[str]:
    """Give the ids that a list of the planned visit holds."""
    return planned[column][0].to_list() if len(planned) else []


def _refs(ids: Sequence[str]) -> tuple[OfficerRef, ...]:
    return tuple(OfficerRef(one) for one in ids)


def _refuse_again(before: Before, visit: VisitMade) -> None:
    """Refuse a second visit of the same day: an enterprise has one, and a mistake is undone first.

    A grid may be patrolled by several.
    """
    for number, _, officers in recorded_visits(before, visit):
        if visit.enterprise is None and not visit.visit and officers != visit.officers:
            continue
        raise WorkError("visit-recorded", number=number, day=visit.day)
