"""`safeplan leave`: an officer is away."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, WhoOption
from safeplan.cli.options import PlanOption, TodayOption
from safeplan.cli.slips import ReasonOption, TriedOption, answer, the_desk
from safeplan.cli.speech import say

HELP = say("Say that an officer is away; the answer is who goes instead, and what moves.")
EXAMPLES = say(
    "safeplan leave wang 2026-05-06/2026-05-12\n\n"
    'safeplan leave wang "2026-06-03 pm" --reason doctor\n\n'
    "safeplan leave li 2026-05-08 --dry-run"
)


def leave(
    officer: Annotated[str, typer.Argument(metavar="OFFICER", help=say("Id, name, or how it begins."))],
    days: Annotated[
        str,
        typer.Argument(metavar="DAYS", help=say("2026-05-06, 2026-05-06/2026-05-12, or half a day: 2026-06-03 pm.")),
    ],
    reason: ReasonOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
    today: TodayOption = None,
    tried: TriedOption = False,
) -> None:
    """An officer is away."""
    from safeplan.work import changes

    desk = the_desk(plan, ledger, who)
    answer(desk, changes.leave(desk, officer, days, reason), today=today, tried=tried)
