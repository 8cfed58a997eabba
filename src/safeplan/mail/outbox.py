"""Sending the letters of a batch once each, over a ledger that other runs may write to at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import polars as pl

from safeplan.core.events.mail import Mailed, MailState
from safeplan.core.events.rosters import Undone
from safeplan.core.history import Head, history_of
from safeplan.core.outbox import LEASE, Stand, Step, standing, stands
from safeplan.ledger.errors import LedgerMoved
from safeplan.ledger.store import Ledger
from safeplan.mail.errors import Refused, SmtpError, Unsure

Clock = Callable[[], datetime]
"""Gives the time, in the plan's zone."""

_TRIES = 1000


class Hands(Protocol):
    """What takes letters to the server (`mail.smtp.Courier`)."""

    def envelope(self, sender: str, recipient: str) -> None:
        """Say from whom and to whom; raises Refused and SmtpError."""

    def hand_over(self, message: bytes) -> None:
        """Hand the letter over; raises Refused and Unsure."""

    def give_up(self) -> None:
        """Withdraw the envelope."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter to an officer, ready to go; `written` gives its bytes, marked when it may have arrived before."""

    officer: str
    sender: str
    recipient: str
    written: Callable[[bool], bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel in this run: sent, again (sent once more, marked), before (sent by an earlier run),
    waits (another run is at it), refused, unsure (the connection ended inside), unreached (no server)."""

    officer: str
    how: str
    code: str = ""


class Outbox:
    """The letters of one batch of a plan, as the ledger tells of them."""

    def __init__(self, ledger: Ledger, plan: str, batch: str, who: str, now: Clock, lease: timedelta = LEASE) -> None:
        self._ledger, self._plan, self._batch, self._who = ledger, plan, batch, who
        self._now, self._lease = now, lease
        self._head = Head(0, "")
        self._stands: dict[str, Stand] = {}
        self._look()

    def send(self, parcels: Iterable[Parcel], hands: Hands) -> Iterator[Outcome]:
        """Send what is to be sent, one after the other, and say of each what became of it.

        When the server cannot be reached the rest is not tried.

        Raises
        ------
        LedgerError
            The ledger does not take a step. What was being handed over will be unsure to the next run.
        """
        unreached = ""
        for parcel in parcels:
            if not unreached:
                try:
                    yield self._send(parcel, hands)
                    continue
                except SmtpError as problem:
                    unreached = problem.code
            known = self._step(parcel.officer) is Step.DONE
            yield Outcome(parcel.officer, "before") if known else Outcome(parcel.officer, "unreached", unreached)

    def _send(self, parcel: Parcel, hands: Hands) -> Outcome:
        officer = parcel.officer
        while True:
            step = self._step(officer)
            if step in (Step.DONE, Step.WAIT):
                return Outcome(officer, "before" if step is Step.DONE else "waits")
            message = parcel.written(step is Step.AGAIN)
            try:
                hands.envelope(parcel.sender, parcel.recipient)
            except Refused as refusal:
                self._append(*self._broken_off(officer), self._event(officer, MailState.FAILED, 1, refusal.code))
                return Outcome(officer, "refused", refusal.code)
            if self._claimed(officer, step):
                return self._handed_over(officer, message, hands, again=step is Step.AGAIN)
            hands.give_up()  # another run was quicker

    def _claimed(self, officer: str, step: Step) -> bool:
        """Claim a letter; False when another run has done something to it since."""
        for _ in range(_TRIES):
            events = (*self._broken_off(officer), self._event(officer, MailState.CLAIMED, 1))
            try:
                self._append(*events, expect=self._head)
            except LedgerMoved:
                self._look()
                if self._step(officer) is not step:
                    return False
                continue
            return True
        raise LedgerMoved(expected=str(self._head), found="?")

    def _handed_over(self, officer: str, message: bytes, hands: Hands, *, again: bool) -> Outcome:
        """Hand a claimed letter over and tell what became of it."""
        try:
            hands.hand_over(message)
        except Refused as refusal:
            self._append(self._event(officer, MailState.FAILED, 0, refusal.code))
            return Outcome(officer, "refused", refusal.code)
        except (Unsure, KeyboardInterrupt) as problem:
            self._append(self._event(officer, MailState.UNSURE, 0, "lost"))
            if isinstance(problem, KeyboardInterrupt):
                raise
            return Outcome(officer, "unsure", "lost")
        self._append(self._event(officer, MailState.SENT, 0))
        return Outcome(officer, "again" if again else "sent")

    def _step(self, officer: str) -> Step:
        return standing(self._stands, officer).step(self._now(), self._lease)

    def _broken_off(self, officer: str) -> tuple[Mailed, ...]:
        """Give the event that an earlier run, which ended inside the hand-over, could not tell any more."""
        if standing(self._stands, officer).is_broken_off(self._now(), self._lease):
            return (self._event(officer, MailState.UNSURE, 0, "broken-off"),)
        return ()

    def _event(self, officer: str, state: MailState, further: int, code: str = "") -> Mailed:
        """Make an event of the last attempt, or of the next one (`further` is 1)."""
        attempt = standing(self._stands, officer).attempt + further
        return Mailed.model_validate(
            {
                "day": self._now().date(),
                "plan": self._plan,
                "batch": self._batch,
                "officer": officer,
                "state": state,
                "attempt": attempt,
                "code": code,
            }
        )

    def _append(self, *events: Mailed, expect: Head | None = None) -> None:
        self._ledger.append(events, who=self._who, now=self._now(), expect=expect)
        self._look()

    def _look(self) -> None:
        """Read what was told since the last look."""
        new = self._ledger.records(self._head.events)
        if len(new):
            self._head = Head(int(new["number"][-1]), str(new["hash"][-1]))
            own = new.filter(pl.col("kind").is_in([Mailed.kind, Undone.kind]))
            self._stands = stands(history_of(own).of(Mailed), self._plan, self._batch, self._stands)
