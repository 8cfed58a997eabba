"""`safeplan draw`: spot checks drawn in two acts, so that nobody can try seeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeplan.cli.commands import Commands
from safeplan.cli.edge import ATTENTION, WELL, is_screen
from safeplan.cli.options import (
    ForceOption,
    PlanOption,
    TodayOption,
    the_plan,
)
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

if TYPE_CHECKING:
    from safeplan.document import Document
    from safeplan.work.draw import Drawing

HELP = say("Draw a spot check (双随机) in two acts: fix who can be drawn, then reveal who is.")
_COMMIT = say("Fix pool, number and the public event that will give the seed.")
_REVEAL = say("Give the list that a seed brings, and the line to paste into the plan.")
_VERIFY = say("Recompute a record, and compare it with the plan.")

app = Commands("draw", help=HELP)

RuleArgument = Annotated[
    str, typer.Argument(metavar="RULE", help=say("The spot check: its id, its name, or how one begins."))
]
PeriodOption = Annotated[str, typer.Option("--period", metavar="PERIOD", help=say("Which draw: 2026-Q2."))]
PageOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help=say("Write the record into this page (.html).")),
]


@app.command("commit", help=_COMMIT)
def commit(
    rule: RuleArgument,
    period: PeriodOption,
    event: Annotated[
        str,
        typer.Option("--event", metavar="TEXT", help=say("What will give the seed: a lottery number of a named date.")),
    ],
    plan: PlanOption = None,
    output: PageOption = None,
    force: ForceOption = False,
    today: TodayOption = None,
) -> None:
    """Fix a draw."""
    from safeplan.work import draw

    made = draw.commit(draw.Asked(the_plan(None, plan), rule, period, today, progress), event)
    _show(made, output, force)


@app.command("reveal", help=_REVEAL)
def reveal(
    rule: RuleArgument,
    period: PeriodOption,
    seed: Annotated[
        str | None, typer.Option("--seed", metavar="SEED", help=say("What the event gave; left out: the plan's own."))
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="FILE", help=say("The page of the commitment."))
    ] = None,
    replace: Annotated[
        list[str] | None,
        typer.Option("--replace", metavar="ID=WHY", help=say("Drawn but closed or moved: the next in order follows.")),
    ] = None,
    plan: PlanOption = None,
    output: PageOption = None,
    force: ForceOption = False,
    today: TodayOption = None,
) -> None:
    """Reveal a draw."""
    from safeplan.work import draw

    asked = draw.Asked(the_plan(None, plan), rule, period, today, progress)
    made = draw.reveal(asked, seed, record, replace or [])
    _show(made, output, force)


@app.command("verify", help=_VERIFY)
def verify(
    rule: RuleArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("The page of a record."))],
    period: PeriodOption,
    plan: PlanOption = None,
) -> None:
    """Check a record."""
    from safeplan.work import draw

    record, found = draw.verify(draw.Asked(the_plan(None, plan), rule, period, progress=progress), file)
    _print(draw.verdict(record, found, say))
    raise typer.Exit(ATTENTION if found else WELL)


def _show(made: Drawing, output: Path | None, force: bool) -> None:
    from safeplan.work.draw import write_page

    _print(made.document(say))
    if output is not None:
        write_page(output, made, say, force=force)
        tell(say("written: {path}", path=output))


def _print(document: Document) -> None:
    from safeplan.cli.terminal import screen_options
    from safeplan.output.formats import DOCUMENT_FORMATS

    write_result(DOCUMENT_FORMATS["terminal" if is_screen() else "text"].render(document, screen_options()))
