"""safeplan cron: lines and units that really run, with nothing in the environment, once at a time, silent when well."""

from __future__ import annotations

import fcntl
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.plans import run
from mail.office import PLAN, WEEK, Office
from mail.servers import PASSWORD, Post, Running


@pytest.fixture
def office(tmp_path: Path, server: Running) -> Office:
    """Give an office in a folder whose name every quoting must bear, with the week of 9 March issued."""
    folder = tmp_path / "安监 50% 'A'"
    folder.mkdir()
    made = Office(folder)
    made.secret = folder / "safeplan-smtp.secret"
    made.may_send(server)
    assert made.run("issue", "--week", WEEK) == 0
    return made


def printed(capsys: pytest.CaptureFixture[str], office: Office, *arguments: object) -> list[str]:
    capsys.readouterr()
    assert run("cron", office.plan, *arguments) == 0
    return capsys.readouterr().out.splitlines()


def commands(lines: list[str]) -> list[str]:
    """Give what cron would hand to the shell."""
    jobs = [line for line in lines if line[:1].isdigit()]
    return [line.split(" ", 5)[5].replace("\\%", "%") for line in jobs]


def by_cron(command: str, today: str) -> subprocess.CompletedProcess[str]:
    """Run a line as cron does, with nothing in the environment; on a day that the test chooses."""
    dated = command.replace(" --quiet ", f" --quiet --today {today} ")
    assert dated != command
    return subprocess.run(["env", "-i", "/bin/sh", "-c", dated], capture_output=True, text=True, cwd="/", check=False)


def test_the_lines_say_when_and_name_everything_by_its_whole_path(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(capsys, office, "--at", "15:30", "--overdue-at", "8:05")
    assert [line.split(" ", 5)[:5] for line in lines if line[:1].isdigit()] == [
        ["30", "15", "*", "*", "*"], ["5", "8", "*", "*", "*"],
    ]  # fmt: skip
    for command in commands(lines):
        words = shlex.split(command)
        (log,) = (word.removeprefix(">>") for word in words if word.startswith(">>"))
        lock, plan, secret = (words[words.index(one) + 1] for one in ("0", "--plan", "--secret"))
        assert Path(plan) == office.plan and {Path(one).parent for one in (log, lock, secret)} == {office.folder}
    assert PASSWORD not in "\n".join(lines)


def test_what_is_due_goes_out_by_the_printed_line_and_the_second_run_is_silent(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    weekly, _ = commands(printed(capsys, office))
    first = by_cron(weekly, "2026-03-06")
    assert len(post.boxes) == 5
    assert "not all is well" in first.stdout  # one domain is not allowed
    log = office.folder / "safeplan-mail.log"
    assert "5 sent" in log.read_text(encoding="utf-8") and log.stat().st_mode & 0o077 == 0
    size = log.stat().st_size
    second = by_cron(weekly, "2026-03-06")
    assert (second.stdout, second.stderr, log.stat().st_size) == ("", "", size)
    assert sum(map(len, post.boxes.values())) == 5


def test_on_another_day_nothing_is_said_or_sent(office: Office, post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    for command in commands(printed(capsys, office)):
        done = by_cron(command, "2026-01-02")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not post.boxes and (office.folder / "safeplan-mail.log").read_text() == ""


def test_what_is_overdue_goes_out_by_the_printed_line(
    office: Office, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("record", "visit", "Q1", "--day", "2026-03-02", "--by", "zhao", "-p", office.plan, "--as", "x") == 0
    _, daily = commands(printed(capsys, office))
    by_cron(daily, "2026-04-08")
    assert post.boxes


@pytest.mark.skipif(shutil.which("flock") is None, reason="needs flock")
def test_while_one_runs_another_ends_at_once(office: Office, post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    weekly, _ = commands(printed(capsys, office))
    lock = office.folder / ".safeplan-mail.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = by_cron(weekly, "2026-03-06")
    assert (done.returncode, done.stdout) == (0, "") and not post.boxes
    by_cron(weekly, "2026-03-06")
    assert post.boxes


def test_a_server_that_is_down_is_named_by_crons_own_mail(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    weekly, _ = commands(printed(capsys, office))
    office.secret.write_text("smtps://u:geheim@localhost:1", encoding="utf-8")
    done = by_cron(weekly, "2026-03-06")
    log = (office.folder / "safeplan-mail.log").read_text(encoding="utf-8")
    assert "safeplan-mail: not all is well, see" in done.stdout and "cannot be reached" in log
    assert "geheim" not in log + done.stdout + done.stderr


@pytest.mark.debian
def test_systemd_takes_the_units(office: Office, tmp_path: Path) -> None:
    units = tmp_path / "units"
    assert run("cron", office.plan, "--systemd", "-o", units, "--issue") == 0
    files = sorted(units.iterdir())
    assert [one.name for one in files] == [
        "safeplan-mail.service", "safeplan-mail.timer", "safeplan-overdue.service", "safeplan-overdue.timer",
    ]  # fmt: skip
    looked = subprocess.run(
        ["systemd-analyze", "verify", *map(str, files)], capture_output=True, text=True, check=False
    )
    own = [line for line in looked.stderr.splitlines() if "safeplan" in line]
    assert own == [] and looked.returncode == 0
    text = files[0].read_text(encoding="utf-8")
    assert "50%% " in text and "--issue" in text and PASSWORD not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--at", "25:00"], "25:00"), (["--at", "noon"], "noon"), (["-o", "units"], "--systemd")],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Office(tmp_path)
    assert run("cron", made.plan, *arguments) == 2
    assert said in capsys.readouterr().err


def test_a_plan_without_a_sending_day_has_nothing_to_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = Office(tmp_path, PLAN[: PLAN.index("  weekly:")])
    assert run("cron", made.plan) == 2
    assert "weekly" in capsys.readouterr().err
