"""`safeplan ledger`: whether the ledger is as it was recorded, and copies of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeplan.cli.commands import Commands
from safeplan.cli.edge import UNSOUND, WELL
from safeplan.cli.ledger_options import LedgerOption, the_ledger
from safeplan.cli.options import ForceOption, PlanArgument, PlanOption, the_plan
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

if TYPE_CHECKING:
    from safeplan.ledger.chain import Verified
    from safeplan.ledger.place import LedgerPlace

HELP = say("The ledger (台账): verify that nothing in it was changed, export it, back it up.")
_VERIFY = say("Verify that every event is as it was recorded.")
_EXPORT = say("Write all that the ledger holds: JSON Lines, CSV, or the ledgers of the office as a workbook.")
_BACKUP = say("Copy the ledger into one file, while others work on it.")

app = Commands("ledger", help=HELP)


@app.command("verify", help=_VERIFY)
def verify(
    plan: PlanArgument = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="HEAD", help=say("The head that a paper carries, 12:ab12cd34: does it still hold?")
        ),
    ] = None,
    ledger: LedgerOption = None,
    plan_option: PlanOption = None,
) -> None:
    """Verify a ledger."""
    from safeplan.work import ledgers

    look = ledgers.verify(_place(plan or plan_option, ledger), at, progress)
    if look.shares_slowly:
        tell(say("the ledger's disk lets nobody read while somebody writes; PostgreSQL does"))
    write_result(f"{_verdict(look.found, at)}\n".encode())
    raise typer.Exit(WELL if look.found.ok else UNSOUND)


@app.command("export", help=_EXPORT)
def export(
    plan: PlanArgument = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=say("Write into this file: .jsonl, .csv or .xlsx; left out: JSON Lines."),
        ),
    ] = None,
    force: ForceOption = False,
    ledger: LedgerOption = None,
    plan_option: PlanOption = None,
) -> None:
    """Export a ledger."""
    from safeplan.words.ledger_verdicts import head_text
    from safeplan.work import ledger_export

    form = ledger_export.export_format(output)
    if form == "xlsx":
        from safeplan.work.schedules import read

        path = the_plan(plan, plan_option)
        known = read(path, progress)
        made = ledger_export.workbook(the_ledger(path, known.file.ledger, ledger), known, say, progress)
    else:
        made = ledger_export.lines(_place(plan or plan_option, ledger), form, progress)
    if output is None:
        write_result(made.data)
        return
    ledger_export.write(output, made, force=force)
    tell(say("written: {path}", path=f"{output} ({head_text(say, made.head.events, made.head.hash)})"))


@app.command("backup", help=_BACKUP)
def backup(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=say("The file of the copy."))],
    plan: PlanArgument = None,
    force: ForceOption = False,
    ledger: LedgerOption = None,
    plan_option: PlanOption = None,
) -> None:
    """Back a ledger up."""
    from safeplan.work import ledgers

    found = ledgers.backup(_place(plan or plan_option, ledger), output, progress, force=force)
    tell(say("written: {path}", path=f"{output} ({_verdict(found, None)})"))
    raise typer.Exit(WELL if found.ok else UNSOUND)


def _place(plan: Path | None, asked: str | None) -> LedgerPlace:
    """Give the ledger that is meant; one that was named needs no plan."""
    from safeplan.work.ledgers import VARIABLE, settings_of

    if plan is None and (asked or os.environ.get(VARIABLE)):
        return the_ledger(Path.cwd(), None, asked)
    path = the_plan(plan)
    return the_ledger(path, None if asked else settings_of(path, progress), asked)


def _verdict(found: Verified, paper: str | None) -> str:
    from safeplan.words.ledger_verdicts import head_text, verdict

    if found.why is None:
        return head_text(say, found.head.events, found.head.hash)
    return verdict(say, found.why, number=found.number, at=found.at, paper=paper)
