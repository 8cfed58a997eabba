"""Everything that a command prints is in one language: that of --lang, else the plan's, else the environment's.

Every command is called, so that it succeeds and so that it fails, by a plan whose names are Latin: no Chinese
character may be said in English, and no sentence of the catalogue, nor any other run of English words, in Chinese.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from cli.plans import run, write
from mail.servers import Post, served
from safeplan.cli.app import app
from words.test_catalogue import catalogue

PLAN = """\
safeplan: 1
name: Stonebridge
period: 2026
language: LANGUAGE
classes:
  A: {label: A, visits: 1 per month, family: patrol}
  B: {label: B, visits: 1 per quarter, family: patrol}
teams: [{id: t, name: Team}]
grids:
  - {id: north, name: North}
  - {id: south, name: South, roles: {lead: zhao}}
officers:
  - {id: zhao, name: Zhao, grids: [north, south], certificate: "1", teams: [t], email: zhao@example.org}
  - {id: zhang, name: Zhang, grids: [north, south], certificate: "2", teams: [t]}
enterprises:
  - {id: Q1, name: Gasworks, class: A, grid: north}
  - {id: Q2, name: Tavern, class: A, grid: north}
  - {id: Q3, name: Kiosk, class: B, grid: south}
  - {id: Q4, name: Plastics, class: A, grid: south}
spot_checks: [{name: Lot, share: 50%, per: quarter, family: patrol}]
triggers: [{name: Feast, event: banquet, within: 1 workday, family: patrol}]
activities: [{name: Meeting, kind: meeting, every: quarter, day: 2nd workday, owner: zhao}]
rectification: {deadlines: {general: 15 days, major: 30 days}, reinspect: {within: 10 workdays}}
targets:
  - {name: Posted, measure: reported, at_least: 90%}
mail: {sender: Office <o@example.org>, allow: [example.org], weekly: {day: friday, covers: next-week}}
"""
OTHER = {"zh_CN": "en", "en": "zh_CN"}
TAG = {"zh_CN": "zh-CN", "en": "en"}

SUCCEEDING = """\
check
schedule --month 3 --today 2026-03-02
schedule --month 3 --today 2026-03-02 --format brief
schedule --month 3 --today 2026-03-02 --format markdown
explain Q1 --today 2026-03-02
capacity
capacity --table
adopt --approved-by mayor --today 2026-01-01
issue --week 2026-W11 --today 2026-03-06
mail --week 2026-W11 --today 2026-03-06 --dry-run
mail --week 2026-W11 --today 2026-03-06 --output letters
mail --week 2026-W11 --today 2026-03-06
mail --overdue --today 2026-05-10
cron
cron --systemd
leave zhang 2026-03-09/2026-03-13 --today 2026-03-09
request Q3 --within 3d --today 2026-03-09
pin Q4 --window 2026-05-11/2026-05-15 --today 2026-03-09
move class-A/Q1/2026-04/1 --to 2026-04-20 --today 2026-03-09
record visit Q1 --day 2026-03-02 --by zhao,zhang
record finding Q1 exit --severity major --day 2026-03-02
record finding Q2 box --day 2026-03-02
record rectified Q1 --day 2026-03-10
record reinspection Q1 pass --day 2026-03-12 --by zhao
record extension Q2 --until 2026-05-01 --day 2026-03-10
record penalty Q1 --text lock --day 2026-03-12
record activity activity-Meeting/-/2026-Q1/1 --day 2026-01-06
record figure Posted 93% --day 2026-03-31
record event banquet --grid north --day 2026-03-10
record class Q4 B --from 2026-07-01
record waive class-A/Q2/2026-03/1 --reason closed
record undo 3 --reason error
schedule --week 2026-W11 --today 2026-03-06 --form -o week.xlsx
record import week.xlsx --dry-run
notice Q2 -o order.docx
dossier Q1
report --month 3 --as-of 2026-04-10
overdue --as-of 2026-05-10
overdue --as-of 2026-05-10 --format markdown
status --as-of 2026-05-10
diff adopted plan.yaml --today 2026-03-09
draw commit Lot --period Q2 --event dice -o lot.html
draw reveal Lot --period Q2 --seed 417 --record lot.html
draw verify Lot lot.html --period Q2
ledger verify
ledger export -o all.jsonl
ledger backup -o copy.db
init --next-year
"""
FAILING = """\
check bad.yaml
schedule bad.yaml
schedule --week 2031-W11
schedule --week nonsense
schedule --officer nobody
explain nothing
capacity --format nonsense
adopt --today nonsense
issue --week 2026-W11 --reviewed plan.yaml
mail --week 2026-W20 --today 2026-03-06
mail --week 2026-W11 --today 2026-03-06 --secret nowhere
cron --at noon
leave nobody 2026-03-09 --today 2026-03-09
request Q3 --within nonsense
pin Q4
move Q1@2026-03-09 --to nonsense
record visit nothing
record finding Q1 box --severity nonsense
record rectified F99
record reinspection F11 maybe
record extension F11 --granted --refused
record penalty nothing
record activity nothing
record figure nothing 93%
record event nothing
record class Q4 X
record waive class-A/Q2/2026-04/1
record undo 99
record import plan.yaml
notice F99
dossier nothing
report
overdue --section nonsense
status --format nonsense
draw commit nothing --period Q2 --event dice
draw reveal Lot --period Q2 --record plan.yaml --seed 1
draw verify Lot plan.yaml --period Q2
ledger verify --at nonsense
ledger backup -o plan.yaml
init --next-year --register plan.yaml
"""
PLANLESS = """\
presets
presets nothing
init other
check nowhere.yaml
schedule --jobs x
diff adopted issued
diff a.json b.json
ledger export -o all.docx
ledger verify --ledger nowhere.db
schema --nonsense
nonsense
"""
"""Calls that know no plan."""
CHINESE = re.compile("[\u3001-\u9fff\uff00-\uff3e\uff40-\uffef]")
ENGLISH = re.compile(r"(?<![-/.\w])[A-Za-z][a-z]*(?:,? [a-z]+){2,}")
"""Three words in a row, unless they are part of a command line."""
BAD = PLAN.replace("class: B, grid: south", "class: C, grid: west") + "officers: twice\n"


def calls(text: str) -> list[list[str]]:
    return [line.split(" ") for line in text.splitlines()]


def commands(group: typer.core.TyperGroup, before: str = "") -> Iterator[str]:
    for name, one in group.commands.items():
        if isinstance(one, typer.core.TyperGroup):
            yield from commands(one, f"{name} ")
        else:
            yield f"{before}{name}"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAFEPLAN_AS", "Wang")
    for name in ("SAFEPLAN_PLAN", "SAFEPLAN_LEDGER", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    with served(Post(), tmp_path) as server:
        monkeypatch.setenv("SAFEPLAN_SMTP_URL", server.url())
        yield tmp_path


def sentences() -> list[str]:
    """Give what is said in English only: the longest piece of each message that its translation has not."""
    pieces = {
        max(re.split(r"\{[^}]*\}|\n", message), key=len): translated for message, translated in catalogue().items()
    }
    return [one for one, other in pieces.items() if one.count(" ") >= 2 and one not in other]


SENTENCES = sentences()


def must_be(language: str, call: list[str], said: str) -> None:
    if language == "en":
        assert not CHINESE.search(said), (call, CHINESE.search(said), said)
        return
    prose = "\n".join(line for line in said.splitlines() if "safeplan" not in line)
    assert [one for one in SENTENCES if one in prose] == [], (call, said)
    assert not ENGLISH.search(prose), (call, ENGLISH.search(prose), said)


def test_every_command_is_called() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    for text in (SUCCEEDING + PLANLESS, FAILING + PLANLESS):
        called = {call[0] for call in calls(text)} | {" ".join(call[:2]) for call in calls(text)}
        assert set(commands(group)) - called == set()


@pytest.mark.parametrize(
    ("way", "language"),
    [("--lang", "en"), ("plan", "zh_CN"), ("environment", "zh_CN"), ("environment", "en")],
)
def test_all_that_is_said_is_in_one_language(
    office: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], way: str, language: str
) -> None:
    other = OTHER[language]
    monkeypatch.setenv("LC_ALL", f"{language if way == 'environment' else other}.UTF-8")
    tag = TAG[language if way == "plan" else other]
    write(office, PLAN.replace("LANGUAGE", tag))
    write(office, BAD.replace("LANGUAGE", tag), "bad.yaml")
    asked = ["--lang", TAG[language]] if way == "--lang" else []
    texts = {"--lang": (SUCCEEDING, FAILING, PLANLESS), "plan": (SUCCEEDING, FAILING), "environment": (PLANLESS,)}
    for text in texts[way]:
        for call in calls(text):
            code = run(*call, *asked)
            said = "".join(capfd.readouterr())
            assert code in {SUCCEEDING: (0, 1), FAILING: (1, 2, 3), PLANLESS: (0, 2)}[text], (call, code, said)
            must_be(language, call, said)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_help_is_in_one_language(tmp_path: Path, language: str) -> None:
    pages = [name.split() for name in ("", "draw", "record", "ledger", *commands(typer.main.get_command(app)))]
    program = f"""
import os
from safeplan.cli import main
for page in {pages!r}:
    try: main([*page, "--lang", {language!r}, "--help"])
    except SystemExit as ended: assert not ended.code
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    if language == "zh_CN":
        must_be(language, [], done.stdout)
    else:
        assert "Usage:" in done.stdout and "Options" in done.stdout and "用法" not in done.stdout


def test_the_language_may_be_asked_for_anywhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for call in (["--lang", "zh", "record", "undo", "1"], ["record", "--lang=zh", "undo", "1"],
                 ["record", "undo", "1", "--lang", "zh-CN"], ["record", "undo", "--lang", "zh_CN", "1"]):  # fmt: skip
        assert run(*call, "-p", tmp_path / "nowhere.yaml") == 2
        assert capfd.readouterr().err.startswith("错误：没有文件")


def test_a_language_that_is_not_spoken_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("presets", "--lang", "fr") == 2
    assert "fr" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("language: zh-CN\nx: [", "zh_CN", id="broken after it"),
        pytest.param("x: [\nlanguage: zh-CN\n", "en", id="broken before it"),
        pytest.param("name: x\n", "zh_CN", id="left out"),
        pytest.param("language: fr\n", "en", id="not spoken"),
        pytest.param("a: {language: en}\nlanguage: 'zh-CN'\n", "zh_CN", id="elsewhere too"),
    ],
)
def test_a_plan_with_errors_is_spoken_of_in_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], text: str, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert run("check", write(tmp_path, text)) == 2
    assert ("错误" in capfd.readouterr().out) is (language == "zh_CN")
