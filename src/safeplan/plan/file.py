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
    SeasonSpans,
    Target,
    Travel,
)
from safeplan.terms.span import Span, parse_period

FORMAT_VERSIONS = ("1",)


def _period(value: object) -> object:
    return parse_period(value) if isinstance(value, str) else value


class TableFile(Model):
    """A table beside the plan that a list includes."""

    file: Text = Field(min_length=1, description="its name, from the plan's folder: .csv .xlsx .xls .ods .parquet")
    sheet: Text | None = Field(None, description="left out: the one sheet, or the one that looks like the list")
    header: Annotated[int, BeforeValidator(int)] | None = Field(
        None, description="row of the headings, from 1; left out: found by known headings"
    )
    columns: dict[str, Text] = Field(default_factory=dict, description="heading → field, for headings not known")


class PlanFile(Model):
    """A plan file with its tables read in and its presets laid under."""

    safeplan: Literal["1"] = Field("1", description="version of the format")
    name: Text = Field("", description="what the plan is called")
    period: Annotated[Span, BeforeValidator(_period)] = Field(description="a year, or first/last")
    language: Text = Field("zh-CN", description="of what is printed: zh-CN or en")
    timezone: Text = Field("Asia/Shanghai", description="only decides what day today is")
    coordinates: Text = Field(
        "wgs84", pattern="^(wgs84|gcj02|bd09)$", description="gcj02: AutoNavi, Tencent; bd09: Baidu"
    )
    ledger: LedgerSettings | None = Field(None, description="台账: where what really happened is kept")
    use: Texts = Field((), description="presets, laid under the plan")
    defaults: Defaults = Field(default_factory=Defaults, description="for every rule that says nothing")
    calendar: CalendarSettings = Field(default_factory=CalendarSettings, description="days off and worked")
    events: tuple[Event, ...] = Field((), description="what rules may wait for, until the ledger records such things")
    seasons: dict[str, SeasonSpans] = Field(
        default_factory=dict, description="name → spans, for the rules; without a year: in each year of the period"
    )
    travel: Travel = Field(default_factory=Travel, description="added to every visit")
    classes: dict[Id, Class] = Field(default_factory=dict, description="分类监管: letter or word → how often")
    modifiers: tuple[Modifier, ...] = Field((), description="加密频次: times the class's visits while a flag holds")
    caps: tuple[Cap, ...] = Field((), description="upper limits a year; the first line that matches is the cap")
    limits: Limits = Field(default_factory=Limits, description="inspections of one enterprise a day, week and month")
    others_visits: Annotated[tuple[OthersVisit, ...], BeforeValidator(as_list)] = Field(
        (), description="what other bodies did or plan; counts to caps and limits"
    )
    capacity: Capacity = Field(default_factory=Capacity, description="监督检查工作日, and how much of a day stays free")
    teams: tuple[Team, ...] = Field((), description="中队: named groups of officers")
    grids: tuple[Grid, ...] = Field(
        (), description="网格: the territorial tree; without it everybody serves everything"
    )
    staffing: tuple[Staffing, ...] = Field((), description="定人员: what every grid of a level must have")
    officers: tuple[Officer, ...] = Field((), description="检查人员: who inspects, or answers for something")
    enterprises: tuple[Enterprise, ...] = Field((), description="企业: a list, tables, or both")
    priorities: dict[str, tuple[Priority, ...]] = Field(
        default_factory=dict, description="季度重点, 月度重点: Q1 or M06 (or with the year, 2026-Q1) → lines"
    )
    campaigns: tuple[Campaign, ...] = Field((), description="专项整治: dated phases")
    patrols: tuple[Patrol, ...] = Field((), description="日常巡查 of grids")
    quotas: tuple[Quota, ...] = Field((), description="so many enterprises a team and month")
    spot_checks: tuple[SpotCheck, ...] = Field((), description="双随机")
    holidays: tuple[Holiday, ...] = Field((), description="节前检查, 节中督导, 节后复工")
    triggers: tuple[Trigger, ...] = Field((), description="事发即查")
    pins: tuple[Pin, ...] = Field((), description="指定: a visit fixed by hand")
    activities: tuple[Activity, ...] = Field((), description="工作事项: dated work that is not a visit")
    rectification: Rectification = Field(default_factory=Rectification, description="隐患整改")
    retry: dict[str, DurationField] = Field(
        default_factory=dict, description="closed, refused → how soon such a visit is owed again"
    )
    permit_reminder: DurationField | None = Field(None, description="许可证到期换证: how long before")
    targets: tuple[Target, ...] = Field((), description="指标: what the year is judged by")
    mail: Mail | None = Field(None, description="rosters by mail")
