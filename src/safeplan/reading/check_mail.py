"""Checks of who can be mailed: the sender, the domains that are allowed, and the officers' addresses."""

from __future__ import annotations

from safeplan.plan.plan import Plan
from safeplan.reading.findings import Findings
from safeplan.reading.yaml_tree import Mapping, place_of
from safeplan.terms.address import is_allowed, read_mailbox
from safeplan.terms.diagnostic import warning


def check_mail(plan: Plan, tree: Mapping, findings: Findings) -> None:
    """Find a sender that is no address, and officers whose address is none or lies in a domain that is not allowed."""
    mail = plan.file.mail
    if mail is None:
        return
    if read_mailbox(mail.sender) is None:
        findings.add(warning("mail-sender", place_of(tree, ("mail", "sender"), key=True), found=mail.sender))
    for i, officer in enumerate(plan.file.officers):
        mailbox = read_mailbox(officer.email)
        place = place_of(tree, ("officers", i, "email"))
        if officer.email and mailbox is None:
            findings.add(warning("not-an-address", place, found=officer.name))
        elif mailbox is not None and not is_allowed(mailbox, mail.allow):
            findings.add(warning("mail-not-allowed", place, found=officer.name, domain=mailbox.domain))
