"""Patrols (日常巡查) of a grid, not of one enterprise."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from safeplan.plan.fields import GridRef, Id, Model, Text, Truth
from safeplan.plan.rules.base import Rule
from safeplan.terms.family import Family
from safeplan.terms.reason import Kind


class GridSelector(Model):
    """Which grids: by id, level, name, leaf, or below one; several keys must all hold."""

    id: tuple[GridRef, ...] = Field((), description="these grids")
    level: Text | None = Field(None, description="grids of this level")
    name: Text | None = Field(None, description="grids of this name")
    leaf: Truth | None = Field(None, description="true: grids with none below; false: grids with some below")
    below: GridRef | None = Field(None, description="this grid and all under it")


def _read(value: object) -> object:
    """Read a list of ids as a selector by id."""
    if isinstance(value, str):
        return {"id": [value]}
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return value | {"id": [value["id"]]}
    return {"id": value} if isinstance(value, list) else value


GridsField = Annotated[GridSelector, BeforeValidator(_read)]


class Patrol(Rule):
    """A patrol of each grid that `grids` selects."""

    kind: ClassVar[Kind] = Kind.PATROL

    id: Id | None = None
    name: Text = Field(min_length=1)
    family: Family | None = Family.PATROL
    grids: GridsField = Field(GridSelector(), description="left out: every grid")
