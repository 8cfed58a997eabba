"""Spot checks (双随机): drawn in two acts."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.plan.fields import DurationField, Model, ShareField, Text, Truth
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.priorities import WindowField
from safeplan.terms.period import Unit
from safeplan.terms.reason import Kind


class Exclude(Model):
    """Who is left out of a draw."""

    visited_within: DurationField | None = Field(
        None, description="visits done in this time before the period's first day"
    )


class SpotCheck(Rule):
    """A share of the pool, drawn each unit."""

    kind: ClassVar[Kind] = Kind.SPOT_CHECK

    name: Text = Field(min_length=1)
    share: ShareField | None = Field(None, description="this share of the pool; 100% needs no draw")
    window: WindowField | None = Field(
        None, description="first/last, or a season's name: nothing is drawn for days outside it"
    )
    per: Unit | None = Field(
        None, description="one draw in each such unit; left out: a quarter, or once in the window (in each span of it)"
    )
    exclude: Exclude | None = Field(None, description="whom the draw leaves out")
    random_officers: Truth = Field(False, description="the crew is drawn too")
    cross: Truth = Field(False, description="nobody whose grids name the enterprise's own")
    seed: dict[str, Text] = Field(
        default_factory=dict, description="unit (Q1, 2026-Q1), or window → the public event's result"
    )
