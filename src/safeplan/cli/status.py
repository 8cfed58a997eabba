"""`safeplan status`: where the targets stand."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from safeplan.cli.edge import ATTENTION, WELL, is_screen
from safeplan.cli.ledger_options import LedgerOption, the_ledger
from safeplan.cli.options import (
    ForceOption,
    OutputOption,
    PlanArgument,
    PlanOption,
    the_plan,
)
from safeplan.cli.overdue import AsOfOption
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

HELP = say("Show the targets: figure, what it is made of, goal, and the months so far.")
EXAMPLES = say(
    "safeplan status plan.yaml\n\n"
    "safeplan status --as-of 2026-06-30 -o half-year.xlsx\n\n"
    "Exit code 1: a target whose day has passed was not met."
)


def status(
    plan: PlanArgument = None,
    plan_option: PlanOption = None,
    as_of: AsOfOption = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help=say("text, brief, csv, xlsx, html, markdown, docx, json, jsonl.")
        ),
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Show the targets."""
    from safeplan.cli.terminal import screen_options
    from safeplan.output.options import Options
    from safeplan.work import overdue as work

    path = the_plan(plan, plan_option)
    screen = is_screen()
    name = work.overdue_format(form, output, screen=screen)
    found = work.find_overdue(path, work.Asked(as_of), partial(the_ledger, path, asked=ledger), progress)
    progress("write", 0.0)
    data = work.render_status(found, name, screen_options() if screen else Options(), say)
    if output is None:
        write_result(data)
    else:
        work.write(output, data, found, force=force)
        tell(say("written: {path}", path=output))
    raise typer.Exit(ATTENTION if work.missed_targets(found) else WELL)
