"""Picks: which of a pool a priority or a phase of a campaign takes."""

from __future__ import annotations

from pydantic import Field

from safeplan.plan.fields import Integer, Model, Text


class Pick(Model):
    """Which of the pool: so many in each grid, in risk order or by draw."""

    at_least: Integer | None = Field(None, ge=1, description="so many of each; a warning where there are fewer")
    count: Integer | None = Field(None, ge=1, description="so many of each, or all where there are fewer")
    per: Text = Field("", description="grid, or a level's name: so many in each such grid; left out: of the whole pool")
    order: Text = Field("risk", pattern="^(risk|draw)$", description="the first in risk order, or by draw")
    seed: Text = Field("", description="of order: draw, the public event's result")
