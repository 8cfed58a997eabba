"""`safeplan init`: a plan that schedules at once, from nothing or from a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from safeplan.cli.edge import ATTENTION, WELL
from safeplan.cli.ledger_options import LedgerOption, the_ledger
from safeplan.cli.options import ForceOption, PlanOption, the_plan
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say

HELP = say("Start a plan that schedules at once: an example to change, or one made from your own spreadsheet.")
EXAMPLES = say(
    "safeplan init\n\n"
    "safeplan init --register register.xlsx   (finds headings, villages, classes; asks what it cannot tell)\n\n"
    "safeplan init plans/2026 --register ~/register.csv   (the register is copied into the folder)\n\n"
    "safeplan init --next-year --plan plan.yaml   (writes plan-2027.yaml beside it)"
)


def init(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            show_default=False,
            help=say("Where the plan goes; left out: here, next year's beside this one's. Made when it is not there."),
        ),
    ] = None,
    register: Annotated[
        Path | None,
        typer.Option("--register", "-r", metavar="FILE", help=say("Your register: .xlsx .xls .ods .csv .parquet.")),
    ] = None,
    next_year: Annotated[
        bool,
        typer.Option("--next-year", help=say("Next year's plan from this one (--plan), with what the ledger knows.")),
    ] = False,
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    force: ForceOption = False,
) -> None:
    """Start a plan."""
    from safeplan.cli.asking import asker
    from safeplan.cli.started import started_lines
    from safeplan.terms.diagnostic import Severity
    from safeplan.work.errors import WorkError
    from safeplan.work.init import start_from_register, start_plan, this_year

    if next_year:
        _move_on(folder, register, plan, ledger, force=force)
    if plan is not None or ledger is not None:
        raise WorkError("next-year-only")
    folder = folder or Path()
    if register is None:
        started = start_plan(folder, this_year(), say, force=force)
    else:
        started = start_from_register(
            folder, register, this_year(), say, ask=asker(say), force=force, progress=progress
        )
    write_result("".join(f"{line}\n" for line in started_lines(started, folder, say)).encode())
    errors = any(one.severity is Severity.ERROR for one in started.diagnostics)
    raise typer.Exit(ATTENTION if errors else WELL)


def _move_on(
    folder: Path | None,
    register: Path | None,
    plan: Path | None,
    ledger: str | None,
    *,
    force: bool,
) -> NoReturn:
    """Write next year's plan, and say what is to be looked at."""
    from safeplan.cli.moved_on import moved_on_lines
    from safeplan.terms.diagnostic import Severity
    from safeplan.work.errors import WorkError
    from safeplan.work.next_year import next_year
    from safeplan.work.recording.desk import Desk
    from safeplan.work.schedules import read

    path = the_plan(None, plan)
    if register is not None:
        raise WorkError("next-year-or-register")
    known = read(path, progress)
    desk = Desk(path, known, the_ledger(path, known.file.ledger, ledger), "", progress)
    moved = next_year(desk, folder, say, force=force)
    write_result("".join(f"{line}\n" for line in moved_on_lines(moved, say)).encode())
    errors = any(one.severity is Severity.ERROR for one in moved.diagnostics)
    raise typer.Exit(ATTENTION if errors else WELL)
