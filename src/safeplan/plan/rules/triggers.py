"""Triggers (事发即查): an event brings a visit."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.plan.fields import DurationField, Text
from safeplan.plan.rules.base import Rule
from safeplan.terms.reason import Kind


class Trigger(Rule):
    """Events of a kind bring one visit each, within a time after them."""

    kind: ClassVar[Kind] = Kind.TRIGGER

    name: Text = Field(min_length=1)
    event: Text = Field(min_length=1, description="the kind of event (`kind` in `events`)")
    within: DurationField = Field(description="how long after the event's day the visit may fall")
