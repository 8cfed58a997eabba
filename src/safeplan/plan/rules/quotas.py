"""Quotas: so many distinct enterprises a team reaches in each unit, over every rule."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.plan.fields import Integer, TeamRef, Text
from safeplan.plan.rules.base import Rule
from safeplan.terms.family import Family
from safeplan.terms.period import Unit
from safeplan.terms.reason import Kind


class Quota(Rule):
    """At least `at_least` distinct enterprises visited by the team's crews per unit."""

    kind: ClassVar[Kind] = Kind.QUOTA

    name: Text = Field(min_length=1)
    family: Family | None = Family.PATROL
    team: TeamRef = Field(description="whose crews make the visits that count")
    at_least: Integer | None = Field(None, ge=1, description="distinct enterprises in each unit")
    per: Unit = Field(Unit.MONTH, description="the unit")
