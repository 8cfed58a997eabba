"""Rosters that were fixed: the approved year's and the weeks that were sent out; and what was undone."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.core.events.base import Event
from safeplan.plan.fields import Day, EnterpriseRef, GridRef, Integer, Model, OfficerRefs, Text, Texts, Truth
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


class IssuedVisit(RosterVisit):
    """A visit of a week that was sent out, with what its paper says."""

    order: Integer = Field(0, ge=0, description="place on its crew's route")
    minutes: Integer = Field(0, ge=0, description="without travel")
    surprise: Truth = Field(False, description="飞行检查: shown to its crew alone")


class Issued(Event):
    """已下发: the roster of some days that was sent out; fixed unless impossible."""

    kind: ClassVar[str] = "issue"

    plan: Text = Field(description="the plan's name")
    first: Day = Field(description="the days that it is of")
    last: Day = Field(description="the days that it is of")
    serial: Integer = Field(ge=1, description="counts the plan's issued rosters")
    replaces: Integer | None = Field(None, description="serial of the roster of the same days that it replaces")
    approved_by: Text = Field("", description="who approved it")
    paper: Text = Field("", description="文号")
    sha256: Text = Field(description="of the roster's visits, as JSON")
    visits: tuple[IssuedVisit, ...] = Field((), description="the roster")


class Undone(Event):
    """A counter-event: the other one was told in error."""

    kind: ClassVar[str] = "undo"

    target: Integer = Field(ge=1, description="number of the event that was told in error")
    reason: Text = Field("", description="why")
