"""Activities (工作事项): dated work that is not a visit."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from safeplan.plan.fields import Day, FrequencyField, Id, Integer, Model, OwnerRef, Text, Texts, as_list
from safeplan.plan.rules.patrols import GridsField
from safeplan.plan.rules.priorities import WindowField
from safeplan.plan.selector import WhereField
from safeplan.terms.days import DayKind


class ActivityKind(StrEnum):
    """What kind of work."""

    MEETING = "meeting"
    TRAINING = "training"
    DRILL = "drill"
    PUBLICITY = "publicity"
    REPORT = "report"
    LETTER = "letter"
    ASSESSMENT = "assessment"
    DUTY = "duty"
    OTHER = "other"


class Each(Model):
    """What the work is done for, one by one: grids, enterprises or venues."""

    grids: GridsField | None = None
    where: WhereField | None = None
    venues: Texts = ()


class Activity(Model):
    """One piece of dated work; exactly one of its ways of saying when."""

    id: Id | None = None
    name: Text = Field(min_length=1)
    kind: ActivityKind = ActivityKind.OTHER
    every: Text = ""
    day: Text = Field("", description="2nd workday, last workday, friday, or a day of the month")
    month: Annotated[tuple[Integer, ...], BeforeValidator(as_list)] = ()
    times: FrequencyField | None = None
    rrule: Text = Field("", description="RFC 5545")
    shift: Text = Field("", pattern="^(|previous-workday|next-workday)$")
    from_: Day | None = Field(None, alias="from")
    due: Day | None = None
    window: WindowField | None = None
    days: DayKind | None = None
    people: Integer | None = Field(None, ge=1)
    each: Each | None = None
    owner: OwnerRef | None = None
    evidence: Text = ""
    title: Text = ""
    number: Text = ""
    veto: Texts = ()
    checklist: Texts = ()
    source: Text = ""
