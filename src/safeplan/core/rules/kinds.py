"""The one list of rule kinds that bring obligations. A new kind is a module of its own and a line here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from safeplan.core.calendar import Calendar
from safeplan.core.rules import calls, campaigns, classes, holidays, patrols, pins, priorities, spot_checks, triggers
from safeplan.core.rules.obligations import Expanded
from safeplan.plan.plan import Plan

KINDS: tuple[Callable[[Plan, Calendar, date], Expanded], ...] = (
    classes.expand,
    priorities.expand,
    campaigns.expand,
    holidays.expand,
    triggers.expand,
    patrols.expand,
    pins.expand,
    spot_checks.expand,
    calls.expand,
)
