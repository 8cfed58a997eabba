"""Every command tells how far it is, stage by stage, or is quick; and its course is what it really goes through."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest
import typer.main

from cli.plans import run
from cli.recording import PLAN
from mail.office import PLAN as MAILING
from mail.servers import Post, served
from safeplan.cli.app import app
from safeplan.cli.course import Course
from safeplan.cli.courses import COURSES, RARE, SECONDS, WRITING
from safeplan.output.cells import text_width
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.schedule_formats import SCHEDULE_FORMATS
from safeplan.terms.progress import Stage
from safeplan.words.language import Words
from safeplan.words.progress import STAGES

QUICK = {
    "schema": "prints what the program itself knows",
    "presets": "reads files that the program brings along, none longer than a page",
}
"""Commands without a bar, and why they need none."""

SPOT_CHECK = "spot_checks: [{name: 抽查, share: 50%, per: quarter, family: inspection, random_officers: true}]\n"
Heard = Mapping[str, list[list[Stage]]]
DAY, WEEK = "2026-03-02", "2026-W11"


def commands(group: typer.core.TyperGroup, before: str = "") -> Iterator[str]:
    """Name every command, those of groups with the name of the group."""
    for name, one in group.commands.items():
        if isinstance(one, typer.core.TyperGroup):
            yield from commands(one, f"{before}{name} ")
        else:
            yield f"{before}{name}"


ALL = sorted(commands(typer.main.get_command(app)))  # type: ignore[arg-type]


class Listener:
    """Runs safeplan and hears its stages: for each command those of each run."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.heard: dict[str, list[list[Stage]]] = {}
        self._last: list[Stage] = []
        told = Course.told

        def hear(course: Course, stage: Stage, share: float) -> None:
            assert 0 <= share <= 1
            told(course, stage, share)
            if self._last[-1:] != [stage]:
                self._last.append(stage)

        patch.setattr(Course, "told", hear)

    def run(self, called: str, *arguments: object) -> None:
        """Run a command; one whose course depends on a flag is kept under both names."""
        self._last = []
        code = run(*called.split(" --")[0].split(), *arguments)
        assert code in (0, 1), f"{called} ended with {code}"
        if self._last:
            self.heard.setdefault(called, []).append(self._last)


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    """What each command told: a week of an office in one folder, and its mail in another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("office"))
        patch.setenv("SAFEPLAN_AS", "王会计")
        listener = Listener(patch)
        office(listener)
        folder = tmp_path_factory.mktemp("mailing")
        patch.chdir(folder)
        with served(Post(), folder) as server:
            patch.setenv("SAFEPLAN_SMTP_URL", server.url())
            mailing(listener)
        yield listener.heard


def office(listener: Listener) -> None:
    """Plan, record and report."""
    ask = listener.run
    Path("plan.yaml").write_text(PLAN + SPOT_CHECK, encoding="utf-8")
    Path("firms.csv").write_text("企业名称,类别,所在村\n甲厂,A,东街村\n乙厂,B,西街村\n", encoding="utf-8")
    Path("told.csv").write_text("企业名称,检查日期,检查人员\n桥头饭庄,2026-03-04,赵志刚、张小梅\n", encoding="utf-8")
    ask("init", "started", "--register", "firms.csv")
    ask("check")
    ask("check --effective", "--effective")
    ask("capacity")
    ask("schema")
    ask("presets")
    ask("record visit", "Q1", "--day", "2026-01-05", "--by", "zhao,zhang")
    ask("schedule", "--today", DAY, "-o", "roster.json")
    ask("record visit", "--visit", "class-A/Q2/2026-02/1", "--day", DAY, "--by", "zhao,zhang")  # overdue
    visits = json.loads(Path("roster.json").read_bytes())["visits"]
    day = next(one["date"] for one in visits if one["enterprise"] == "Q1" and one["date"] > "2026-03-31")
    ask("record waive", f"Q1@{day}", "--reason", "停产")
    ask("record import", "told.csv")
    ask("adopt", "--today", DAY)
    ask("issue", "--week", WEEK, "--today", DAY)
    ask("record finding", "Q1", "配电箱未接地", "--day", DAY)
    ask("record rectified", "Q1", "--day", "2026-03-05")
    ask("record reinspection", "Q1", "pass", "--day", "2026-03-06")
    ask("record finding", "Q2", "通道堵塞", "--day", DAY)
    ask("record extension", "Q2", "--until", "2026-03-20", "--day", "2026-03-03")
    ask("record penalty", "Q2", "--text", "通道堵塞", "--day", DAY)
    ask("record activity", "食品安全工作会议", "--day", "2026-01-05")
    ask("record figure", "量化等级公示率", "93%", "--day", DAY)
    ask("record event", "banquet", "--grid", "shimen", "--day", DAY)
    ask("record class", "Q3", "A", "--from", "2026-07-01")
    ask("record undo", "11", "--reason", "误记")
    ask("leave", "zhang", "2026-05-06/2026-05-08", "--today", DAY)
    ask("request", "Q2", "--within", "3d", "--today", DAY)
    ask("pin", "Q3", "--day", "2026-05-13", "--today", DAY)
    ask("move", "class-A/Q4/2026-03/1", "--to", "2026-03-20", "--today", DAY)
    ask("schedule", "--week", WEEK, "--today", DAY, "--form", "-o", "week.xlsx")
    ask("record import", "week.xlsx")
    ask("explain", "Q1")
    ask("dossier", "Q1")
    ask("report", "--month", "3")
    ask("overdue", "--as-of", "2026-06-01")
    ask("status", "--as-of", "2026-06-01")
    ask("notice", "Q2")
    ask("diff", "adopted", "plan.yaml", "--today", DAY)
    ask("draw commit", "抽查", "--period", "Q2", "--event", "福彩3D", "-o", "draw.html")
    ask("draw reveal", "抽查", "--period", "Q2", "--seed", "417", "--record", "draw.html")
    ask("draw verify", "抽查", "draw.html", "--period", "Q2")
    ask("ledger verify")
    ask("ledger export", "-o", "ledger.xlsx")
    ask("ledger backup", "-o", "copy.db")
    ask("init --next_year", "--next-year", "--plan", "plan.yaml")


def mailing(listener: Listener) -> None:
    """Mail a week, and what is overdue."""
    Path("plan.yaml").write_text(MAILING, encoding="utf-8")
    listener.run("cron")
    listener.run("mail", "--week", WEEK, "--issue", "--today", DAY)
    listener.run("mail --overdue", "--overdue", "--today", "2026-03-20")


@pytest.mark.parametrize("command", ALL)
def test_every_command_shows_how_far_it_is_or_is_quick(command: str, heard: Heard) -> None:
    assert (command in heard) != (command in QUICK)


@pytest.mark.parametrize("command", COURSES)
def test_a_course_is_what_the_command_goes_through(command: str, heard: Heard) -> None:
    for stages in heard[command]:
        ahead = iter(COURSES[command])
        assert all(stage in ahead for stage in stages), stages


@pytest.mark.parametrize("command", COURSES)
def test_a_course_holds_no_stage_that_never_comes(command: str, heard: Heard) -> None:
    assert {*COURSES[command]} - {stage for stages in heard[command] for stage in stages} - RARE == set()


def test_every_stage_has_a_name_and_a_weight() -> None:
    assert set(get_args(Stage)) == STAGES.keys()
    assert {*SECONDS, "start"} == STAGES.keys()
    assert {stage for stages in COURSES.values() for stage in stages} == SECONDS.keys()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_name_of_a_stage_leaves_room_on_a_line_of_40_columns(language: str) -> None:
    assert max(text_width(Words(language)(name)) for name in STAGES.values()) <= 17


def test_writing_has_a_weight_in_every_format() -> None:
    assert WRITING["schedule"].keys() == DOCUMENT_FORMATS.keys() | SCHEDULE_FORMATS.keys()
