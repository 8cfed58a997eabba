"""Spot checks (双随机): drawn in two acts."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.plan.fields import DurationField, Model, ShareField, Text, Truth
from safeplan.plan.rules.base import Rule
from safeplan.terms.period import Unit
from safeplan.terms.reason import Kind


class Exclude(Model):
    """Who is left out of a draw."""

    visited_within: DurationField | None = None


class SpotCheck(Rule):
    """A share of the pool, drawn each unit."""

    kind: ClassVar[Kind] = Kind.SPOT_CHECK

    name: Text = Field(min_length=1)
    share: ShareField | None = None
    per: Unit = Unit.QUARTER
    exclude: Exclude | None = None
    random_officers: Truth = False
    cross: Truth = Field(False, description="nobody whose grids name the enterprise's own")
    seed: dict[str, Text] = Field(default_factory=dict, description="unit (Q1, 2026-Q1) → the public event's result")
