"""`safeplan request`: a visit is asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, WhoOption
from safeplan.cli.options import PlanOption, TodayOption
from safeplan.cli.slips import EnterpriseArgument, ReasonOption, TriedOption, answer, the_desk
from safeplan.cli.speech import say

HELP = say(
    "Say that a visit is asked for; it is owed within the time you name, and the answer is when, and what moves."
)
EXAMPLES = say(
    "safeplan request E0001 --within 3d\n\nsafeplan request E0002 --within 2wd --cause complaint --reason letter"
)


def request(
    enterprise: EnterpriseArgument,
    within: Annotated[str, typer.Option("--within", metavar="TIME", help=say("From today: 3d, 3wd, 3 workdays."))],
    cause: Annotated[
        str, typer.Option("--cause", metavar="CAUSE", help=say("request, complaint, transfer or monitoring."))
    ] = "request",
    reason: ReasonOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
    today: TodayOption = None,
    tried: TriedOption = False,
) -> None:
    """A visit is asked for."""
    from safeplan.work import changes

    desk = the_desk(plan, ledger, who)
    answer(desk, changes.request(desk, enterprise, within, cause, reason), today=today, tried=tried)
