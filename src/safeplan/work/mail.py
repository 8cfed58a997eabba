"""Which roster is to be mailed, and to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from safeplan.core.as_issued import LeftThePlanError, as_issued, paper_of, replaced_by, told_before
from safeplan.core.choice import grids_below
from safeplan.core.sending_day import weeks_due
from safeplan.plan.plan import Plan
from safeplan.plan.settings import Mail
from safeplan.terms.span import Span
from safeplan.views.mail import Mailing
from safeplan.work.errors import WorkError
from safeplan.work.issue import Asked, issue
from safeplan.work.recording.desk import Before, Desk
from safeplan.work.spans import week_span, within

LEAD = "lead"
"""The role whose holders get a summary of their grid and all below it."""
_SHOWN = 5


def mail_of(plan: Plan) -> Mail:
    """Give what the plan says of mail.

    Raises
    ------
    WorkError
        `no-mail`.
    """
    if plan.file.mail is None:
        raise WorkError("no-mail")
    return plan.file.mail


def week_of(plan: Plan, asked: str, today: date) -> Span:
    """Give the days of the plan in the week that is meant, as `issue` does.

    Raises
    ------
    WorkError
        `bad-week`, `not-in-period`, `plan-ended`.
    """
    period = Span(plan.first, plan.last)
    return within(week_span(asked, today, period), period, asked)


def due_weeks(desk: Desk, today: date) -> list[tuple[Span, bool]]:
    """Give the weeks whose sending day has come, with whether that is today; of the others only what is left over.

    Raises
    ------
    WorkError
        `no-weekly`.
    """
    weekly = mail_of(desk.plan).weekly
    if weekly is None:
        raise WorkError("no-weekly")
    found = []
    for monday, now in weeks_due(desk.calendar, weekly, today):
        sunday = monday + timedelta(days=6)
        if monday <= desk.plan.last and sunday >= desk.plan.first:
            found.append((Span(max(monday, desk.plan.first), min(sunday, desk.plan.last)), now))
    return found


def must_go_on(desk: Desk, today: date) -> None:
    """Refuse on the day on which the first week after the plan is due: nobody would notice that no roster comes.

    Raises
    ------
    WorkError
        `plan-ended-week`.
    """
    weekly = mail_of(desk.plan).weekly
    assert weekly is not None
    for monday, now in weeks_due(desk.calendar, weekly, today):
        if now and monday - timedelta(weeks=1) <= desk.plan.last < monday:
            raise WorkError("plan-ended-week", first=monday, last=desk.plan.last)


def is_issued(known: Before, days: Span) -> bool:
    """Whether a roster of exactly these days was issued."""
    return paper_of(known.history, known.plan.file.name, days.first, days.last) is not None


def issue_first(desk: Desk, days: Span, today: str | None) -> None:
    """Issue the roster of a week that was not issued yet; another run may do so at the same moment.

    Raises
    ------
    WorkError
        As `issue` does.
    """
    if is_issued(desk.look(), days):
        return
    try:
        issue(desk, Asked(days.first.isoformat()), today)
    except WorkError as refusal:
        if refusal.code != "issued-already":
            raise


def mailing_of(desk: Desk, days: Span) -> Mailing:
    """Give the roster of some days as it was issued last.

    Raises
    ------
    WorkError
        `not-issued`, `issued-left-plan`.
    """
    history, name = desk.look().history, desk.plan.file.name
    paper = paper_of(history, name, days.first, days.last)
    if paper is None:
        year, week, _ = days.first.isocalendar()
        raise WorkError("not-issued", first=days.first, last=days.last, week=f"{year}-W{week:02}")
    try:
        made = as_issued(desk.plan, desk.calendar, history, paper)
    except LeftThePlanError as left:
        raise WorkError("issued-left-plan", names=left.names[:_SHOWN]) from None
    return Mailing(paper, made, told_before(history, paper), replaced_by(history, name, paper))


def recipients(mailing: Mailing, copies: Iterable[str]) -> list[str]:
    """Give the ids of those who get a letter, in the order of the plan.

    These are the officers with visits in the roster, or in the one that it replaces; who leads a grid with visits; and
    who gets a copy.
    """
    papers = [mailing.paper, *([mailing.replaced] if mailing.replaced else [])]
    found = {officer for paper in papers for crew in paper.visits["officers"] for officer in crew}
    found |= set(copies) | set(_leads(mailing))
    return [one.id for one in mailing.plan.file.officers if one.id in found]


def leads_of(mailing: Mailing, officer: str) -> tuple[int, ...]:
    """Give the grids (codes) with visits that an officer leads; one below another that they lead too is left out."""
    own = [code for code, grid in enumerate(mailing.plan.file.grids) if officer in _holders(mailing, grid.id)]
    below = {code for one in own for code in grids_below(mailing.plan, one) if code != one}
    return tuple(code for code in own if code not in below and _has_visits(mailing, code))


def _leads(mailing: Mailing) -> Iterator[str]:
    for code, grid in enumerate(mailing.plan.file.grids):
        holders = _holders(mailing, grid.id)
        if holders and _has_visits(mailing, code):
            yield from holders


def _holders(mailing: Mailing, grid: str) -> list[str]:
    """Give who leads a grid on a day of the roster."""
    paper, roles = mailing.paper, mailing.plan.file.grids[mailing.plan.grids[grid]].roles
    return [
        str(one.officer)
        for one in roles.get(LEAD, ())
        if (one.from_ or paper.last) <= paper.last and (one.to or paper.first) >= paper.first
    ]


def _has_visits(mailing: Mailing, grid: int) -> bool:
    visits = mailing.schedule.visits.filter(~mailing.schedule.visits["surprise"])
    return bool(visits["grid"].is_in(grids_below(mailing.plan, grid)).any())
