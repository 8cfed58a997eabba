"""`safeplan issue`: a week's roster is fixed and numbered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, WhoOption
from safeplan.cli.options import PlanArgument, PlanOption, TodayOption
from safeplan.cli.result import write_result
from safeplan.cli.slips import the_desk
from safeplan.cli.speech import say

HELP = say("Fix a week's roster in the ledger, numbered; it stays as it is, unless a visit becomes impossible.")
EXAMPLES = say(
    "safeplan issue plan.yaml --week next --approved-by liu\n\n"
    "safeplan schedule plan.yaml --week next --with-surprise --format json -o week.json\n\n"
    "safeplan issue plan.yaml --week next --reviewed week.json"
)


def issue(
    plan: PlanArgument = None,
    week: Annotated[
        str, typer.Option("--week", metavar="WEEK", help=say("2026-W11, this, next, or any day of it."))
    ] = "next",
    approved_by: Annotated[str, typer.Option("--approved-by", metavar="WHO", help=say("Who approved it."))] = "",
    number: Annotated[str, typer.Option("--number", metavar="NUMBER", help=say("Number of the paper."))] = "",
    reviewed: Annotated[
        Path | None,
        typer.Option(
            "--reviewed",
            metavar="FILE",
            help=say("The roster as JSON that was read and signed; refused when anything has moved since."),
        ),
    ] = None,
    plan_option: PlanOption = None,
    today: TodayOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Issue a week."""
    from safeplan.views.diff import issue_lines
    from safeplan.work.issue import Asked
    from safeplan.work.issue import issue as fix

    desk = the_desk(plan or plan_option, ledger, who)
    done = fix(desk, Asked(week, approved_by, number, reviewed), today)
    lines = issue_lines(done.event, done.told.numbers[0], say)
    write_result("".join(f"{line}\n" for line in lines).encode())
