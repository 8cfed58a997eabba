"""`safeplan mail`: each officer gets their own roster, once; or what is overdue goes to those who answer for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeplan.cli.edge import ATTENTION, INTERRUPTED, WELL, is_screen, report
from safeplan.cli.ledger_options import LedgerOption, WhoOption, the_ledger, who_tells
from safeplan.cli.options import (
    ForceOption,
    PlanArgument,
    PlanOption,
    TodayOption,
    the_plan,
)
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

if TYPE_CHECKING:
    from safeplan.mail.batch import Batch
    from safeplan.mail.run import Sent
    from safeplan.work.recording.desk import Desk

HELP = say("Mail the issued roster of a week: to each officer their own visits, once each.")
EXAMPLES = say(
    "safeplan mail plan.yaml --week next --dry-run   (show the letters)\n\n"
    "safeplan mail plan.yaml --week next --secret smtp.secret\n\n"
    "safeplan mail --if-due --quiet   (for cron: on the plan's sending day, and what is left over)\n\n"
    "safeplan mail --overdue   (what is overdue, to those who answer for it)\n\n"
    "safeplan mail --week next --output letters   (.eml files; nothing is sent)\n\n"
    "The server: SAFEPLAN_SMTP_URL=smtp+starttls://name:password@host:587, or a file of mode 0600 with that line.\n\n"
    "Exit code 1: somebody has no letter yet; the next run tries again."
)


def mail(
    plan: PlanArgument = None,
    week: Annotated[
        str | None, typer.Option("--week", metavar="WEEK", help=say("2026-W11, this, next, or any day of it."))
    ] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help=say("Mail what is overdue to those who answer for it, once a day."))
    ] = False,
    if_due: Annotated[
        bool, typer.Option("--if-due", help=say("Only from the plan's sending day on; a day off: the one before."))
    ] = False,
    issue: Annotated[
        bool, typer.Option("--issue", help=say("Issue the week first when it was not issued yet."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help=say("Show the letters; send and record nothing."))
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help=say("Write the letters into this folder; send nothing.")),
    ] = None,
    force: ForceOption = False,
    secret: Annotated[
        Path | None,
        typer.Option("--secret", metavar="FILE", help=say("File of mode 0600 with the mail server and its password.")),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help=say("Print nothing when nothing was to be done."))
    ] = False,
    plan_option: PlanOption = None,
    today: TodayOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Mail rosters or what is overdue."""
    from safeplan.mail.asked import Asked, batches
    from safeplan.work.errors import WorkError
    from safeplan.work.recording.desk import Desk
    from safeplan.work.schedules import read

    path = the_plan(plan, plan_option, quiet=quiet)
    if dry_run and output is not None:
        raise WorkError("mail-one-way")
    known = read(path, progress)
    desk = Desk(path, known, the_ledger(path, known.file.ledger, ledger), who_tells(who), progress)
    sends = not dry_run and output is None
    asked = Asked(week, if_due, issue and sends, overdue, today)
    codes = [WELL]
    for batch in batches(desk, asked, say):
        if dry_run:
            _show(batch)
        elif output is not None:
            _write(desk, batch, output, force=force)
        else:
            codes.append(_send(desk, batch, secret, quiet=quiet))
    raise typer.Exit(max(codes))


def _show(batch: Batch) -> None:
    """Print the letters, and who would get none."""
    from safeplan.mail.run import previews
    from safeplan.words.dates import listed

    for one in previews(batch, progress):
        lines = [
            say("To: {name} <{address}>", name=one.name, address=one.address),
            say("Subject: {subject}", subject=one.subject),
            say("Attached: {files}", files=listed(say, [file.name for file in one.attachments]) or "–"),
        ]
        write_result(("\n".join(lines) + f"\n\n{one.text}\n{'-' * 72}\n").encode())
    _report(batch)


def _write(desk: Desk, batch: Batch, folder: Path, *, force: bool) -> None:
    """Write the letters into files, and say who gets none."""
    from safeplan.mail.run import write_batch

    written = write_batch(desk, batch, folder, say, force=force)
    tell(say("written: {n} letters into {path}", n=len(written), path=folder))
    _report(batch)


def _send(desk: Desk, batch: Batch, secret: Path | None, *, quiet: bool) -> int:
    """Send the letters and say what became of them; gives the exit code."""
    from safeplan.mail.errors import SmtpError
    from safeplan.mail.run import send_batch
    from safeplan.mail.secret import find_server
    from safeplan.mail.smtp import Courier

    if not batch.to:
        if batch.aside or not quiet:
            _report(batch)
        return ATTENTION if batch.has_faults else WELL
    server = find_server(secret, os.environ)
    try:
        with Courier(server) as courier:
            sent = send_batch(desk, batch, courier, say)
    except KeyboardInterrupt:
        tell(say("interrupted; the ledger tells who has a letter, and the next run sends the others"))
        return INTERRUPTED
    if quiet and not sent.is_news:
        return WELL
    _report(batch, sent)
    if sent.unreached:
        return report(SmtpError(sent.unreached, server=str(server)))
    return ATTENTION if sent.needs_attention else WELL


def _report(batch: Batch, sent: Sent | None = None) -> None:
    """Print what became of the letters, and who gets none."""
    from safeplan.cli.terminal import screen_options
    from safeplan.mail.run import report_document
    from safeplan.output.formats import DOCUMENT_FORMATS

    document = report_document(batch, sent, say)
    screen = is_screen()
    data = DOCUMENT_FORMATS["terminal" if screen else "text"].render(document, screen_options() if screen else None)
    write_result(data)
