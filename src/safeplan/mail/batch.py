"""Batches of letters: to whom each goes, who gets none and why, and the letter itself, made when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from safeplan.core.overdue.choice import Wanted, choose_overdue
from safeplan.core.overdue.overdue import Overdue
from safeplan.mail.attached import KINDS, UNASKED, files_for
from safeplan.mail.message import Letter, message_id
from safeplan.plan.plan import Plan
from safeplan.plan.settings import Mail
from safeplan.terms.address import Mailbox, is_allowed, read_mailbox
from safeplan.views.mail import Mailing, Parts, letter_document, subject_of
from safeplan.views.overdue import overdue_document
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.mail import leads_of, recipients


@dataclass(frozen=True, slots=True)
class Aside:
    """An officer who gets no mail: `why` is a key of words.mail.ASIDE."""

    officer: str
    name: str
    why: str
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Letters that belong together: `name` is theirs in the ledger, `to` gives the mailbox of each officer (id)."""

    plan: str
    name: str
    title: str
    sender: Mailbox
    to: Mapping[str, Mailbox]
    aside: tuple[Aside, ...]
    letter: Callable[[str], Letter]

    @property
    def has_faults(self) -> bool:
        """Whether somebody gets no mail for a fault of the plan; who has no address gets paper."""
        return any(one.why != "no-address" for one in self.aside)


def sender_of(mail: Mail) -> Mailbox:
    """Give who sends.

    Raises
    ------
    WorkError
        `no-mail-sender`, `no-mail-allow`, `bad-attach`.
    """
    sender = read_mailbox(mail.sender)
    if sender is None:
        raise WorkError("no-mail-sender")
    if not mail.allow:
        raise WorkError("no-mail-allow")
    for one in mail.weekly.attach if mail.weekly else ():
        if one not in KINDS:
            raise WorkError("bad-attach", asked=one)
    return sender


def roster_batch(mailing: Mailing, mail: Mail, words: Words) -> Batch:
    """Make the letters of an issued roster: own visits to each officer, summaries to leads, the lot to `cc`."""
    plan, paper, sender = mailing.plan, mailing.paper, sender_of(mail)
    attach = mail.weekly.attach if mail.weekly else UNASKED
    copies = mail.weekly.cc if mail.weekly else ()

    def letter(officer: str) -> Letter:
        code = plan.officers[officer]
        files = files_for(mailing, code, attach, words)
        parts = Parts(code, leads_of(mailing, officer), officer in copies, tuple(one.name for one in files))
        old = mailing.replaced
        return Letter(
            to=to[officer],
            document=letter_document(mailing, parts, words),
            id=message_id(sender, plan.file.name, paper.head.hash, officer),
            replaces=message_id(sender, plan.file.name, old.head.hash, officer) if old is not None else "",
            attachments=files,
        )

    to, aside = _addressed(plan, mail, recipients(mailing, copies))
    title = subject_of(mailing, words)
    return Batch(plan.file.name, f"roster-{paper.head.events}", title, sender, to, aside, letter)


def digest_batch(found: Overdue, mail: Mail, words: Words) -> Batch:
    """Make the letters of what is overdue on a day: to each who answers for some of it, that alone."""
    plan, sender = found.plan, sender_of(mail)
    late = found.rows.filter("overdue", found.rows["hidden"].is_null())
    answer = late["officers"].explode(empty_as_null=False, keep_nulls=False).unique()
    people = [one.id for one in plan.file.officers if one.id in set(answer)]

    def letter(officer: str) -> Letter:
        chosen = choose_overdue(found, Wanted(officer=plan.officers[officer]))
        document = overdue_document(chosen, words)
        return Letter(to[officer], document, message_id(sender, plan.file.name, batch, officer))

    batch = f"overdue-{found.as_of}"
    to, aside = _addressed(plan, mail, people)
    title = words("{plan}: overdue", plan=plan.file.name)
    return Batch(plan.file.name, batch, title, sender, to, aside, letter)


def _addressed(plan: Plan, mail: Mail, people: Iterable[str]) -> tuple[dict[str, Mailbox], tuple[Aside, ...]]:
    """Part officers (ids) into those who may get a mail, and the others."""
    to: dict[str, Mailbox] = {}
    aside = []
    for id_ in people:
        officer = plan.file.officers[plan.officers[id_]]
        mailbox = read_mailbox(officer.email, officer.name)
        if not officer.email:
            aside.append(Aside(id_, officer.name, "no-address"))
        elif mailbox is None:
            aside.append(Aside(id_, officer.name, "bad-address"))
        elif not is_allowed(mailbox, mail.allow):
            aside.append(Aside(id_, officer.name, "not-allowed", mailbox.domain))
        else:
            to[id_] = mailbox
    return to, tuple(aside)
