"""What holds for the whole plan: calendar, seasons, defaults, caps, limits, capacity, rectification, targets, mail."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator

from safeplan.plan.enterprise import read_level
from safeplan.plan.fields import (
    ClassRef,
    Day,
    DurationField,
    EnterpriseRef,
    GoalField,
    GridRef,
    Integer,
    Model,
    Number,
    OfficerRefs,
    OwnerRef,
    ShareField,
    SpanField,
    Text,
    Texts,
    as_list,
)
from safeplan.plan.selector import EVERYTHING, WhereField
from safeplan.terms.family import Family
from safeplan.terms.share import Share

Spans = Annotated[tuple[SpanField, ...], BeforeValidator(as_list)]


class Announcement(Model):
    """The State Council's notice for a year: days off and make-up days. While both are empty none is known."""

    days_off: Spans = ()
    workdays: Spans = ()


class CalendarSettings(Model):
    """Days off and worked; `days_off` and `workdays` move visits, `statutory` moves deadlines too."""

    country: Text = Field("CN", pattern="^[A-Z]{2}$")
    days_off: Spans = ()
    workdays: Spans = ()
    statutory: dict[Annotated[int, BeforeValidator(int)], Announcement] = Field(default_factory=dict)


class LedgerSettings(Model):
    """Where what really happened is kept."""

    file: Text = ""
    since: Day | None = None


class Defaults(Model):
    """For every rule that says nothing."""

    family: Family | None = None
    minutes: Integer | None = Field(None, ge=1, le=1440)
    people: Integer | None = Field(None, ge=0, le=50)
    priority: Integer | None = Field(None, ge=0, le=100)


class Event(Model):
    """What rules may wait for: a named day, or something that happened to a grid or an enterprise."""

    name: Text = ""
    kind: Text = ""
    grid: GridRef | None = None
    enterprise: EnterpriseRef | None = None
    day: Day
    until: Day | None = None
    severity: Text = ""


class Travel(Model):
    """Minutes added to every visit's own."""

    minutes: Integer = Field(0, ge=0, le=1440)


NONE_LEVEL = 0
"""The key of a cap's table for enterprises without a level."""


def _levels(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {
        str(NONE_LEVEL if read_level(str(key)) is None else read_level(str(key))): item for key, item in value.items()
    }


class Cap(Model):
    """Upper limit of visits to one enterprise in a calendar year (应急〔2025〕11号 as published locally).

    `per_year` is one number, or a table by the values of `column` (`none`: no value). The first line whose `where`
    matches is the enterprise's cap.
    """

    name: Text = ""
    where: WhereField = EVERYTHING
    column: Text = Field("", description="the column whose values per_year lists")
    per_year: dict[str, Integer] = Field(description="visits a year, by level; or one number")
    except_: Texts = Field((), alias="except", description="causes and families that do not count")
    also: Texts = Field((), description="families that count besides inspection and joint")
    source: Text = ""

    @field_validator("per_year", mode="before")
    @classmethod
    def _one_number(cls, value: Any) -> Any:
        return {"": value} if isinstance(value, (str, int)) else _levels(value)


class Limits(Model):
    """What the city's gate refuses: inspections of one enterprise, visits of other bodies included."""

    per_day: Integer | None = Field(None, ge=1)
    per_week: Integer | None = Field(None, ge=1)
    per_month: Integer | None = Field(None, ge=1)


class OthersVisit(Model):
    """What another body did or plans; counts to caps and limits."""

    enterprise: EnterpriseRef
    day: Day
    body: Text = ""
    family: Family = Family.INSPECTION


class Capacity(Model):
    """监督检查工作日 of the annual plan (安监总政法〔2017〕150号); officer-days a year."""

    officers: Integer | None = Field(None, ge=0)
    other_enforcement: dict[str, Number] = Field(default_factory=dict)
    non_enforcement: dict[str, Number] = Field(default_factory=dict)
    slack: ShareField = Field(Share.parse("0%"), description="留有余地: kept free where no obligation is lost by it")


class Step(Model):
    """One step of the ladder that overdue findings climb."""

    after: DurationField
    step: Text
    to: OwnerRef | None = None


class Reinspect(Model):
    """When a mended finding is looked at again."""

    within: DurationField | None = None
    from_: Text = Field("earlier", alias="from", pattern="^(request|deadline|earlier)$")
    sectors: dict[str, Reinspect] = Field(default_factory=dict)


class Reclassify(Model):
    """动态管理: the class that a finding brings, and until when."""

    general: ClassRef | None = None
    major: ClassRef | None = None
    until: Text = ""


class Rectification(Model):
    """隐患整改: deadlines by severity, reinspection, the ladder."""

    deadlines: dict[str, DurationField] = Field(default_factory=dict)
    reinspect: Reinspect | None = None
    overdue: Annotated[tuple[Step, ...], BeforeValidator(as_list)] = ()
    reclassify: Reclassify | None = None


class Target(Model):
    """指标: a figure that the year is judged by."""

    name: Text = Field(min_length=1)
    measure: Text = Field(pattern="^(coverage|rectification-rate|standard-level|reported)$")
    where: WhereField = EVERYTHING
    at_least: GoalField | None = None
    at_most: GoalField | None = Field(None, description="a ceiling: 0 accidents")
    level: Integer | None = Field(None, ge=1, le=9, description="of standard-level: that or better (1 is best)")
    due: Day | None = None


class Weekly(Model):
    """The weekly roster by mail."""

    day: Text = "friday"
    covers: Text = Field("next-week", pattern="^(next-week|this-week)$")
    to: Text = "each-officer"
    cc: OfficerRefs = ()
    attach: Texts = ()


class Mail(Model):
    """Rosters by mail; server and password never stand in the plan."""

    sender: Text = ""
    allow: Texts = Field((), description="domains; no other ever gets a mail")
    weekly: Weekly | None = None
