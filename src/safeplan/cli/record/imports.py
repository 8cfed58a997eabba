"""`safeplan record import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, WhoOption
from safeplan.cli.options import PlanOption
from safeplan.cli.result import write_result
from safeplan.cli.slips import the_desk
from safeplan.cli.speech import say, tell

_HELP = say(
    "Take over a file: the filled form of schedule --form, what its --pocket saved, or a ledger of the office "
    "(检查台账, 隐患台账)."
)
_EXAMPLES = say(
    "safeplan schedule --week next --form -o week.xlsx   (the form)\n\n"
    "safeplan record import week.xlsx --dry-run   (what would be recorded)\n\n"
    "safeplan record import week.xlsx\n\n"
    "safeplan record import answers-wang-2026-W11.csv   (what a page of --pocket saved)\n\n"
    "All or nothing; the same file again adds nothing."
)


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=say("A filled form, or a ledger: .xlsx, .csv, .xls, .ods."))
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say("Show what would be recorded, and record nothing."))
    ] = False,
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record what a file tells."""
    from safeplan.words.diagnostics import render
    from safeplan.work.recording.imports import import_file
    from safeplan.work.recording.slip import consequences, slip

    desk = the_desk(plan, ledger, who)
    done = import_file(desk, file, dry_run=dry_run)
    if done.rows.warnings:
        tell(render(done.rows.warnings, say))
    shown = (slip if dry_run else consequences)(done.told, say)
    n, known, empty = len(done.told.events), done.known, done.rows.empty
    if dry_run:
        total = say(
            "{n} new, {known} already recorded, {empty} rows not filled in; nothing was recorded",
            n=n,
            known=known,
            empty=empty,
        )
    else:
        total = say("{n} new, {known} already recorded, {empty} rows not filled in", n=n, known=known, empty=empty)
    write_result(f"{shown}{total}\n".encode())


COMMANDS = (("import", import_, _HELP, _EXAMPLES),)
