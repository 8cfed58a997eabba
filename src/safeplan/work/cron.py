"""What cron or systemd is to be told, so that rosters and what is overdue go out by themselves."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from safeplan.terms.text import half_width
from safeplan.words.language import Words
from safeplan.work.errors import WorkError

LOCK = ".safeplan-mail.lock"
LOG = "safeplan-mail.log"
SECRET = "safeplan-smtp.secret"  # noqa: S105 (the name of a file)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done every day: what for, when, and the words of the command after safeplan's own name."""

    name: str
    about: str
    at: time
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where jobs run: paths are absolute. `program` is how safeplan is called, `flock` the system's, if it has one."""

    plan: Path
    program: tuple[str, ...]
    secret: Path
    flock: str | None
    user: str
    language: str

    @property
    def log(self) -> Path:
        """The file that says what was done."""
        return self.plan.parent / LOG


def read_time(text: str) -> time:
    """Read 16:00.

    Raises
    ------
    WorkError
        `bad-time`.
    """
    try:
        return time.fromisoformat(half_width(text).strip().zfill(5))
    except ValueError:
        raise WorkError("bad-time", asked=text) from None


def jobs(place: Place, weekly: time, digest: time, words: Words, *, issue: bool) -> tuple[Job, ...]:
    """Give the jobs: every day the roster that is due, and what is overdue; both are silent when there is nothing."""
    common = ("--plan", str(place.plan), "--quiet", "--secret", str(place.secret))
    due = ("mail", "--if-due", *(["--issue"] if issue else []), *common)
    return (
        Job("safeplan-mail", words("rosters, on the plan's sending day, and what is left over"), weekly, due),
        Job("safeplan-overdue", words("what is overdue"), digest, ("mail", "--overdue", *common)),
    )


def crontab(place: Place, jobs: Sequence[Job], words: Words) -> Iterator[str]:
    """Give the lines of a crontab. Cron's own mail names a job that did not end well; nothing is said otherwise."""
    yield f"# {words('Add these lines with: crontab -e')}"
    yield from (f"# {line}" for line in _setting_up(place, words))
    yield f"LANG={place.language}"
    for job in jobs:
        failed = words("{job}: not all is well, see {log}", job=job.name, log=place.log)
        line = f"umask 077; {shlex.join(_locked(place, job))} >>{shlex.quote(str(place.log))} 2>&1"
        yield f"# {job.about}"
        yield f"{job.at.minute} {job.at.hour} * * * " + _escaped(f"{line} || echo {shlex.quote(failed)}")


def units(place: Place, jobs: Sequence[Job], words: Words) -> Iterator[tuple[str, str]]:
    """Give the name and text of each systemd unit: a service and a timer for each job."""
    setting_up = "".join(f"# {line}\n" for line in _setting_up(place, words))
    for job in jobs:
        command = " ".join(_systemd_quoted(word) for word in _locked(place, job))
        yield (
            f"{job.name}.service",
            (
                f"{setting_up}[Unit]\nDescription=safeplan: {_systemd_plain(job.about)}\nWants=network-online.target\n"
                f"After=network-online.target\n\n"
                f"[Service]\nType=oneshot\nUser={place.user}\nUMask=0077\nEnvironment=LANG={place.language}\n"
                f"ExecStart={command}\n"
                f"StandardOutput=append:{_systemd_plain(str(place.log))}\nStandardError=inherit\n"
            ),
        )
        yield (
            f"{job.name}.timer",
            (
                f"[Unit]\nDescription=safeplan: {_systemd_plain(job.about)}\n\n"
                f"[Timer]\nOnCalendar=*-*-* {job.at:%H:%M}:00\nPersistent=true\n\n"
                f"[Install]\nWantedBy=timers.target\n"
            ),
        )


def _setting_up(place: Place, words: Words) -> Iterator[str]:
    yield words("The mail server and its password stand in this file alone, which only you may read:")
    yield f"  install -m 600 /dev/null {shlex.quote(str(place.secret))}"
    yield words("and hold one line: {line}", line="smtp+starttls://name:password@host:587")


def _locked(place: Place, job: Job) -> list[str]:
    """Give the words of a job's command, under a lock: while another runs it ends at once and says nothing."""
    lock = [place.flock, "-n", "-E", "0", str(place.plan.parent / LOCK)] if place.flock else []
    return [*lock, *place.program, *job.command]


def _escaped(command: str) -> str:
    """Escape what crontab reads as the end of a command."""
    return command.replace("%", "\\%")


def _systemd_plain(text: str) -> str:
    return text.replace("%", "%%")


def _systemd_quoted(word: str) -> str:
    """Quote a word of ExecStart= (systemd.service(5), Command lines)."""
    plain = _systemd_plain(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{plain}"' if any(one.isspace() or one in "\"'\\;" for one in word) else plain
