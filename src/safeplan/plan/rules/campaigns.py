"""Campaigns (专项整治): dated phases, which may share, pick, outlast the year or end at a named event."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from safeplan.plan.fields import Day, Integer, Model, OwnerRef, ShareField, Text, as_list
from safeplan.plan.rules.base import Rule
from safeplan.terms.reason import Kind


class Pick(Model):
    """Which of the pool: so many in each grid, in risk order or by draw."""

    at_least: Integer | None = Field(None, ge=1)
    count: Integer | None = Field(None, ge=1)
    per: Text = Field("", description="grid, or a level's name")
    order: Text = Field("risk", pattern="^(risk|draw)$")
    seed: Text = ""


class Phase(Rule):
    """A dated part of a campaign; what it does not say, the campaign says."""

    kind: ClassVar[Kind] = Kind.CAMPAIGN

    from_: Day | None = Field(None, alias="from")
    to: Day | None = None
    until: Text = Field("", description="a named event in place of `to`, its day included")
    share: ShareField | None = None
    pick: Pick | None = None
    activity: Text = Field("", description="work of the phase that is not a visit")
    owner: OwnerRef | None = None


class Campaign(Rule):
    """A named campaign and its phases."""

    kind: ClassVar[Kind] = Kind.CAMPAIGN

    name: Text = Field(min_length=1)
    pick: Pick | None = None
    share: ShareField | None = None
    phases: Annotated[tuple[Phase, ...], BeforeValidator(as_list)] = Field(min_length=1)
