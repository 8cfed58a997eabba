"""Pins: one with a day or a window owes one visit; one with people alone owes nothing (crews read it)."""

from __future__ import annotations

from datetime import date

from safeplan.core.calendar import Calendar
from safeplan.core.rules.importance import importance
from safeplan.core.rules.obligations import Expanded, single, together
from safeplan.plan.plan import Plan
from safeplan.plan.rules.pins import Pin
from safeplan.terms.period import Period


def expand(plan: Plan, calendar: Calendar, today: date) -> Expanded:
    """Expand the pins that owe a visit in the plan's period."""
    frames = []
    for code, line in enumerate(plan.rules):
        pin = line.model
        if not isinstance(pin, Pin) or line.enterprise is None or (pin.day is None and pin.window is None):
            continue
        first = pin.day or (pin.window.first if pin.window else plan.first)
        last = pin.day or (pin.window.last if pin.window else plan.last)
        if last < plan.first or first > plan.last:
            continue
        frames.append(
            single(
                rule=code,
                enterprise=line.enterprise,
                period=Period(first, last, str(first) if pin.day else f"{first}..{last}"),
                open_first=calendar.index(max(first, plan.first)),
                open_last=calendar.index(min(last, plan.last)),
                importance=importance(line),
                calendar=calendar,
            )
        )
    return Expanded(together(frames))
