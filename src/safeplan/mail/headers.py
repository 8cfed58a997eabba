"""Headers that no name or title can break."""

from __future__ import annotations

from email.headerregistry import Address

from safeplan.output.scrub import scrub
from safeplan.terms.address import Mailbox


def header_address(mailbox: Mailbox) -> Address:
    """Give a mailbox as a header takes it."""
    return Address(header_text(mailbox.name), mailbox.user, mailbox.domain)


def header_text(text: str) -> str:
    """Give a text that can end no header: unseen characters are shown, and nothing in it is an encoded word.

    The email package decodes what looks like one (RFC 2047, `=?utf-8?b?DQo=?=`), line breaks with it, when a header is
    set, and writes them out.
    """
    return scrub(text).replace("=?", "= ?")
