"""Who inspects and answers for things: officers, teams, and what every grid must have."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from safeplan.plan.fields import (
    Day,
    DaysList,
    GridRefs,
    Id,
    Integer,
    Model,
    Number,
    TeamRefs,
    Text,
    Texts,
    Truth,
    as_list,
)
from safeplan.plan.selector import AvoidsField
from safeplan.terms.diagnostic import TermError


class Certificate(Model):
    """执法证: without one, or after its last day, nobody counts as certified (安全生产法 art. 67)."""

    number: Text = Field(min_length=1, description="the certificate's number")
    expires: Day | None = Field(None, description="its last day, on which it still holds")


def _certificate(value: object) -> object:
    return {"number": value} if isinstance(value, str) else value


class Officer(Model):
    """检查人员: who inspects, or answers for something."""

    id: Id = Field(description="what the rest of the plan calls this person; never the name of a role")
    name: Text = Field(min_length=1, description="what people read")
    title: Text = Field("", description="office; text that is printed as it stands")
    email: Text = Field("", description="where rosters go", json_schema_extra={"personal": True})
    phone: Text = Field("", description="telephone", json_schema_extra={"personal": True})
    grids: GridRefs = Field((), description="may visit there and in all grids below")
    teams: TeamRefs = Field((), description="teams that this person belongs to")
    certificate: Annotated[Certificate | None, BeforeValidator(_certificate)] = Field(
        None, description="执法证: its number, or number and last day; without one never counted for an inspection"
    )
    senior: Truth = Field(False, description="leads where possible")
    skills: Texts = Field((), description="words that rules ask for in `skills`")
    minutes_per_day: Integer = Field(360, ge=1, le=1440, description="minutes of visits and travel in a whole day")
    visits_per_day: Integer | None = Field(None, ge=1, le=1000, description="visits in a whole day; left out: any")
    leave: DaysList = Field((), description="spans, half days (2026-06-03 pm), weekdays (friday, monday am)")
    avoids: AvoidsField | None = Field(None, description="回避: ids of enterprises, or a selector")


class Location(Model):
    """Latitude and longitude in degrees, in the plan's coordinate system."""

    latitude: Number = Field(ge=-90, le=90, description="degrees north")
    longitude: Number = Field(ge=-180, le=180, description="degrees east")


def read_location(value: object) -> object:
    """Read [latitude, longitude] as a location.

    Raises
    ------
    TermError
        `bad-location` when it is a list or text of anything but two numbers.
    """
    if isinstance(value, str):
        value = [part.strip() for part in value.replace("，", ",").split(",")]
    if isinstance(value, (list, tuple)):
        if len(value) != 2:
            raise TermError("bad-location", found=str(value))
        return {"latitude": value[0], "longitude": value[1]}
    return value


LocationField = Annotated[Location | None, BeforeValidator(read_location)]


class Team(Model):
    """中队: a named group of officers, all year."""

    id: Id = Field(description="what the rest of the plan calls it; never the name of a role")
    name: Text = Field(min_length=1, description="what people read")
    max_crews: Integer | None = Field(None, ge=0, description="crews it can send in a day (cars)")
    start: LocationField = Field(None, description="where a day begins")


class Staffing(Model):
    """定人员: how many holders of each role every grid of a level must have."""

    level: Text = Field(description="the level of the grids")
    roles: dict[str, Integer] = Field(description="role → how many; a list of roles means one each")

    @model_validator(mode="before")
    @classmethod
    def _roles_are_a_mapping(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("roles"), (str, list)):
            return value | {"roles": dict.fromkeys(as_list(value["roles"]), "1")}  # type: ignore[call-overload]
        return value
