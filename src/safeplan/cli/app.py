"""The commands of safeplan. Their modules import what they need inside, so that --help is quick."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli import (
    adopt,
    capacity,
    check,
    cron,
    diff,
    dossier,
    draw,
    explain,
    init,
    issue,
    leave,
    ledger,
    mail,
    move,
    notice,
    overdue,
    pin,
    presets,
    record,
    report,
    request,
    schedule,
    schema,
    status,
)
from safeplan.cli.commands import Commands
from safeplan.cli.result import write_result
from safeplan.cli.speech import say
from safeplan.version import __version__


def _version(asked: bool) -> None:
    if asked:
        write_result(f"safeplan {__version__}\n".encode())
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=say("Print the version and stop."))
    ] = False,
) -> None:
    """Take the options that stand before a command."""


app = Commands(
    "safeplan",
    help=say(
        "Turns a town's yearly safety plan into dated rosters: who goes where, on which day, and what cannot be done."
    ),
    epilog=say(
        "safeplan check plan.yaml\n\n"
        "safeplan schedule plan.yaml --week next\n\n"
        "safeplan schedule plan.yaml -o roster.xlsx\n\n"
        "safeplan explain E0001 -p plan.yaml\n\n"
        "Exit codes: 0 well, 1 something needs attention, 2 the plan or the call is wrong, 3 disk or system failed."
    ),
    before=_options,
)

for name, module, command in (
    ("init", init, init.init),
    ("check", check, check.check),
    ("schedule", schedule, schedule.schedule),
    ("explain", explain, explain.explain),
    ("adopt", adopt, adopt.adopt),
    ("issue", issue, issue.issue),
    ("diff", diff, diff.diff),
    ("leave", leave, leave.leave),
    ("request", request, request.request),
    ("pin", pin, pin.pin),
    ("move", move, move.move),
    ("notice", notice, notice.notice),
    ("dossier", dossier, dossier.dossier),
    ("report", report, report.report),
    ("mail", mail, mail.mail),
    ("cron", cron, cron.cron),
    ("overdue", overdue, overdue.overdue),
    ("status", status, status.status),
    ("capacity", capacity, capacity.capacity),
    ("presets", presets, presets.presets),
    ("schema", schema, schema.schema),
):
    app.command(name, help=module.HELP, epilog=module.EXAMPLES)(command)

app.add_typer(draw.app)
app.add_typer(record.app)
app.add_typer(ledger.app)
