"""The bar on a real terminal: seen when a command takes longer than a second, gone when it ends, and nowhere else."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.plans import BAD, GOOD, SHORT, write
from safeplan.output.cells import text_width
from work.registers import write_csv

if sys.platform == "win32":
    pytest.skip("this system has no pseudo-terminals", allow_module_level=True)

from cli.screen import Terminal

VILLAGES = 12
MANY = "\n".join(
    [
        GOOD.split("grids:")[0] + "grids:",
        *(f"  - {{id: v{n}, name: 第{n}村}}" for n in range(VILLAGES)),
        "officers:",
        *(f'  - {{id: o{n}{i}, name: 员{n}{i}, grids: [v{n}], certificate: "{n}{i}", teams: [t]}}'
          for n in range(VILLAGES) for i in range(2)),
        "enterprises:",
        *(f"  - {{id: E{n}, name: 第{n}厂, class: A, grid: v{n}}}" for n in range(VILLAGES)),
        "",
    ]
)  # fmt: skip
"""Villages that share nobody: as many areas, placed one after the other."""

SLOW = """\
import sys, time
import {module} as module
real = module.{step}
def slow(*arguments, **named):
    time.sleep({seconds})
    return real(*arguments, **named)
module.{step} = slow
from safeplan.cli import main
main(sys.argv[1:])
"""
"""safeplan, in which a step takes longer and tells nothing meanwhile."""
SLOW_AREAS = SLOW.format(module="safeplan.core.schedule", step="_run", seconds=0.3)
SLOW_READING = SLOW.format(module="safeplan.reading.plan", step="read_tree", seconds=2)
SLOW_REGISTER = SLOW.format(module="safeplan.work.init", step="find_register", seconds=2)

BAR = re.compile("[━╸╺]{8}")
LEFT = re.compile(r"^choosing days +[━╸╺]+ \d+ s left$")
SO_FAR = re.compile(r"^reading the plan +[━╸╺]+ \d+ s so far$")
NO_PROBLEMS = "0 errors, 0 warnings\r\n"


def slow(program: str, *arguments: object) -> list[str]:
    return ["-c", program, *map(str, arguments)]


def bars(lines: list[str]) -> list[str]:
    return [line for line in lines if BAR.search(line)]


def test_stage_and_time_left_are_seen_and_nothing_is_left_when_the_command_ends(tmp_path: Path) -> None:
    plan = write(tmp_path, MANY)
    with Terminal(slow(SLOW_AREAS, "schedule", plan, "--month", "1", "--today", "2026-01-05")) as terminal:
        terminal.wait_for(lambda lines: any(map(LEFT.search, lines)))
        assert terminal.end() == 0
        assert terminal.lines[0].startswith("石桥村2026年安全检查计划")
        assert not bars(terminal.lines)


def test_a_step_that_tells_nothing_has_a_bar_too(tmp_path: Path) -> None:
    plan = write(tmp_path)
    with Terminal(slow(SLOW_READING, "overdue", plan, "--as-of", "2026-02-01")) as terminal:
        terminal.wait_for(lambda lines: any(map(SO_FAR.search, lines)))
        assert terminal.end() == 0
        assert not bars(terminal.lines)


def test_the_exit_code_is_that_of_the_command(tmp_path: Path) -> None:
    plan = write(tmp_path, SHORT)
    with Terminal(slow(SLOW_READING, "schedule", plan, "--today", "2026-05-01")) as terminal:
        terminal.wait_for(bars)
        assert terminal.end() == 1
        assert not bars(terminal.lines)


def test_an_error_stands_alone(tmp_path: Path) -> None:
    plan = write(tmp_path, BAD)
    with Terminal(slow(SLOW_READING, "schedule", plan)) as terminal:
        terminal.wait_for(bars)
        assert terminal.end() == 2
        assert not bars(terminal.lines)
        assert terminal.lines[-1] == "error: the plan has errors (1); nothing was scheduled"


def test_an_interrupt_leaves_no_bar(tmp_path: Path) -> None:
    plan = write(tmp_path)
    with Terminal(slow(SLOW_READING, "check", plan)) as terminal:
        terminal.wait_for(bars)
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.end() == 130
        assert terminal.lines[-1] == "interrupted; nothing is half written"
        assert not bars(terminal.lines)


def test_who_is_killed_leaves_the_cursor(tmp_path: Path) -> None:
    with Terminal(slow(SLOW_READING, "check", write(tmp_path))) as terminal:
        terminal.wait_for(bars)
        terminal.process.kill()
        terminal.end()
        assert terminal.shown.rfind("\x1b[?25h") > terminal.shown.rfind("\x1b[?25l")


def test_what_is_said_meanwhile_stands_above_the_bar(tmp_path: Path) -> None:
    speaking = SLOW_AREAS.replace(
        "    time.sleep(0.3)", "    time.sleep(0.3)\n    from safeplan.cli.speech import tell\n    tell('heard')"
    )
    plan = write(tmp_path, MANY)
    with Terminal(slow(speaking, "capacity", plan, "-o", tmp_path / "out.csv")) as terminal:
        seen = terminal.wait_for(lambda lines: len(lines) > 2 and bool(bars(lines)))
        assert seen[:-1] == ["heard"] * (len(seen) - 1)
        assert bars(seen) == seen[-1:]
        assert terminal.end() == 0
        assert terminal.lines == ["heard"] * VILLAGES + [f"written: {tmp_path / 'out.csv'}"]


def test_a_question_is_not_drawn_over(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [{"企业名称": f"厂{at}", "监管码": ("01", "02")[at % 2]} for at in range(8)])
    with Terminal(slow(SLOW_REGISTER, "init", "-r", "a.csv"), stdin=True, folder=tmp_path) as terminal:
        terminal.wait_for(bars)
        asked = terminal.wait_for(lambda lines: lines[-1:] == ["a number; Enter: none of them >"])
        shown = len(terminal.shown)
        terminal.watch(1.5)
        assert (terminal.lines, len(terminal.shown)) == (asked, shown)
        assert not bars(asked)


def test_a_result_in_a_file_does_not_hide_the_bar(tmp_path: Path) -> None:
    plan = write(tmp_path)
    with (
        (tmp_path / "roster.txt").open("wb") as file,
        Terminal(
            slow(SLOW_READING, "schedule", plan, "--month", "1", "--today", "2026-01-05"), stdout=file
        ) as terminal,
    ):
        terminal.wait_for(bars)
        assert terminal.end() == 0
        assert terminal.lines == []
    assert "石桥村2026年安全检查计划" in (tmp_path / "roster.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_it_fits_the_screen_in_both_languages(columns: int, language: str, tmp_path: Path) -> None:
    plan = write(tmp_path, MANY)
    with Terminal(slow(SLOW_AREAS, "capacity", plan, "-o", "out.csv", "--lang", language), columns=columns,
                  folder=tmp_path) as terminal:  # fmt: skip
        stage, left = {"zh-CN": ("正在安排日期", "秒"), "en": ("choosing days", "s left")}[language]
        seen = terminal.wait_for(lambda lines: any(stage in line and line.endswith(left) for line in lines))
        assert len(seen) == 1 and text_width(seen[0]) < columns
        assert terminal.end() == 0


def test_a_quick_command_shows_nothing(tmp_path: Path) -> None:
    with Terminal(["-m", "safeplan", "presets"], folder=tmp_path) as terminal:
        assert terminal.end() == 0
        assert BAR.search(terminal.shown) is None


def test_before_its_time_nothing_is_written(tmp_path: Path) -> None:
    patient = "import safeplan.cli.progress as progress\nprogress.PATIENCE = 30.0\n" + SLOW_READING
    with Terminal(slow(patient, "check", write(tmp_path))) as terminal:
        assert terminal.end() == 0
        assert terminal.shown == NO_PROBLEMS


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": "unknown"}], ids=str)
def test_a_terminal_that_cannot_erase_shows_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    with Terminal(slow(SLOW_READING, "check", write(tmp_path)), **environment) as terminal:
        assert terminal.end() == 0
        assert terminal.shown == NO_PROBLEMS


def test_quiet_is_quiet(tmp_path: Path) -> None:
    with Terminal(slow(SLOW_READING, "overdue", write(tmp_path), "-q", "--as-of", "2026-02-01")) as terminal:
        assert terminal.end() == 0
        assert terminal.shown == ""


def test_in_a_pipe_there_is_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, *slow(SLOW_READING, "schedule", write(tmp_path), "--month", "1")],
        capture_output=True,
        check=True,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
