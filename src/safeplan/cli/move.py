"""`safeplan move`: a planned visit goes to another day."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, WhoOption
from safeplan.cli.options import PlanOption, TodayOption
from safeplan.cli.slips import ReasonOption, TriedOption, answer, the_desk
from safeplan.cli.speech import say

HELP = say("Move a planned visit to another day of its time; the answer is what else moves.")
EXAMPLES = say(
    "safeplan move E0001@2026-03-02 --to 2026-03-05\n\n"
    "safeplan move class-A/E0001/2026-03/1 --to 2026-03-05 --reason blackout"
)


def move(
    visit: Annotated[str, typer.Argument(metavar="VISIT", help=say("Its id, how that begins, or enterprise@day."))],
    to: Annotated[str, typer.Option("--to", metavar="DAY", help=say("Its new day."))],
    reason: ReasonOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
    today: TodayOption = None,
    tried: TriedOption = False,
) -> None:
    """A planned visit goes to another day."""
    from safeplan.work import changes

    desk = the_desk(plan, ledger, who)
    answer(desk, changes.move(desk, visit, to, reason), today=today, tried=tried)
