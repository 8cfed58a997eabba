"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from safeplan.cli.speech import say, tell

PlanArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="PLAN", help=say("The plan file; left out: $SAFEPLAN_PLAN, then safeplan.yaml or plan.yaml here.")
    ),
]
PlanOption = Annotated[
    Path | None, typer.Option("--plan", "-p", metavar="PLAN", help=say("The plan file, in another way."))
]
TodayOption = Annotated[
    str | None, typer.Option("--today", metavar="DAY", help=say("Plan as of this day: 2026-03-09."))
]
SurpriseOption = Annotated[
    bool, typer.Option("--with-surprise", help=say("Show surprise visits and visits that are not drawn yet."))
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help=say("Write into this file; its ending says the format.")),
]
ForceOption = Annotated[bool, typer.Option("--force", "-f", help=say("Replace the file if it is there."))]


def the_plan(argument: Path | None, option: Path | None = None, *, quiet: bool = False) -> Path:
    """Give the plan that is meant, and go on in its language.

    When none was named, stderr says which was taken, unless nothing is to be said that is not news.
    """
    from safeplan.work.plan_path import plan_path

    named = argument or option
    path = plan_path(named, os.environ, Path.cwd())
    say.about(path)
    if named is None and not quiet:
        tell(say("plan: {path}", path=path.name if path.parent == Path.cwd() else path))
    return path
