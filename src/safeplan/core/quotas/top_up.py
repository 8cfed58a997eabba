"""Top up: quotas filled with patrols of the longest unvisited, into slots that are free (rules.md, Quotas).

It comes after staffing: a quota counts the crews of a team, and only when all are staffed is it known whose they are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from safeplan.core.calendar import Calendar
from safeplan.core.carriers import Carriers
from safeplan.core.quotas.filler import Filler
from safeplan.core.quotas.found import Found
from safeplan.core.standing import Standing
from safeplan.core.tasks import Shared
from safeplan.plan.plan import Plan
from safeplan.plan.rules.quotas import Quota
from safeplan.terms.diagnostic import Diagnostic, warning
from safeplan.terms.period import periods


def top_up(plan: Plan, calendar: Calendar, carriers: Carriers, common: Shared, now: Standing, found: Found) -> Found:
    """Fill up every quota, those of short units first, since they count for longer ones.

    Each enterprise that is missing in a unit is an obligation of its own; one that finds no slot, or no enterprise, is
    open. A plan without quotas comes back as it is. What the ledger tells counts first, then adopted visits stay.
    """
    quotas = [(code, line.model) for code, line in enumerate(plan.rules) if isinstance(line.model, Quota)]
    units = sorted(
        (period.days, period.first, code, period)
        for code, model in quotas
        if model.at_least is not None
        for period in periods(model.per, 1, plan.first, plan.last)
    )
    fillers: dict[int, Filler] = {}
    diagnostics: list[Diagnostic] = []
    for _, _, code, period in units:
        line = plan.rules[code]
        model = line.model
        assert isinstance(model, Quota)
        allowed = calendar.allowed(model.days)
        days = np.flatnonzero(allowed[calendar.index(period.first) : calendar.index(period.last) + 1])
        if not days.size:
            diagnostics.append(warning("no-day-in-unit", line.place, rule=line.id, period=period.name))
            continue
        if code not in fillers:
            fillers[code] = Filler(plan, code, model, calendar, carriers, common, now, found)
        found = fillers[code].fill(period, days + calendar.index(period.first) - carriers.start, found)
    expanded = replace(found.expanded, diagnostics=(*found.expanded.diagnostics, *diagnostics))
    return replace(found, expanded=expanded) if diagnostics else found
