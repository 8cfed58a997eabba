"""Holiday checks (节前检查, 节中督导, 节后复工): visits before, during and after a holiday or a named event."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.plan.fields import DurationField, Text, Texts
from safeplan.plan.rules.base import Rule
from safeplan.terms.reason import Kind


class Holiday(Rule):
    """Which holidays or events, on which side of them, and how near."""

    kind: ClassVar[Kind] = Kind.HOLIDAY

    name: Text = Field(min_length=1)
    before: Texts = Field(
        (),
        description="holidays (new-year, spring-festival, qingming, labour-day, dragon-boat, mid-autumn, "
        "national-day) or events: the working days before the first day off",
    )
    during: Texts = Field((), description="the same: the run of days off itself")
    after: Texts = Field((), description="the same: the working days after the last day off")
    within: DurationField | None = Field(None, description="of before and after: how many working days")
