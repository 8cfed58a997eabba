"""Which batches of letters a person, or cron, asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safeplan.mail.batch import Batch, digest_batch, roster_batch, sender_of
from safeplan.terms.span import Span
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.mail import due_weeks, is_issued, issue_first, mail_of, mailing_of, must_go_on, week_of
from safeplan.work.overdue import Asked as AskedOverdue
from safeplan.work.overdue import find_overdue
from safeplan.work.recording.desk import Desk
from safeplan.work.schedules import today_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as a person typed it: the roster of a week, those that are due, or what is overdue."""

    week: str | None = None
    if_due: bool = False
    issue: bool = False
    overdue: bool = False
    today: str | None = None


def batches(desk: Desk, asked: Asked, words: Words) -> Iterator[Batch]:
    """Give the letters that are asked for, the earliest week first.

    Raises
    ------
    WorkError
        `mail-digest-alone`, `mail-week-or-due`, `no-mail`, `no-mail-sender`, `no-mail-allow`, `bad-attach`,
        `no-weekly`; `bad-week`, `not-in-period`, `plan-ended`, `not-issued`, `issued-left-plan`; what `issue` refuses;
        when the others are given `plan-ended-week`.
    LedgerError
        The ledger cannot be read.
    """
    if asked.overdue and (asked.week is not None or asked.if_due or asked.issue):
        raise WorkError("mail-digest-alone")
    if asked.if_due and asked.week is not None:
        raise WorkError("mail-week-or-due")
    settings = mail_of(desk.plan)
    sender_of(settings)
    if asked.overdue:
        found = find_overdue(desk.path, AskedOverdue(asked.today), lambda settings: desk.place, desk.progress)
        return iter([digest_batch(found.chosen.overdue, settings, words)])
    return _rosters(desk, asked, words)


def _rosters(desk: Desk, asked: Asked, words: Words) -> Iterator[Batch]:
    """Give the letters of each week; of one whose sending day is over, where that day had its roster issued."""
    today, settings = today_of(desk.plan, asked.today), mail_of(desk.plan)
    weeks = due_weeks(desk, today) if asked.if_due else [(week_of(desk.plan, asked.week or "next", today), True)]
    for days, is_today in weeks:
        if not is_today and not is_issued(desk.look(), days):
            continue
        if asked.issue and not _issued_first(desk, days, asked):
            continue
        yield roster_batch(mailing_of(desk, days), settings, words)
    if asked.if_due:
        must_go_on(desk, today)


def _issued_first(desk: Desk, days: Span, asked: Asked) -> bool:
    """Issue a week that nobody has issued; False when it holds nothing and only what is due was asked for."""
    try:
        issue_first(desk, days, asked.today)
    except WorkError as refusal:
        if refusal.code != "nothing-to-issue" or not asked.if_due:
            raise
        return False
    return True
