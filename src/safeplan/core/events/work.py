"""Dated work that was done, figures, named events, waivers and changes of class."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.core.events.base import Event
from safeplan.plan.fields import ClassRef, Day, EnterpriseRef, GridRef, Number, OfficerRefs, Text


class ActivityDone(Event):
    """A piece of dated work that was done."""

    kind: ClassVar[str] = "activity"

    activity: Text = Field(min_length=1, description="its id: activity-安全生产月宣传/-/2026-06/1")
    officers: OfficerRefs = Field((), description="who did it")
    evidence: Text = Field("", description="佐证: what shows it")


class Figure(Event):
    """A figure of a target that is reported (`measure: reported`)."""

    kind: ClassVar[str] = "figure"

    target: Text = Field(min_length=1, description="the target's name")
    value: Number = Field(description="a share as a fraction (0.93), or a number")


class Happened(Event):
    """What rules may wait for: the plan's `events:` as they come."""

    kind: ClassVar[str] = "event"

    event: Text = Field(min_length=1, description="what triggers and phases wait for: banquet, 两会闭幕")
    enterprise: EnterpriseRef | None = Field(None, description="to whom it happened")
    grid: GridRef | None = Field(None, description="where it happened")
    until: Day | None = Field(None, description="the day on which it ended")


class Waived(Event):
    """What is owed and shall not be done, with the reason."""

    kind: ClassVar[str] = "waive"

    what: Text = Field(min_length=1, description="id of a visit, an obligation or an activity")
    reason: Text = Field(min_length=1, description="why")


class Classed(Event):
    """A new class from `day` on."""

    kind: ClassVar[str] = "class"

    enterprise: EnterpriseRef = Field(description="whose")
    class_: ClassRef = Field(alias="class", description="the class from then on")
    reason: Text = Field("", description="why")
