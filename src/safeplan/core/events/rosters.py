"""Rosters that were fixed: the approved year's, and what was undone."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.core.events.base import Event
from safeplan.plan.fields import Day, EnterpriseRef, GridRef, Integer, Model, OfficerRefs, Text, Texts
from safeplan.terms.family import Family


class RosterVisit(Model):
    """A visit of a roster that was fixed."""

    id: Text = Field(description="id of the visit")
    day: Day = Field(description="its day")
    enterprise: EnterpriseRef | None = Field(None, description="what is visited")
    grid: GridRef | None = Field(None, description="the grid that is patrolled")
    officers: OfficerRefs = Field((), description="who goes; who leads stands first")
    family: Family = Field(Family.INSPECTION, description="检查性质")
    serves: Texts = Field((), description="ids of the obligations that it serves")
    until: Day = Field(description="the last day of the first window that closes on it")


class Adopted(Event):
    """已批准: the approved year's roster; schedules after it change as little as they can."""

    kind: ClassVar[str] = "adopt"

    plan: Text = Field(description="the plan's name")
    approved_by: Text = Field("", description="who approved it")
    paper: Text = Field("", description="文号")
    first: Day = Field(description="the plan's period")
    last: Day = Field(description="the plan's period")
    visits: tuple[RosterVisit, ...] = Field((), description="the roster")


class Undone(Event):
    """A counter-event: the other one was told in error."""

    kind: ClassVar[str] = "undo"

    target: Integer = Field(ge=1, description="number of the event that was told in error")
    reason: Text = Field("", description="why")
