"""`safeplan overdue`: what was not done, who answers for it, and what comes next."""

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
    SurpriseOption,
    the_plan,
)
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

HELP = say("Say what was not done: visits, findings, reinspections, activities, permits, roles, targets.")
EXAMPLES = say(
    "safeplan overdue plan.yaml\n\n"
    "safeplan overdue --officer wang --within 7d   (also what falls due within seven days)\n\n"
    "safeplan overdue --section rectification -o overdue.xlsx\n\n"
    "safeplan overdue -q   (for cron: prints nothing when nothing is overdue)\n\n"
    "Exit code 1: something is overdue. What is only shown since it will be soon is not."
)
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", "--today", metavar="DAY", help=say("As of this day; what happened later is not known.")),
]


def overdue(
    plan: PlanArgument = None,
    plan_option: PlanOption = None,
    as_of: AsOfOption = None,
    within: Annotated[
        str | None,
        typer.Option(
            "--within", metavar="TIME", help=say("Also what falls due within 7d, 3wd (working days), 1 month.")
        ),
    ] = None,
    officer: Annotated[
        str | None, typer.Option("--officer", metavar="WHO", help=say("Only what this officer answers for."))
    ] = None,
    grid: Annotated[
        str | None, typer.Option("--grid", metavar="GRID", help=say("Only this grid and all below it."))
    ] = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            metavar="SECTION",
            help=say(
                "Only visits, rectification, reinspection, extensions, activities, permits, vacancies or targets; "
                "several with commas."
            ),
        ),
    ] = None,
    with_surprise: SurpriseOption = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help=say("text, brief, csv, xlsx, html, markdown, docx, json, jsonl.")
        ),
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=say("Print nothing when nothing is overdue."))] = False,
    ledger: LedgerOption = None,
) -> None:
    """Say what was not done."""
    from safeplan.cli.terminal import screen_options
    from safeplan.output.options import Options
    from safeplan.work import overdue as work

    path = the_plan(plan, plan_option, quiet=quiet)
    screen = is_screen()
    name = work.overdue_format(form, output, screen=screen)
    asked = work.Asked(as_of, within, officer, grid, tuple(section or ()), with_surprise)
    found = work.find_overdue(path, asked, partial(the_ledger, path, asked=ledger), progress)
    late = found.chosen.count
    if quiet and not late:
        raise typer.Exit(WELL)
    progress("write", 0.0)
    data = work.render_overdue(found, name, screen_options() if screen else Options(), say)
    if output is None:
        write_result(data)
    else:
        work.write(output, data, found, force=force)
        tell(say("written: {path}", path=output))
    raise typer.Exit(ATTENTION if late else WELL)
