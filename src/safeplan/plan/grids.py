"""Grids (网格): the territorial tree and who answers for each node, by role and date."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from safeplan.plan.fields import Day, GridRef, Id, Model, OfficerRef, Text, as_list
from safeplan.plan.people import LocationField


class Holder(Model):
    """Who holds a role, and from when to when, both days included."""

    officer: OfficerRef = Field(description="who")
    from_: Day | None = Field(None, alias="from", description="first day; left out: from ever")
    to: Day | None = Field(None, description="last day; left out: for ever")


def _holders(value: object) -> object:
    items = () if value is None else as_list(value)
    if not isinstance(items, (list, tuple)):
        return items
    return [{"officer": item} if isinstance(item, str) else item for item in items]


Holders = Annotated[tuple[Holder, ...], BeforeValidator(_holders)]


class Grid(Model):
    """网格: a node of the territorial tree."""

    id: Id = Field(description="what the rest of the plan calls it; never the name of a role")
    name: Text = Field(min_length=1, description="what people read; tables may use it in place of the id")
    level: Text = Field("", description="any word, for instance 镇 or 村; rules select by it")
    parent: GridRef | None = Field(None, description="the grid above; left out: at the top")
    roles: dict[str, Holders] = Field(default_factory=dict, description="role → officers who hold it")
    location: LocationField = Field(None, description="[latitude, longitude]")
