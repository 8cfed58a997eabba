"""`safeplan notice`: the order to mend findings, or the record of their reinspection, as a Word file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, the_ledger
from safeplan.cli.options import ForceOption, PlanOption, the_plan
from safeplan.cli.progress import progress
from safeplan.cli.record.options import FindingArgument
from safeplan.cli.result import write_result
from safeplan.cli.speech import say

HELP = say("Write the order to mend findings (整改通知书), or the record of their reinspection (复查意见书), for Word.")
EXAMPLES = say(
    "safeplan notice F12\n\n"
    "safeplan notice F12 --reinspection -o reinspection.docx\n\n"
    "safeplan notice F12 --template our-own.docx\n\n"
    "One paper is about all open findings of the enterprise that were ordered on the same day."
)


def notice(
    finding: FindingArgument,
    reinspection: Annotated[
        bool | None,
        typer.Option(
            "--reinspection/--order",
            help=say("Which paper; left out: the reinspection once there is one, else the order."),
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", help=say("A Word file with fields, in place of safeplan's own.")),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help=say("Where to; left out: order-F12.docx here.")),
    ] = None,
    force: ForceOption = False,
    plan: PlanOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write a notice."""
    from safeplan.core.papers import PaperKind
    from safeplan.views.notice import noticed_lines
    from safeplan.work.notice import notice as make
    from safeplan.work.notice import write_notice
    from safeplan.work.recording.desk import Desk
    from safeplan.work.schedules import read

    path = the_plan(None, plan)
    known = read(path, progress)
    desk = Desk(path, known, the_ledger(path, known.file.ledger, ledger), "", progress)
    kind = None if reinspection is None else PaperKind.REINSPECTION if reinspection else PaperKind.ORDER
    made = make(desk, finding, kind, template, say)
    written = write_notice(made, output, desk, template, force=force)
    lines = noticed_lines(known, made.paper, made.head, say)
    write_result("".join(f"{line}\n" for line in (say("Written: {path}", path=written), *lines)).encode())
