"""A visit that was made, or tried."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from safeplan.core.events.base import Event
from safeplan.plan.fields import EnterpriseRef, GridRef, OfficerRefs, Text, Texts
from safeplan.terms.family import Family


class Outcome(StrEnum):
    """How a visit ended."""

    DONE = "done"
    PART = "part"
    CLOSED = "closed"
    REFUSED = "refused"
    MOVED = "moved"
    CEASED = "ceased"


class VisitMade(Event):
    """检查记录. Only `done` meets an obligation; another is owed again where the plan's `retry:` asks for it."""

    kind: ClassVar[str] = "visit"

    enterprise: EnterpriseRef | None = Field(None, description="what was visited")
    grid: GridRef | None = Field(None, description="the grid that was patrolled")
    outcome: Outcome = Field(Outcome.DONE, description="how it ended")
    officers: OfficerRefs = Field((), description="who went; who led stands first")
    family: Family = Field(Family.INSPECTION, description="检查性质")
    visit: Text = Field("", description="id of the planned visit, when it was one")
    serves: Texts = Field((), description="ids of the obligations that it was planned for")
