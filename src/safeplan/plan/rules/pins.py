"""Pins (指定): a visit fixed by hand - the day, a span, or the people, each alone."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field, model_validator

from safeplan.plan.fields import Day, EnterpriseRef, OfficerRefs, SpanField, Text
from safeplan.plan.rules.base import Rule
from safeplan.terms.diagnostic import TermError
from safeplan.terms.identity import slug
from safeplan.terms.reason import Kind


class Cause(StrEnum):
    """Why, in a word that caps, gaps and importance know."""

    COMPLAINT = "complaint"
    TRANSFER = "transfer"
    MONITORING = "monitoring"
    REQUEST = "request"


class Pin(Rule):
    """With `day` or `window` it owes one visit; with people alone it binds every visit to that enterprise."""

    kind: ClassVar[Kind] = Kind.PIN

    enterprise: EnterpriseRef = Field(description="what is visited")
    day: Day | None = Field(None, description="may be a day off")
    window: SpanField | None = Field(None, description="keeps to working days")
    officers: OfficerRefs = Field((), description="exactly the crew")
    with_: OfficerRefs = Field((), alias="with", description="some of the crew")
    except_: OfficerRefs = Field((), alias="except", description="kept away, hard")
    cause: Cause | None = Field(None, description="why, in a word that caps, gaps and importance know")
    reason: Text = Field("", description="why, in text that is printed as it stands")
    number: Text = Field("", description="the paper's number")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.day is not None and self.window is not None:
            raise TermError("pin-day-and-window")
        if not (self.day or self.window or self.officers or self.with_ or self.except_):
            raise TermError("pin-says-nothing")
        return self


def pin_id(subject: str, pin: Pin) -> str:
    """Give the rule id of a pin of an enterprise (rules.md, Ids)."""
    days = str(pin.day) if pin.day else f"{pin.window.first}..{pin.window.last}" if pin.window else "people"
    return f"pin-{slug(subject)}-{days}"
