"""The outbox: what the ledger's events say is to be done with a letter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from made.ledgers import records, told
from safeplan.core.events.mail import Mailed, MailState
from safeplan.core.history import body_of
from safeplan.core.outbox import LEASE, Step, standing, stands

DAY = date(2026, 3, 6)
CLAIMED_AT = datetime(2026, 3, 6, 1, tzinfo=UTC)  # as made.ledgers records
SOON, LATER = CLAIMED_AT + timedelta(minutes=1), CLAIMED_AT + LEASE
C, S, F, U = MailState.CLAIMED, MailState.SENT, MailState.FAILED, MailState.UNSURE


def mail(state: MailState, attempt: int = 1, **changes: str) -> Mailed:
    facts = {"day": DAY, "plan": "计划", "batch": "roster-12", "officer": "wang", "state": state, "attempt": attempt}
    return Mailed.model_validate(facts | changes)


def step(*events: Mailed, now: datetime = LATER) -> Step:
    return standing(stands(told(*events).of(Mailed), "计划", "roster-12"), "wang").step(now, LEASE)


@pytest.mark.parametrize(
    ("events", "soon", "later"),
    [
        pytest.param([], Step.SEND, Step.SEND, id="nothing told"),
        pytest.param([mail(C)], Step.WAIT, Step.AGAIN, id="claimed: another run is at it, or was"),
        pytest.param([mail(C), mail(S)], Step.DONE, Step.DONE, id="sent"),
        pytest.param([mail(C), mail(F, code="450")], Step.SEND, Step.SEND, id="refused for now"),
        pytest.param([mail(F, code="550"), mail(F, 2, code="550")], Step.SEND, Step.SEND, id="refused twice"),
        pytest.param([mail(C), mail(U)], Step.AGAIN, Step.AGAIN, id="lost inside"),
        pytest.param([mail(C), mail(U), mail(C, 2)], Step.WAIT, Step.AGAIN, id="being sent again"),
        pytest.param([mail(C), mail(U), mail(C, 2), mail(S, 2)], Step.DONE, Step.DONE, id="sent again"),
        pytest.param([mail(C), mail(U), mail(F, 2)], Step.AGAIN, Step.AGAIN, id="it may still have arrived before"),
        pytest.param(
            [mail(C), mail(U), mail(C, 2), mail(S, 1)], Step.DONE, Step.DONE, id="the first run was only slow"
        ),
        pytest.param([mail(S, officer="li")], Step.SEND, Step.SEND, id="another's letter"),
        pytest.param([mail(S, batch="roster-13")], Step.SEND, Step.SEND, id="another roster"),
        pytest.param([mail(S, plan="别的计划")], Step.SEND, Step.SEND, id="another plan"),
    ],
)
def test_what_is_to_be_done(events: list[Mailed], soon: Step, later: Step) -> None:
    assert (step(*events, now=SOON), step(*events, now=LATER)) == (soon, later)


def test_a_stand_tells_attempts_and_the_last_answer() -> None:
    found = stands(told(mail(C), mail(F, code="450"), mail(F, 2, code="550")).of(Mailed), "计划", "roster-12")
    assert (found["wang"].attempt, found["wang"].code) == (2, "550")


def test_the_ledger_keeps_no_address() -> None:
    assert "@" not in body_of(mail(S)) and set(records(mail(S))["kind"]) == {"mail"}
