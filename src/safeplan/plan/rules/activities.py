"""Activities (工作事项): dated work that is not a visit."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from safeplan.plan.fields import (
    Day,
    FrequencyField,
    Id,
    Integer,
    Model,
    OwnerRef,
    Text,
    Texts,
    as_list,
    term,
)
from safeplan.plan.rules.patrols import GridsField
from safeplan.plan.rules.priorities import WindowField
from safeplan.plan.selector import WhereField
from safeplan.terms.day_of import DayOf
from safeplan.terms.days import DayKind
from safeplan.terms.diagnostic import TermError
from safeplan.terms.frequency import Frequency
from safeplan.terms.recurrence import Recurrence


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


def read_every(text: str) -> Frequency:
    """Read a unit, so many of a unit, or a season, each of which brings the work once: quarter, 2 weeks, term.

    Raises
    ------
    TermError
        `bad-every`.
    """
    try:
        every = Frequency.parse(f"1 per {text}")
    except TermError:
        raise TermError("bad-every", found=text) from None
    if every.season is not None and every.season[:1].isdecimal():
        raise TermError("bad-every", found=text)
    return every


EveryField = Annotated[Frequency, *term(read_every, "quarter")]
DayOfField = Annotated[DayOf, *term(DayOf.parse, "2nd workday")]
RecurrenceField = Annotated[Recurrence, *term(Recurrence.parse, "FREQ=MONTHLY;BYMONTHDAY=25")]
Months = Annotated[tuple[Annotated[Integer, Field(ge=1, le=12)], ...], BeforeValidator(as_list)]
Owners = Annotated[tuple[OwnerRef, ...], BeforeValidator(as_list)]


class Each(Model):
    """What the work is done for, one by one: grids, enterprises or venues; exactly one of them."""

    grids: GridsField | None = Field(None, description="one for each grid that is selected")
    where: WhereField | None = Field(None, description="one for each enterprise that is selected")
    venues: Texts = Field((), description="one for each of these texts")


class Activity(Model):
    """One piece of dated work; exactly one of its ways of saying when."""

    id: Id | None = Field(None, description="begins its ids; made from kind and name when left out")
    name: Text = Field(min_length=1, description="what people read")
    kind: ActivityKind = Field(ActivityKind.OTHER, description="what kind of work")
    every: EveryField | None = Field(None, description="a unit (week, quarter, 2 months) or a season: once in each")
    month: Months = Field((), description="once in each of these months")
    day: DayOfField | None = Field(
        None, description="of every or month: 2nd workday, last workday, friday, or a day of the month"
    )
    times: FrequencyField | None = Field(None, description="N per unit or season, or N in the window")
    window: WindowField | None = Field(None, description="first/last, or a season: once in it, or as often as times")
    rrule: RecurrenceField | None = Field(None, description="RFC 5545; counted from `from` where that matters")
    days: DayKind | None = Field(None, description="one for each such day (of the window, if there is one)")
    from_: Day | None = Field(None, alias="from", description="of due: may begin; of rrule: counted from")
    due: Day | None = Field(None, description="once, by that day")
    shift: Text = Field("", pattern="^(|previous-workday|next-workday)$", description="where it goes from a day off")
    people: Integer | None = Field(None, ge=1, le=100, description="so many of the owners, in turn")
    each: Each | None = Field(None, description="one for each grid, enterprise or venue")
    owner: Owners = Field((), description="officers, or roles of the grids")
    audience: Texts = Field((), description="whom it is for; text that is printed as it stands")
    evidence: Text = Field("", description="what proves that it was done; text that is printed as it stands")
    title: Text = Field("", description="of the document; text that is printed as it stands")
    number: Text = Field("", description="of the document; text that is printed as it stands")
    veto: Texts = Field((), description="what fails an assessment by itself; text that is printed as it stands")
    checklist: Texts = Field((), description="text that is printed as it stands")
    source: Text = Field("", description="law or document that asks for it")
