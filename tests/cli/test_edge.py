"""Every way a command can end: an exit code and a line, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.plans import run, write

Capture = pytest.CaptureFixture[str]
COMMAND = [sys.executable, "-m", "safeplan"]


def _raising(problem: BaseException):
    def fail(*_: object, **__: object) -> None:
        raise problem

    return fail


@pytest.mark.parametrize(
    ("problem", "code", "said"),
    [
        pytest.param(ZeroDivisionError("secret text"), 70, "fault of safeplan", id="a fault"),
        pytest.param(RecursionError(), 70, "fault of safeplan", id="a fault of depth"),
        pytest.param(KeyboardInterrupt(), 130, "", id="Ctrl-C"),
        pytest.param(MemoryError(), 3, "not enough memory", id="no memory"),
        pytest.param(OSError(28, "No space left on device"), 3, "no space is left", id="a full disk"),
    ],
)
def test_what_is_raised_becomes_a_line_and_a_code(
    tmp_path: Path, monkeypatch, capfd: Capture, problem: BaseException, code: int, said: str
):
    monkeypatch.setattr("safeplan.work.schedules.read_plan", _raising(problem))
    monkeypatch.delenv("SAFEPLAN_DEBUG", raising=False)
    assert run("schedule", write(tmp_path)) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err and "Traceback" not in err and "secret text" not in err


def test_a_fault_shows_more_when_asked(tmp_path: Path, monkeypatch, capfd: Capture):
    monkeypatch.setattr("safeplan.work.schedules.read_plan", _raising(ZeroDivisionError("x")))
    monkeypatch.setenv("SAFEPLAN_DEBUG", "1")
    assert run("schedule", write(tmp_path)) == 70
    assert "Traceback" in capfd.readouterr().err


def test_a_closed_pipe_is_silent(tmp_path: Path):
    plan = write(tmp_path)
    command = f"{sys.executable} -m safeplan schedule {plan} --format json | head -c 1"
    done = subprocess.run(["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{", b"")


def test_a_reader_that_is_gone_before_the_first_byte_is_silent(tmp_path: Path):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*COMMAND, "schedule", write(tmp_path)], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
def test_a_full_disk_on_stdout_gives_exit_code_3(tmp_path: Path):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "schedule", write(tmp_path)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_ends_with_130_and_no_traceback(tmp_path: Path):
    program = (
        "import sys, safeplan.work.schedules as schedules\n"
        "def read_plan(path, progress):\n"
        "    print('busy', flush=True)\n"
        "    while True: pass\n"
        "schedules.read_plan = read_plan\n"
        "from safeplan.cli import main\n"
        f"main(['schedule', {str(write(tmp_path))!r}])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell that runs the tests in the background has told them to ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        assert process.stdout is not None and process.stdout.readline() == b"busy\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_python_m_safeplan_is_the_command_line():
    done = subprocess.run([*COMMAND, "--version"], capture_output=True, check=False, text=True)
    assert done.returncode == 0 and done.stdout.startswith("safeplan ")
