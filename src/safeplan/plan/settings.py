"""What holds for the whole plan: calendar, seasons, defaults, caps, limits, capacity, rectification, targets, mail."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

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
from safeplan.terms.diagnostic import TermError
from safeplan.terms.family import Family
from safeplan.terms.share import Share
from safeplan.terms.span import Span

OfficerDays = Annotated[Number, Field(ge=0)]
Spans = Annotated[tuple[SpanField, ...], BeforeValidator(as_list)]


def _in_each_year(value: object, info: ValidationInfo) -> object:
    """Read the spans of a season; what is none stays as it is, for its field to refuse."""
    items, period = as_list(value), info.context.get("period") if info.context else None
    if not isinstance(items, (list, tuple)) or period is None:
        return items
    first: list[object] = []
    more: list[object] = []
    for item in items:
        spans: tuple[object, ...] = (item,)
        if isinstance(item, str):
            with suppress(TermError):
                spans = Span.in_each_year(item, period)
        first.append(spans[0])
        more += spans[1:]
    return [*first, *more]  # so that the place of a refused one stays


def _by_day(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted(spans))


SeasonSpans = Annotated[tuple[SpanField, ...], BeforeValidator(_in_each_year), AfterValidator(_by_day)]
"""The spans of a season, by first day; one without a year stands in each year that the period touches."""


class Announcement(Model):
    """The State Council's notice for a year: days off and make-up days. While both are empty none is known."""

    days_off: Spans = Field((), description="days off that it names, with their weekends")
    workdays: Spans = Field((), description="调休: weekend days that are worked")


class CalendarSettings(Model):
    """Days off and worked; `days_off` and `workdays` move visits, `statutory` moves deadlines too."""

    country: Text = Field("CN", pattern="^[A-Z]{2}$", description="whose statutory days off")
    days_off: Spans = Field((), description="own days off: nothing is planned; moves no deadline")
    workdays: Spans = Field((), description="worked in spite of weekend or holiday; moves no deadline")
    statutory: dict[Annotated[int, BeforeValidator(int)], Announcement] = Field(
        default_factory=dict, description="year → the announcement, for a year that the library does not know yet"
    )


class LedgerSettings(Model):
    """Where what really happened is kept."""

    file: Text = Field("", description="the database's file")
    since: Day | None = Field(None, description="before this day the roster stays as planned")


class Defaults(Model):
    """For every rule that says nothing."""

    family: Family | None = Field(None, description="检查性质; without it inspection (patrols and quotas: patrol)")
    minutes: Integer | None = Field(None, ge=1, le=1440, description="length of one visit; without it 60")
    people: Integer | None = Field(None, ge=0, le=50, description="people at least")
    priority: Integer | None = Field(None, ge=0, le=100, description="importance")


class Event(Model):
    """What rules may wait for: a named day, or something that happened to a grid or an enterprise."""

    name: Text = Field("", description="what a phase or a holiday check waits for")
    kind: Text = Field("", description="what a trigger waits for; finding: an open finding")
    grid: GridRef | None = Field(None, description="where it happened")
    enterprise: EnterpriseRef | None = Field(None, description="to whom it happened")
    day: Day = Field(description="when it happened")
    until: Day | None = Field(None, description="of a finding: open from the day after to this day")
    severity: Text = Field("", description="of a finding: general or major")


class Travel(Model):
    """Minutes added to every visit's own."""

    minutes: Integer = Field(0, ge=0, le=1440, description="minutes a visit")


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

    name: Text = Field("", description="what people read")
    where: WhereField = Field(EVERYTHING, description="which enterprises; left out: all")
    column: Text = Field("", description="the column whose values per_year lists")
    per_year: dict[str, Integer] = Field(description="visits a year, by level; or one number")
    except_: Texts = Field((), alias="except", description="causes and families that do not count")
    also: Texts = Field((), description="families that count besides inspection and joint")
    source: Text = Field("", description="law or document that sets it")

    @field_validator("per_year", mode="before")
    @classmethod
    def _one_number(cls, value: Any) -> Any:
        return {"": value} if isinstance(value, (str, int)) else _levels(value)


class Limits(Model):
    """What the city's gate refuses: inspections of one enterprise, visits of other bodies included."""

    per_day: Integer | None = Field(None, ge=1, description="a day")
    per_week: Integer | None = Field(None, ge=1, description="an ISO week")
    per_month: Integer | None = Field(None, ge=1, description="a calendar month")


class OthersVisit(Model):
    """What another body did or plans; counts to caps and limits."""

    enterprise: EnterpriseRef = Field(description="whom they visited")
    day: Day = Field(description="when")
    body: Text = Field("", description="who; text that is printed as it stands")
    family: Family = Field(Family.INSPECTION, description="检查性质")


class Capacity(Model):
    """监督检查工作日 of the annual plan (安监总政法〔2017〕150号); officer-days of the plan's period, mostly a year.

    What follows from the others (workdays, total, supervision) may stand here as the paper plan states it: `check`
    recomputes it.
    """

    officers: Integer | None = Field(None, ge=0, description="in post; left out: those with a certificate")
    workdays: Integer | None = Field(None, ge=0, description="法定工作日, as stated on paper")
    total: Number | None = Field(None, ge=0, description="总法定工作日, as stated on paper")
    other_enforcement: dict[str, OfficerDays] = Field(
        default_factory=dict, description="其他执法工作日: what for → officer-days"
    )
    non_enforcement: dict[str, OfficerDays] = Field(
        default_factory=dict, description="非执法工作日: what for → officer-days"
    )
    supervision: Number | None = Field(None, description="监督检查工作日, as stated on paper")
    slack: ShareField = Field(Share.parse("0%"), description="留有余地: kept free where no obligation is lost by it")


class Step(Model):
    """One step of the ladder that overdue findings climb."""

    after: DurationField = Field(description="holds when days overdue exceed it")
    step: Text = Field(description="what is done; text that is printed as it stands")
    to: OwnerRef | None = Field(None, description="an officer, or a role of the grids")


class Reinspect(Model):
    """When a mended finding is looked at again."""

    within: DurationField | None = Field(None, description="how soon")
    from_: Text = Field(
        "earlier",
        alias="from",
        pattern="^(request|deadline|earlier)$",
        description="counted from the request, the deadline, or the earlier of both",
    )
    sectors: dict[str, Reinspect] = Field(default_factory=dict, description="sector → what holds there instead")


class Reclassify(Model):
    """动态管理: the class that a finding brings, and until when."""

    general: ClassRef | None = Field(None, description="class that a general finding brings")
    major: ClassRef | None = Field(None, description="class that a major finding brings")
    until: Text = Field("", description="for instance 2 clean visits")


class Rectification(Model):
    """隐患整改: deadlines by severity, reinspection, the ladder."""

    deadlines: dict[str, DurationField] = Field(default_factory=dict, description="general, major → how long")
    reinspect: Reinspect | None = Field(None, description="复查: when")
    overdue: Annotated[tuple[Step, ...], BeforeValidator(as_list)] = Field((), description="the ladder")
    reclassify: Reclassify | None = Field(None, description="动态管理: the class that a finding brings")


class Target(Model):
    """指标: a figure that the year is judged by."""

    name: Text = Field(min_length=1, description="what people read")
    measure: Text = Field(
        pattern="^(coverage|rectification-rate|standard-level|reported)$", description="what is counted"
    )
    where: WhereField = Field(EVERYTHING, description="which enterprises; left out: all")
    at_least: GoalField | None = Field(None, description="a share or a number")
    at_most: GoalField | None = Field(None, description="a ceiling: 0 accidents")
    level: Integer | None = Field(None, ge=1, le=9, description="of standard-level: that or better (1 is best)")
    due: Day | None = Field(None, description="the day it is judged; left out: the period's end")


class Weekly(Model):
    """The weekly roster by mail."""

    day: Text = Field(
        "friday",
        pattern="^((mon|tues|wednes|thurs|fri|satur|sun)day|(周|星期)[一二三四五六日天])$",
        description="weekday on which it goes out; a day off: the working day before",
    )
    covers: Text = Field("next-week", pattern="^(next-week|this-week)$", description="which week it shows")
    to: Text = Field("each-officer", pattern="^each-officer$", description="whom it goes to")
    cc: OfficerRefs = Field((), description="who gets a copy")
    attach: Texts = Field((), description="what is attached: ics, xlsx, pocket (the page for the telephone)")


class Mail(Model):
    """Rosters by mail; server and password never stand in the plan."""

    sender: Text = Field("", description="name and address")
    allow: Texts = Field((), description="domains; no other ever gets a mail")
    weekly: Weekly | None = Field(None, description="the weekly roster")
