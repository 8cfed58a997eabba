"""Modifiers (加密频次): times the class's visits while a flag holds."""

from __future__ import annotations

from pydantic import Field

from safeplan.plan.fields import Model, Number, Text
from safeplan.plan.selector import WhereField


class Modifier(Model):
    """Of several modifiers the largest holds, before rounding (rules.md)."""

    name: Text = Field("", description="what people read")
    where: WhereField = Field(description="columns of the register, open_findings, major_findings, events")
    times: Number = Field(ge=0, le=100, description="2 doubles the visits, 0.5 halves them")
    source: Text = Field("", description="law or document that asks for it")
