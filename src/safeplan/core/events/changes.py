"""The day of trouble: somebody is away, a visit is asked for, fixed by hand, or moved."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.core.events.base import Event
from safeplan.plan.fields import Day, DaysField, DurationField, EnterpriseRef, OfficerRef, OfficerRefs, SpanField, Text
from safeplan.plan.rules.pins import Cause
from safeplan.terms.family import Family


class Leave(Event):
    """Days on which an officer is away."""

    kind: ClassVar[str] = "leave"

    officer: OfficerRef = Field(description="who")
    days: DaysField = Field(description="as in the plan: 2026-05-06/2026-05-12, 2026-06-03 pm")
    reason: Text = Field("", description="why")


class Requested(Event):
    """A visit that somebody asks for; owed within the time from `day`."""

    kind: ClassVar[str] = "request"

    enterprise: EnterpriseRef = Field(description="whom to visit")
    within: DurationField = Field(description="3 days, 3 workdays")
    cause: Cause = Field(Cause.REQUEST, description="a complaint is owed as such")
    reason: Text = Field("", description="why")


class Pinned(Event):
    """A visit fixed by hand, as the plan's `pins:` fix one."""

    kind: ClassVar[str] = "pin"

    enterprise: EnterpriseRef = Field(description="what is visited")
    on: Day | None = Field(None, description="the day; may be a day off")
    window: SpanField | None = Field(None, description="keeps to working days")
    officers: OfficerRefs = Field((), description="exactly the crew")
    with_: OfficerRefs = Field((), alias="with", description="some of the crew")
    except_: OfficerRefs = Field((), alias="except", description="kept away, hard")
    family: Family | None = Field(None, description="检查性质")
    cause: Cause | None = Field(None, description="why, in a word that caps, gaps and importance know")
    reason: Text = Field("", description="why, in text that is printed as it stands")


class Moved(Event):
    """A planned visit that goes to another day."""

    kind: ClassVar[str] = "move"

    visit: Text = Field(min_length=1, description="id of the planned visit")
    to: Day = Field(description="its new day")
    reason: Text = Field("", description="why")
