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
LanguageOption = Annotated[
    str | None,
    typer.Option("--lang", metavar="LANG", help=say("Language of what is printed: zh-CN or en; left out: the plan's.")),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help=say("Write into this file; its ending says the format.")),
]
ForceOption = Annotated[bool, typer.Option("--force", "-f", help=say("Replace the file if it is there."))]


def the_plan(argument: Path | None, option: Path | None = None) -> Path:
    """Give the plan that is meant; when none was named, stderr says which was taken."""
    from safeplan.work.plan_path import plan_path

    named = argument or option
    path = plan_path(named, os.environ, Path.cwd())
    if named is None:
        tell(say("plan: {path}", path=path.name if path.parent == Path.cwd() else path))
    return path


def the_language(asked: str | None, plan: str) -> str:
    """Give the language of what is printed.

    Raises
    ------
    WorkError
        `unknown-language`.
    """
    from safeplan.words.language import language_of
    from safeplan.work.errors import WorkError

    if asked is not None and language_of(asked) == "en" and not asked.lower().startswith("en"):
        raise WorkError("unknown-language", asked=asked)
    return language_of(asked, plan)
