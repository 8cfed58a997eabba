"""`safeplan check`: every problem of a plan at once."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.edge import USAGE, WELL
from safeplan.cli.options import PlanArgument, PlanOption, the_plan
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say

HELP = say("Find every problem of a plan at once, with line and column.")
EXAMPLES = say(
    "safeplan check plan.yaml\n\n"
    "safeplan check --strict plan.yaml   (warnings count as errors)\n\n"
    "safeplan check --effective plan.yaml   (the plan with its presets, each value with where it comes from)\n\n"
    "safeplan check --format json plan.yaml"
)


def check(
    plan: PlanArgument = None,
    plan_option: PlanOption = None,
    strict: Annotated[bool, typer.Option("--strict", help=say("Let warnings count as errors."))] = False,
    effective: Annotated[
        bool, typer.Option("--effective", help=say("Print the plan with presets and defaults."))
    ] = False,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help=say("text or json."))] = "text",
) -> None:
    """Check a plan."""
    from safeplan.work.checks import check_plan, effective_plan

    path = the_plan(plan, plan_option)
    if effective:
        write_result(effective_plan(path, form, say, progress))
        return
    checked = check_plan(path, form, say, progress)
    write_result(checked.data)
    bad = checked.errors or (strict and checked.warnings)
    raise typer.Exit(USAGE if bad else WELL)
