"""`safeplan dossier`: an enterprise's file - owed, planned, done, found, chased, and who recorded it when."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.edge import is_screen
from safeplan.cli.ledger_options import LedgerOption, the_ledger
from safeplan.cli.options import (
    ForceOption,
    OutputOption,
    PlanOption,
    SurpriseOption,
    the_plan,
)
from safeplan.cli.papers import AsOfOption, FormatOption, give
from safeplan.cli.progress import progress
from safeplan.cli.speech import say

HELP = say(
    "Print an enterprise's file (履职档案): owed by which rule, planned, done, found, chased; who recorded it when."
)
EXAMPLES = say(
    "safeplan dossier E0001\n\n"
    "safeplan dossier E0001 --as-of 2026-05-31 -o file.docx   (only what was recorded by then)"
)


def dossier(
    enterprise: Annotated[str, typer.Argument(metavar="ENTERPRISE", help=say("Id, name, or how it begins."))],
    as_of: AsOfOption = None,
    with_contacts: Annotated[
        bool, typer.Option("--with-contacts", help=say("Show whom to contact, and the telephone."))
    ] = False,
    with_surprise: SurpriseOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
    plan: PlanOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Print an enterprise's file."""
    from safeplan.work.capacity import document_format
    from safeplan.work.dossier import dossier as make
    from safeplan.work.recording.desk import Desk
    from safeplan.work.schedules import read

    path = the_plan(None, plan)
    name = document_format(form, output, screen=is_screen())
    known = read(path, progress)
    place = the_ledger(path, known.file.ledger, ledger)
    desk = Desk(path, known, place, "", progress)
    document = make(desk, enterprise, say, as_of=as_of, with_surprise=with_surprise, with_contacts=with_contacts)
    give(document, name, output, desk, force=force)
