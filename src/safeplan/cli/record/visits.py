"""`safeplan record visit`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, WhoOption
from safeplan.cli.options import PlanOption
from safeplan.cli.record.options import ByOption, DayOption, NoteOption, record
from safeplan.cli.slips import the_desk
from safeplan.cli.speech import say

_HELP = say("Record a visit that was made or tried, with what it found.")
_EXAMPLES = say(
    "safeplan record visit E0001 --day 2026-03-02 --by wang,li\n\n"
    "safeplan record visit E0001@2026-03-02   (by the crew of the roster)\n\n"
    "safeplan record visit E0001 --outcome closed\n\n"
    'safeplan record visit E0001 --finding "box not earthed" --finding "major: 3.1=exit locked"\n\n'
    "safeplan record visit dongjie --by huang   (the patrol of a grid)"
)


def visit(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="ENTERPRISE",
            help=say("An enterprise or a grid: id, name, or how it begins; with its day: E0001@2026-03-02."),
        ),
    ] = None,
    planned: Annotated[
        str | None,
        typer.Option(
            "--visit", metavar="ID", help=say("Which planned visit; left out: that of the enterprise and day.")
        ),
    ] = None,
    day: DayOption = None,
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            show_default=False,
            help=say("done, part, closed, refused, moved, ceased (or in Chinese)."),
        ),
    ] = "done",
    by: ByOption = None,
    findings: Annotated[
        list[str] | None,
        typer.Option(
            "--finding",
            metavar="TEXT",
            help=say("What was found; may begin with major: and a code, 3.1=; as often as needed."),
        ),
    ] = None,
    family: Annotated[
        str | None,
        typer.Option("--family", metavar="FAMILY", help=say("Kind of check; left out: the planned visit's.")),
    ] = None,
    note: NoteOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record a visit."""
    from safeplan.work.recording.visits import VisitTold, visit_events

    desk = the_desk(plan, ledger, who)
    told = VisitTold(what, planned, day, outcome, by, family, tuple(findings or ()), note)
    record(desk, lambda before: visit_events(desk, told, before))


COMMANDS = (("visit", visit, _HELP, _EXAMPLES),)
