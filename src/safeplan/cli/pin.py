"""`safeplan pin`: a visit is fixed by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, WhoOption
from safeplan.cli.options import PlanOption, TodayOption
from safeplan.cli.slips import EnterpriseArgument, ReasonOption, TriedOption, answer, the_desk
from safeplan.cli.speech import say

HELP = say("Fix a visit by hand: the day, a span of days, or the people; the answer is what moves.")
EXAMPLES = say(
    "safeplan pin E0001 --day 2026-05-13 --officers wang,li\n\n"
    "safeplan pin E0003 --window 2026-06-01/2026-06-12\n\n"
    "safeplan pin E0004 --except li --reason relatives"
)


def pin(
    enterprise: EnterpriseArgument,
    day: Annotated[
        str | None, typer.Option("--day", metavar="DAY", help=say("The very day; may be a day off."))
    ] = None,
    window: Annotated[
        str | None, typer.Option("--window", metavar="DAYS", help=say("Within these days: 2026-06-01/2026-06-12."))
    ] = None,
    officers: Annotated[
        str | None, typer.Option("--officers", metavar="WHO", help=say("Exactly these people: wang,li."))
    ] = None,
    with_: Annotated[str | None, typer.Option("--with", metavar="WHO", help=say("These among the crew."))] = None,
    except_: Annotated[str | None, typer.Option("--except", metavar="WHO", help=say("Never these."))] = None,
    family: Annotated[
        str | None, typer.Option("--family", metavar="KIND", help=say("inspection, joint, patrol, supervision …"))
    ] = None,
    cause: Annotated[
        str | None, typer.Option("--cause", metavar="CAUSE", help=say("request, complaint, transfer or monitoring."))
    ] = None,
    reason: ReasonOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
    today: TodayOption = None,
    tried: TriedOption = False,
) -> None:
    """A visit is fixed by hand."""
    from safeplan.work import changes

    desk = the_desk(plan, ledger, who)
    asked = changes.PinAsked(enterprise, day, window, officers, with_, except_, family, cause, reason)
    answer(desk, changes.pin(desk, asked), today=today, tried=tried)
