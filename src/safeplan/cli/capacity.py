"""`safeplan capacity`: what the officers can do and what the plan asks of them; the annual plan table."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.edge import is_screen
from safeplan.cli.options import (
    ForceOption,
    OutputOption,
    PlanArgument,
    PlanOption,
    TodayOption,
    the_plan,
)
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

HELP = say("Reckon the working days: how many there are, what they go to, and what the plan needs.")
EXAMPLES = say(
    "safeplan capacity plan.yaml\n\n"
    "safeplan capacity plan.yaml -o capacity.xlsx\n\n"
    "safeplan capacity plan.yaml --table -o annual-plan.docx   (the annual plan table, one row a rule)"
)


def capacity(
    plan: PlanArgument = None,
    plan_option: PlanOption = None,
    table: Annotated[bool, typer.Option("--table", help=say("The annual plan table instead."))] = False,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=say("terminal, text, markdown, brief, csv, xlsx, html, docx.")),
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    today: TodayOption = None,
) -> None:
    """Reckon the working days of a plan."""
    from safeplan.cli.terminal import screen_options
    from safeplan.output.options import Options
    from safeplan.work import capacity as work
    from safeplan.work.schedules import make_schedule, write

    path = the_plan(plan, plan_option)
    screen = is_screen()
    name = work.document_format(form, output, screen=screen)
    made = make_schedule(path, today=today, progress=progress)
    render = work.annual_plan if table else work.capacity
    progress("write", 0.0)
    data = render(made.schedule, name, screen_options() if screen else Options(), say)
    if output is None:
        write_result(data)
    else:
        write(output, data, made, force=force)
        tell(say("written: {path}", path=output))
