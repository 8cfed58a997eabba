"""How important an obligation is: higher is never given up for any number of lower (rules.md, Importance)."""

from __future__ import annotations

from safeplan.plan.plan import RuleLine
from safeplan.terms.reason import Kind

_BY_KIND = {
    Kind.PIN: 100,
    Kind.REINSPECTION: 85,
    Kind.COMPLAINT: 80,
    Kind.REQUEST: 80,
    Kind.TRIGGER: 75,
    Kind.HOLIDAY: 70,
    Kind.CAMPAIGN: 60,
    Kind.PRIORITY: 50,
    Kind.SPOT_CHECK: 30,
    Kind.PATROL: 20,
    Kind.QUOTA: 10,
}


def importance(line: RuleLine) -> int:
    """Give a rule's importance: what it says, else by its kind; a class's grows with its visits a year."""
    if line.model.priority is not None:
        return line.model.priority
    if line.kind is Kind.CLASS:
        return 30 + int(min(18, line.model.visits.a_year if line.model.visits else 0))
    return _BY_KIND[line.kind]
