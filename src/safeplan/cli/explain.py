"""`safeplan explain`: why a visit is there, or why one is missing."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from safeplan.cli.edge import is_screen
from safeplan.cli.ledger_options import LedgerOption, the_ledger
from safeplan.cli.options import PlanOption, SurpriseOption, TodayOption, the_plan
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say

HELP = say(
    "Say why each visit is there, or why one is missing: of an enterprise, a visit, a grid, an officer or a day."
)
EXAMPLES = say(
    "safeplan explain E0001\n\n"
    "safeplan explain class-A/E0001/2026-03/1 -p plan.yaml\n\n"
    "safeplan explain dongjie\n\n"
    "safeplan explain 2026-03-09"
)


def explain(
    what: Annotated[str, typer.Argument(metavar="ID", help=say("An id, a name, how it begins, or a day."))],
    plan_option: PlanOption = None,
    with_surprise: SurpriseOption = False,
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Explain one thing of the schedule."""
    from safeplan.cli.terminal import screen_options
    from safeplan.output.formats import DOCUMENT_FORMATS
    from safeplan.work.explain import explanation
    from safeplan.work.schedules import make_schedule

    path = the_plan(None, plan_option)
    made = make_schedule(path, today=today, ledger=partial(the_ledger, path, asked=ledger), progress=progress).schedule
    progress("write", 0.0)
    document = explanation(made, what, say, with_surprise=with_surprise)
    write_result(DOCUMENT_FORMATS["terminal" if is_screen() else "text"].render(document, screen_options()))
