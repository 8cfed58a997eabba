"""What became of a letter: claimed before it is handed over, then sent, failed, or unsure."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from safeplan.core.events.base import Event
from safeplan.plan.fields import Integer, OfficerRef, Text


class MailState(StrEnum):
    """Where a letter stands."""

    CLAIMED = "claimed"  # a run is about to hand it over
    SENT = "sent"  # the server has taken it
    FAILED = "failed"  # the server has not taken it
    UNSURE = "unsure"  # the run or the connection ended while it was handed over: nobody can know


class Mailed(Event):
    """A step in the sending of one letter. Addresses have no field here, so they never enter a ledger."""

    kind: ClassVar[str] = "mail"

    plan: Text = Field(description="the plan's name")
    batch: Text = Field(min_length=1, description="what is sent: roster-12 (number of its event), overdue-2026-03-06")
    officer: OfficerRef = Field(description="to whom")
    state: MailState = Field(description="claimed, sent, failed or unsure")
    attempt: Integer = Field(1, ge=1, description="counts the attempts at this letter")
    code: Text = Field("", description="the server's answer (450), or why there was none")
