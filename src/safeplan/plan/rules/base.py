"""What every rule that brings visits may say."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.plan.fields import CarrierRef, DurationField, FrequencyField, Id, Integer, Model, Text, Texts, Truth
from safeplan.plan.selector import EVERYTHING, WhereField
from safeplan.terms.days import DayKind
from safeplan.terms.family import Family
from safeplan.terms.reason import Kind


class Rule(Model):
    """The keys that all rules share (rules.md; plan-format.yaml, "what brings visits")."""

    kind: ClassVar[Kind]

    id: Id | None = Field(
        None, description="part of every id of its obligations; made from kind and name when left out"
    )
    name: Text = Field("", description="what people read")
    where: WhereField = Field(EVERYTHING, description="which enterprises; left out: all")
    visits: FrequencyField | None = Field(None, description="how often, or how many in the window")
    minutes: Integer | None = Field(None, ge=1, le=1440, description="length of one visit, without travel")
    people: Integer | None = Field(None, ge=0, le=50, description="people at least; never fewer than the family asks")
    skills: Texts = Field((), description="each held by one of the crew")
    family: Family | None = Field(None, description="检查性质")
    by: CarrierRef | None = Field(None, description="a team's id, or a role of the grids: who makes the visits")
    checklist: Texts = Field((), description="text that is printed as it stands")
    priority: Integer | None = Field(None, ge=0, le=100, description="importance; higher is never given up for lower")
    days: DayKind = Field(DayKind.WORKDAYS, description="the days that visits may fall on")
    partial: Text = Field("proportion", pattern="^(proportion|full|none)$", description="what a cut period owes")
    min_gap: DurationField | None = Field(None, description="calendar days from one visit to the next, hard")
    surprise: Truth = Field(False, description="飞行检查: shown to its crew alone")
    separate: Truth = Field(False, description="a visit of its own, never merged")
    source: Text = Field("", description="law or document that asks for it")
