"""The one list of rule kinds that bring obligations. A new kind is a module of its own and a line here."""

from __future__ import annotations

from collections.abc import Callable

from safeplan.core.calendar import Calendar
from safeplan.core.rules import classes, patrols, pins
from safeplan.core.rules.obligations import Expanded
from safeplan.plan.plan import Plan

KINDS: tuple[Callable[[Plan, Calendar], Expanded], ...] = (
    classes.expand,
    patrols.expand,
    pins.expand,
)
