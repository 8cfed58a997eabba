"""Mail addresses: what is one, and whether it lies in a domain that is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from safeplan.terms.text import half_width

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@({_LABEL}(?:\.{_LABEL})*)")
"""RFC 5321, without quoted names and address literals, which no office uses and which servers read differently."""
_NAMED = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*")
_LONGEST = 254  # RFC 5321, 4.5.3.1.3


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address, and the name that people read before it."""

    name: str
    user: str
    domain: str

    @property
    def address(self) -> str:
        """Give the address alone."""
        return f"{self.user}@{self.domain}"


def read_mailbox(text: str, name: str = "") -> Mailbox | None:
    """Read `name <user@host>` or `user@host`; a domain in other letters becomes its ASCII form. None: it is neither."""
    named = _NAMED.fullmatch(text)
    name, address = (named[1].strip('"') or name, named[2]) if named else (name, text)
    user, at, domain = half_width(address).strip().rpartition("@")
    found = _ADDRESS.fullmatch(f"{user}{at}{ascii_domain(domain) or ''}")
    if found is None or len(found[0]) > _LONGEST:
        return None
    return Mailbox(name, found[1], found[2])


def ascii_domain(domain: str) -> str | None:
    """Give a domain in ASCII and lower case, 例子.cn as xn--…; None: it is none."""
    try:
        return domain.strip().rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


def is_allowed(mailbox: Mailbox, allow: Iterable[str]) -> bool:
    """Whether some domains name the mailbox's very own; those below it are others."""
    return mailbox.domain in {ascii_domain(one.removeprefix("@")) for one in allow}
