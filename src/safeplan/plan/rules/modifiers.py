"""Modifiers (加密频次): times the class's visits while a flag holds."""

from __future__ import annotations

from pydantic import Field

from safeplan.plan.fields import Model, Number, Text
from safeplan.plan.selector import WhereField


class Modifier(Model):
    """Of several modifiers the largest holds, before rounding (rules.md)."""

    name: Text = ""
    where: WhereField
    times: Number = Field(ge=0)
    source: Text = ""
