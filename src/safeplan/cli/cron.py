"""`safeplan cron`: what cron or systemd is to be told, so that mail goes out by itself."""

from __future__ import annotations

import getpass
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from safeplan.cli.options import ForceOption, PlanArgument, PlanOption, the_plan
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

HELP = say("Print the crontab lines, or systemd units, that mail rosters and what is overdue by themselves.")
EXAMPLES = say(
    "safeplan cron plan.yaml\n\n"
    "safeplan cron plan.yaml --at 15:30 --issue   (also issues the week when nobody has)\n\n"
    "safeplan cron plan.yaml --systemd --output /etc/systemd/system"
)


def cron(
    plan: PlanArgument = None,
    at: Annotated[
        str, typer.Option("--at", metavar="TIME", help=say("When rosters that are due go out, by the system's clock."))
    ] = "16:00",
    overdue_at: Annotated[
        str, typer.Option("--overdue-at", metavar="TIME", help=say("When what is overdue goes out."))
    ] = "08:30",
    issue: Annotated[
        bool, typer.Option("--issue", help=say("Issue the week first when it was not issued yet."))
    ] = False,
    secret: Annotated[
        Path | None,
        typer.Option("--secret", metavar="FILE", help=say("File of mode 0600 with the mail server and its password.")),
    ] = None,
    systemd: Annotated[
        bool, typer.Option("--systemd", help=say("Units of systemd in place of crontab lines."))
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help=say("Write the units into this folder."))
    ] = None,
    force: ForceOption = False,
    plan_option: PlanOption = None,
) -> None:
    """Print what runs safeplan by itself."""
    from safeplan.output.files import write_set
    from safeplan.work.cron import SECRET, Place, crontab, jobs, read_time, units
    from safeplan.work.errors import WorkError
    from safeplan.work.mail import mail_of
    from safeplan.work.schedules import read

    path = the_plan(plan, plan_option).absolute()
    if output is not None and not systemd:
        raise WorkError("cron-output")
    known = read(path, progress)
    if mail_of(known).weekly is None:
        raise WorkError("no-weekly")
    place = Place(
        plan=path,
        program=_program(),
        secret=(secret or path.parent / SECRET).absolute(),
        flock=shutil.which("flock"),
        user=getpass.getuser(),
        language=f"{say.language}.UTF-8" if say.language == "zh_CN" else "C.UTF-8",
    )
    found = jobs(place, read_time(at), read_time(overdue_at), say, issue=issue)
    if not systemd:
        write_result("".join(f"{line}\n" for line in crontab(place, found, say)).encode())
        return
    files = dict(units(place, found, say))
    if output is None:
        write_result("\n".join(f"# /etc/systemd/system/{name}\n{text}" for name, text in files.items()).encode())
        return
    write_set(output, {name: text.encode() for name, text in files.items()}, force=force, inputs=[path])
    tell(say("written: {path}", path=output))


def _program() -> tuple[str, ...]:
    """Give how this very safeplan is called from anywhere."""
    called = Path(sys.argv[0])
    if called.name == "safeplan" and called.is_file():
        return (str(called.absolute()),)
    return (sys.executable, "-m", "safeplan")
