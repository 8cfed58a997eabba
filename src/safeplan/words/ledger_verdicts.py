"""What verifying a ledger found, as sentences."""

from __future__ import annotations

from safeplan.words.language import Words

VERDICTS: dict[str, str] = {
    "edited": "event {number} is not as it was recorded: it, or the one before it, was changed",
    "missing": "event {number} is missing",
    "reordered": "the events were reordered: event {number} now stands at {at}",
    "damaged": "the database is damaged: event {number} and what follows it cannot be read",
    "cut": "the ledger ends before event {number}, but the paper {paper} says there were more",
    "other": "event {number} is not the one of the paper {paper}",
}


def head_text(words: Words, events: int, digest: str) -> str:
    """Say where a ledger's chain ends, as papers carry it: 12 events, head ab12cd34."""
    return words("{n} events, head {head}", n=events, head=digest[:8] or "–")


def verdict(words: Words, why: str, *, number: int | None, at: int | None, paper: str | None) -> str:
    """Say what is wrong with a ledger, and where."""
    return words(VERDICTS[why], number=number, at=at, paper=paper or "–")
