"""What `leave`, `request`, `pin` and `move` share: one change, told or only tried, answered by what moves and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeplan.cli.edge import ATTENTION, WELL, is_screen
from safeplan.cli.ledger_options import the_ledger, who_tells
from safeplan.cli.options import the_plan
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say

if TYPE_CHECKING:
    from safeplan.work.changes import Make
    from safeplan.work.recording.desk import Desk

TriedOption = Annotated[bool, typer.Option("--dry-run", "-n", help=say("Say what would move; record nothing."))]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("Why, in your words."))]
EnterpriseArgument = Annotated[str, typer.Argument(metavar="ENTERPRISE", help=say("Id, name, or how it begins."))]


def the_desk(plan: Path | None, ledger: str | None, who: str | None) -> Desk:
    """Open the plan and its ledger for telling something."""
    from safeplan.work.recording.desk import Desk
    from safeplan.work.schedules import read

    path = the_plan(None, plan)
    known = read(path, progress)
    return Desk(path, known, the_ledger(path, known.file.ledger, ledger), who_tells(who), progress)


def answer(desk: Desk, make: Make, *, today: str | None, tried: bool) -> None:
    """Tell the change and print the slip; ends with 1 when something has no day any more."""
    from safeplan.cli.terminal import screen_options
    from safeplan.output.formats import DOCUMENT_FORMATS
    from safeplan.views.diff import slip_document
    from safeplan.work.changes import change

    changed = change(desk, make, today=today, tried=tried)
    number = changed.told.numbers[0] if changed.told else None
    document = slip_document(changed.event, number, changed.diff, say)
    write_result(DOCUMENT_FORMATS["terminal" if is_screen() else "text"].render(document, screen_options()))
    raise typer.Exit(ATTENTION if changed.diff.more_unplaced > 0 else WELL)
