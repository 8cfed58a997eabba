"""PlanFile: the models that mirror plan.yaml, the format's only definition."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from safeplan.plan.enterprise import Enterprise
from safeplan.plan.fields import DurationField, Id, Model, Text, Texts, as_list
from safeplan.plan.grids import Grid
from safeplan.plan.people import Officer, Staffing, Team
from safeplan.plan.rules.activities import Activity
from safeplan.plan.rules.campaigns import Campaign
from safeplan.plan.rules.classes import Class
from safeplan.plan.rules.holidays import Holiday
from safeplan.plan.rules.modifiers import Modifier
from safeplan.plan.rules.patrols import Patrol
from safeplan.plan.rules.pins import Pin
from safeplan.plan.rules.priorities import Priority
from safeplan.plan.rules.quotas import Quota
from safeplan.plan.rules.spot_checks import SpotCheck
from safeplan.plan.rules.triggers import Trigger
from safeplan.plan.settings import (
    CalendarSettings,
    Cap,
    Capacity,
    Defaults,
    Event,
    LedgerSettings,
    Limits,
    Mail,
    OthersVisit,
    Rectification,
    Spans,
    Target,
    Travel,
)
from safeplan.terms.span import Span, parse_period

FORMAT_VERSIONS = ("1",)


def _period(value: object) -> object:
    return parse_period(value) if isinstance(value, str) else value


class TableFile(Model):
    """A table beside the plan that a list includes."""

    file: Text = Field(min_length=1)
    sheet: Text | None = None
    header: Annotated[int, BeforeValidator(int)] | None = None
    columns: dict[str, Text] = Field(default_factory=dict, description="heading → field")


class PlanFile(Model):
    """A plan file with its tables read in and its presets laid under."""

    safeplan: Literal["1"] = Field("1", description="version of the format")
    name: Text = Field("", description="what the plan is called")
    period: Annotated[Span, BeforeValidator(_period)] = Field(description="a year, or first/last")
    language: Text = "zh-CN"
    timezone: Text = Field("Asia/Shanghai", description="only decides what day today is")
    coordinates: Text = Field("wgs84", pattern="^(wgs84|gcj02|bd09)$")
    ledger: LedgerSettings | None = None
    use: Texts = Field((), description="presets, laid under the plan")
    defaults: Defaults = Field(default_factory=Defaults)
    calendar: CalendarSettings = Field(default_factory=CalendarSettings)
    events: tuple[Event, ...] = ()
    seasons: dict[str, Spans] = Field(default_factory=dict)
    travel: Travel = Field(default_factory=Travel)
    classes: dict[Id, Class] = Field(default_factory=dict)
    modifiers: tuple[Modifier, ...] = ()
    caps: tuple[Cap, ...] = ()
    limits: Limits = Field(default_factory=Limits)
    others_visits: Annotated[tuple[OthersVisit, ...], BeforeValidator(as_list)] = ()
    capacity: Capacity = Field(default_factory=Capacity)
    teams: tuple[Team, ...] = ()
    grids: tuple[Grid, ...] = ()
    staffing: tuple[Staffing, ...] = ()
    officers: tuple[Officer, ...] = ()
    enterprises: tuple[Enterprise, ...] = Field((), description="written in the plan; tables stay columns")
    priorities: dict[str, tuple[Priority, ...]] = Field(default_factory=dict)
    campaigns: tuple[Campaign, ...] = ()
    patrols: tuple[Patrol, ...] = ()
    quotas: tuple[Quota, ...] = ()
    spot_checks: tuple[SpotCheck, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    pins: tuple[Pin, ...] = ()
    activities: tuple[Activity, ...] = ()
    rectification: Rectification = Field(default_factory=Rectification)
    retry: dict[str, DurationField] = Field(default_factory=dict)
    permit_reminder: DurationField | None = None
    targets: tuple[Target, ...] = ()
    mail: Mail | None = None
