"""Ids: what may be one, how names become part of one, and how an obligation's id is spelt (rules.md, Ids).

Ids go into ledger, mail and draws, so their spelling never changes.
"""

from __future__ import annotations

import re
import unicodedata

from safeplan.terms.diagnostic import TermError

_FORBIDDEN = re.compile(r"[/\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")


def read_id(text: str) -> str:
    """Check a text that is to be an id; gives it in NFC.

    Raises
    ------
    TermError
        `bad-id` when it is empty or holds a slash, white space, a control or an invisible character.
    """
    text = unicodedata.normalize("NFC", text)
    if not text or _FORBIDDEN.search(text):
        raise TermError("bad-id", found=text)
    return text


def slug(name: str) -> str:
    """Make a name part of an id: NFC, each run of slashes, white space and control characters one "-"."""
    return _FORBIDDEN.sub("-", unicodedata.normalize("NFC", name).strip()).strip("-") or "-"


def folded(text: str) -> str:
    """Give the form in which two ids that differ only by case or width are equal."""
    return unicodedata.normalize("NFKC", text).casefold()


def obligation_id(rule: str, subject: str, period: str, n: int) -> str:
    """Spell an obligation: class-A/E0001/2026-03/1. A subject not drawn yet is "-"."""
    return f"{rule}/{subject}/{period}/{n}"
