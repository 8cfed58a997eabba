"""`safeplan adopt`: the approved year's roster goes into the ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, WhoOption
from safeplan.cli.options import PlanArgument, PlanOption, TodayOption
from safeplan.cli.result import write_result
from safeplan.cli.slips import the_desk
from safeplan.cli.speech import say

HELP = say("Keep the approved year's roster in the ledger; later schedules change it as little as they can.")
EXAMPLES = say(
    "safeplan adopt plan.yaml --approved-by mayor --number 2026-3\n\nsafeplan adopt --again --approved-by mayor"
)


def adopt(
    plan: PlanArgument = None,
    approved_by: Annotated[str, typer.Option("--approved-by", metavar="WHO", help=say("Who approved it."))] = "",
    number: Annotated[str, typer.Option("--number", metavar="NUMBER", help=say("Number of the paper."))] = "",
    again: Annotated[bool, typer.Option("--again", help=say("Replace the roster that was adopted before."))] = False,
    plan_option: PlanOption = None,
    today: TodayOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Adopt the roster."""
    from safeplan.views.diff import adoption_lines
    from safeplan.work.adopt import Approval
    from safeplan.work.adopt import adopt as keep

    desk = the_desk(plan or plan_option, ledger, who)
    done = keep(desk, Approval(approved_by, number, again), today)
    lines = adoption_lines(done.schedule, done.told.numbers[0], say)
    write_result("".join(f"{line}\n" for line in lines).encode())
