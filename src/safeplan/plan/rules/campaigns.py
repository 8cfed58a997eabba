"""Campaigns (专项整治): dated phases, which may share, pick, outlast the year or end at a named event."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from safeplan.plan.fields import Day, OwnerRef, ShareField, Text, as_list
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.picks import Pick
from safeplan.terms.reason import Kind


class Phase(Rule):
    """A dated part of a campaign; what it does not say, the campaign says."""

    kind: ClassVar[Kind] = Kind.CAMPAIGN

    from_: Day | None = Field(None, alias="from", description="first day; left out: the period's")
    to: Day | None = Field(None, description="last day; without it and without until the phase is open-ended")
    until: Text = Field("", description="a named event in place of `to`, its day included")
    share: ShareField | None = Field(None, description="this share of the pool, in risk order")
    pick: Pick | None = Field(None, description="so many of the pool")
    activity: Text = Field("", description="work of the phase that is not a visit")
    owner: OwnerRef | None = Field(None, description="of the activity: an officer, or a role of the grids")


class Campaign(Rule):
    """A named campaign and its phases."""

    kind: ClassVar[Kind] = Kind.CAMPAIGN

    name: Text = Field(min_length=1)
    pick: Pick | None = Field(None, description="so many of the pool, for every phase that does not say")
    share: ShareField | None = Field(None, description="this share of the pool, for every phase that does not say")
    phases: Annotated[tuple[Phase, ...], BeforeValidator(as_list)] = Field(
        min_length=1, description="dated parts, each with its own visits or activity"
    )
