"""The outbox: where each letter of a batch stands, as the ledger tells, and what is to be done with it now.

A letter is claimed in the ledger before it is handed to the mail server, so of two runs only one hands it over. A claim
that nobody finished within the lease was broken off inside the hand-over: whether the server took the letter nobody can
know, so it is sent again, marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

import polars as pl

from safeplan.core.events.mail import MailState

LEASE = timedelta(minutes=15)
"""How long a claim holds. Longer than any hand-over lasts, in which the last answer is waited for ten minutes."""


class Step(StrEnum):
    """What is to be done with a letter."""

    SEND = "send"
    AGAIN = "again"  # it may have arrived: with the same Message-ID, marked
    WAIT = "wait"  # another run is at it
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a letter stands: its last attempt, since when that is claimed, whether an earlier one may have arrived."""

    attempt: int = 0
    sent: bool = False
    claimed: datetime | None = None
    doubtful: bool = False
    code: str = ""
    """The server's answer to the last attempt, where that failed."""

    def is_broken_off(self, now: datetime, lease: timedelta) -> bool:
        """Whether it is claimed by a run that is no more."""
        return self.claimed is not None and now - self.claimed >= lease

    def step(self, now: datetime, lease: timedelta) -> Step:
        """Give what is to be done with it."""
        if self.sent:
            return Step.DONE
        if self.claimed is not None and not self.is_broken_off(now, lease):
            return Step.WAIT
        return Step.AGAIN if self.doubtful or self.claimed is not None else Step.SEND


NEW = Stand()
"""A letter that nobody has touched yet."""


def stands(told: pl.DataFrame, plan: str, batch: str, before: Mapping[str, Stand] | None = None) -> dict[str, Stand]:
    """Give where the letters of a batch stand, by the officer's id; of the others nothing was told.

    `told` is the table of `Mailed` (`History.of`), in the order of the ledger; `before` what earlier events gave.
    """
    found = dict(before or {})
    own = told.filter((pl.col("plan") == plan) & (pl.col("batch") == batch))
    for officer, state, attempt, code, recorded in own.select(
        "officer", "state", "attempt", "code", "recorded"
    ).iter_rows():
        found[officer] = _after(found.get(officer, NEW), MailState(state), attempt, code, recorded)
    return found


def standing(told: Mapping[str, Stand], officer: str) -> Stand:
    """Give where the letter to an officer stands."""
    return told.get(officer, NEW)


def _after(before: Stand, state: MailState, attempt: int, code: str, recorded: str) -> Stand:
    """Give where a letter stands after one more event; what was sent once stays so."""
    latest = max(before.attempt, attempt)
    match state:
        case MailState.CLAIMED:
            return replace(before, attempt=latest, claimed=datetime.fromisoformat(recorded), code="")
        case MailState.SENT:
            return replace(before, attempt=latest, sent=True, claimed=None, code="")
        case MailState.FAILED:
            return replace(before, attempt=latest, claimed=None, code=code)
        case MailState.UNSURE:
            return replace(before, attempt=latest, claimed=None, doubtful=True, code=code)
