"""The explanation of whatever a person named."""

from __future__ import annotations

from safeplan.core.choice import Choice, choose
from safeplan.core.tables import Schedule
from safeplan.document import Document
from safeplan.views import explain as view
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.lookup import Kind, find_thing


def explanation(made: Schedule, asked: str, words: Words, *, with_surprise: bool = False) -> Document:
    """Explain a visit, an obligation, an activity, an enterprise, an officer, a grid or a day.

    Raises
    ------
    WorkError
        `unknown-thing` or `ambiguous`; a hidden visit is unknown unless surprise visits are asked for.
    """
    chosen = choose(made, Choice(with_surprise=with_surprise))
    thing = find_thing(chosen.schedule, asked)
    if thing.kind is Kind.OBLIGATION and not with_surprise and _is_surprise(made, thing.code):
        raise WorkError("unknown-thing", asked=asked)
    if thing.day is not None:
        return view.explain_day(chosen, thing.day, words)
    explain = {
        Kind.ENTERPRISE: view.explain_enterprise,
        Kind.OFFICER: view.explain_officer,
        Kind.GRID: view.explain_grid,
        Kind.VISIT: view.explain_visit,
        Kind.OBLIGATION: view.explain_obligation,
        Kind.ACTIVITY: view.explain_activity,
    }[thing.kind]
    return explain(chosen, thing.code, words)


def _is_surprise(made: Schedule, obligation: int) -> bool:
    rule: int = made.obligations["rule"][obligation]
    return made.plan.rules[rule].model.surprise
