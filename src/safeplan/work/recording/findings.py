"""Findings outside a visit, and what becomes of them: mended, reinspected, extended; and penalties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from safeplan.core.counters import HALF_YEAR, YEAR
from safeplan.core.events.base import Event
from safeplan.core.events.findings import (
    Answer,
    Extension,
    Finding,
    Penalty,
    Rectified,
    Reinspection,
    Severity,
    Verdict,
)
from safeplan.plan.fields import EnterpriseRef, OfficerRef
from safeplan.terms.span import Span
from safeplan.work.errors import WorkError
from safeplan.work.recording.desk import Before, Desk
from safeplan.work.recording.lookup import enterprise_of, find_finding, officers_of
from safeplan.work.recording.words import SEVERITIES, VERDICTS, meant, read_finding
from safeplan.work.spans import read_day


@dataclass(frozen=True, slots=True)
class FindingTold:
    """A finding as a person types it; `text` may begin with its severity and its code."""

    enterprise: str
    text: str
    severity: str | None = None
    code: str | None = None
    day: str | None = None
    due: str | None = None
    measures: str = ""
    officers: str | None = None
    paper: str = ""
    note: str = ""


def finding_events(desk: Desk, told: FindingTold, before: Before) -> list[Event]:
    """Make the event of a finding.

    Raises
    ------
    WorkError
        `unknown-enterprise`, `bad-severity`, `empty-finding`, `finding-recorded`, `due-before-finding`, and as days and
        officers do.
    """
    day = desk.day(told.day)
    read = read_finding(told.text, _severity(told.severity))
    if not read.text:
        raise WorkError("empty-finding")
    due = None if told.due is None else read_day(told.due, Span(desk.plan.first, desk.plan.last))
    if due is not None and due < day:
        raise WorkError("due-before-finding", day=day, due=due)
    finding = Finding(
        day=day,
        enterprise=EnterpriseRef(enterprise_of(desk.plan, told.enterprise)),
        severity=read.severity,
        code=told.code or read.code,
        text=read.text,
        measures=told.measures,
        officers=_officers(desk, told.officers),
        due=due,
        paper=told.paper,
        note=told.note,
    )
    same = recorded_finding(before, finding)
    if same is not None:
        raise WorkError("finding-recorded", number=f"F{same}", day=day)
    return [finding]


def recorded_finding(before: Before, finding: Finding) -> int | None:
    """Give the number under which the same was found on the same day, if it was."""
    rows = before.history.of(Finding).filter(
        pl.col("enterprise") == str(finding.enterprise),
        pl.col("day") == finding.day,
        pl.col("code") == finding.code,
        pl.col("text") == finding.text,
    )
    return int(rows["number"][0]) if len(rows) else None


@dataclass(frozen=True, slots=True)
class StepTold:
    """What became of a finding, as a person types it: `finding` is F12, or the enterprise that has only one open."""

    finding: str
    day: str | None = None
    officers: str | None = None
    due: str | None = None
    paper: str = ""
    reason: str = ""
    note: str = ""


def rectified_events(desk: Desk, told: StepTold, before: Before) -> list[Event]:
    """Make the event that a finding was mended.

    Raises
    ------
    WorkError
        `unknown-finding`, `not-a-finding`, `finding-closed`, `step-before-finding`, `rectified-recorded`, and as days
        do.
    """
    day, number = desk.day(told.day), find_finding(before, told.finding)
    must_be_open(before, number, day)
    claimed = before.history.of(Rectified).filter(pl.col("finding") == number)["number"].max()
    failed = before.history.of(Reinspection).filter(pl.col("finding") == number)["number"].max()
    if isinstance(claimed, int) and (not isinstance(failed, int) or failed < claimed):
        raise WorkError("rectified-recorded", finding=f"F{number}", number=claimed)
    return [Rectified(day=day, finding=number, note=told.note)]


def reinspection_events(desk: Desk, told: StepTold, verdict: str, before: Before) -> list[Event]:
    """Make the event of a reinspection; it may come without the enterprise's word that all is mended.

    Raises
    ------
    WorkError
        `bad-verdict`, `passed-has-no-due`, and as `rectified_events` and officers do.
    """
    day, number = desk.day(told.day), find_finding(before, told.finding)
    found = meant(verdict, VERDICTS)
    if found is None:
        raise WorkError("bad-verdict", asked=verdict)
    must_be_open(before, number, day)
    due = None if told.due is None else read_day(told.due, Span(desk.plan.first, desk.plan.last))
    if due is not None and found is Verdict.PASS:
        raise WorkError("passed-has-no-due")
    if due is not None and due < day:
        raise WorkError("due-before-finding", day=day, due=due)
    officers = _officers(desk, told.officers)
    return [
        Reinspection(
            day=day, finding=number, verdict=found, officers=officers, due=due, paper=told.paper, note=told.note
        )
    ]


def extension_events(desk: Desk, told: StepTold, until: str | None, answer: Answer, before: Before) -> list[Event]:
    """Make the event of an extension that is asked for, granted or refused.

    Raises
    ------
    WorkError
        `no-until` (a refused one needs none), `until-before-day`, and as `rectified_events` does.
    """
    day, number = desk.day(told.day), find_finding(before, told.finding)
    must_be_open(before, number, day)
    last = None if until is None else read_day(until, Span(desk.plan.first, desk.plan.last))
    if last is None and answer is Answer.GRANTED:
        last = _asked_until(before, number)
    if last is None and answer is not Answer.REFUSED:
        raise WorkError("no-until")
    if last is not None and last <= day:
        raise WorkError("until-before-day", day=day, until=last)
    return [Extension(day=day, finding=number, answer=answer, until=last, reason=told.reason, note=told.note)]


def answer_of(*, granted: bool, refused: bool) -> Answer:
    """Give where an extension stands.

    Raises
    ------
    WorkError
        `granted-and-refused`.
    """
    if granted and refused:
        raise WorkError("granted-and-refused")
    return Answer.GRANTED if granted else Answer.REFUSED if refused else Answer.ASKED


def penalty_events(desk: Desk, enterprise: str, text: str, paper: str, day: str | None, before: Before) -> list[Event]:
    """Make the event of a penalty.

    Raises
    ------
    WorkError
        `penalty-recorded`: the same penalty of the same day is recorded, and as names and days do.
    """
    penalty = Penalty(
        day=desk.day(day), enterprise=EnterpriseRef(enterprise_of(desk.plan, enterprise)), text=text, paper=paper
    )
    same = before.history.of(Penalty).filter(
        pl.col("enterprise") == str(penalty.enterprise),
        pl.col("day") == penalty.day,
        pl.col("text") == penalty.text,
        pl.col("paper") == penalty.paper,
    )
    if len(same):
        raise WorkError("penalty-recorded", number=same["number"][0], day=penalty.day)
    return [penalty]


def penalties_around(before: Before, penalty: Penalty) -> tuple[int, int]:
    """Count the penalties of an enterprise in the 180 days and in the year up to one, that one included."""
    days = before.history.of(Penalty).filter(pl.col("enterprise") == str(penalty.enterprise))["day"]
    short, long = (
        int(((days > penalty.day - length) & (days <= penalty.day)).sum()) + 1 for length in (HALF_YEAR, YEAR)
    )
    return short, long


def must_be_open(before: Before, number: int, day: date) -> None:
    """Refuse a step of a finding that is closed, or that lies before the finding.

    Raises
    ------
    WorkError
        `finding-closed`, `step-before-finding`.
    """
    passed = before.history.of(Reinspection).filter(
        pl.col("finding") == number, pl.col("verdict") == Verdict.PASS.value
    )
    if len(passed):
        raise WorkError("finding-closed", finding=f"F{number}", day=passed["day"][0], number=passed["number"][0])
    found = before.history.of(Finding).filter(pl.col("number") == number)["day"][0]
    if day < found:
        raise WorkError("step-before-finding", finding=f"F{number}", day=day, found=found)


def _asked_until(before: Before, number: int) -> date | None:
    """Give the day that was last asked for."""
    rows = before.history.of(Extension).filter(pl.col("finding") == number, pl.col("answer") == Answer.ASKED.value)
    return rows["until"][-1] if len(rows) else None


def _severity(text: str | None) -> Severity | None:
    found = None if text is None else meant(text, SEVERITIES)
    if text is not None and found is None:
        raise WorkError("bad-severity", asked=text)
    return found


def _officers(desk: Desk, text: str | None) -> tuple[OfficerRef, ...]:
    return tuple(OfficerRef(one) for one in officers_of(desk.plan, text))
