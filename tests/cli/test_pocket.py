"""`schedule --pocket`: an officer's page written, filled in by Chromium, and what it saved taken over by the ledger."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cli.plans import run
from cli.recording import PLAN, Office
from output.chromium import chromium
from output.pocket_pages import Hand, PocketPage

Capture = pytest.CaptureFixture[str]
WEEKLY = PLAN.replace("visits: 1 per month, family: patrol}", "visits: 1 per week, family: patrol}")
HOSTILE = WEEKLY.replace("name: 液化气站", "name: '=液化气站\"<b>,站'").replace("新街12号", "'-新街12号'")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path, HOSTILE)
    made.record("visit", "Q2", "--day", "2026-03-04", "--by", "zhao,zhang", "--finding", "灶台未熄火保护")
    return made


def page_of(office: Office, *more: str) -> Path:
    path = office.folder / "pocket.html"
    week = ("--officer", "zhao", "--week", "2026-W11", "--today", "2026-03-06")
    assert run("schedule", office.plan, *week, "--pocket", "-o", path, "-f", *more) == 0
    return path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("--officer", "zhao"), "--pocket is a page", id="no format"),
        pytest.param(("--officer", "zhao", "--format", "xlsx"), "--pocket is a page", id="another format"),
        pytest.param(("--format", "html"), "say whose with --officer", id="nobody's"),
    ],
)
def test_a_page_is_html_and_one_officers(tmp_path: Path, capfd: Capture, arguments: tuple[str, ...], said: str) -> None:
    assert run("schedule", Office(tmp_path).plan, "--week", "2026-W11", "--pocket", *arguments) == 2
    assert said in capfd.readouterr().err


def test_a_page_shows_what_its_officer_does_that_week_and_what_is_known(office: Office) -> None:
    page = PocketPage(page_of(office).read_bytes())
    assert len(page.visits) == 2
    assert {one.split("/")[2] for one in page.visits if one.startswith("class-A")} == {"2026-W11"}
    assert "last visit 4 Mar 2026: inspected" in page.text
    assert "灶台未熄火保护" in page.text
    assert "events, head " in page.text


def saved_by(office: Office, **answers: str) -> list[list[str]]:
    """Give the rows of a file as the page saves it: keys, headings, and a visit to Q1 with these answers."""
    page = PocketPage(page_of(office).read_bytes())
    visit = next(one for one in page.visits if "/Q1/" in one)
    names = [column["name"] for column in page.data["columns"]]
    cells = [answers.get(name, cell) for name, cell in zip(names, page.data["rows"][visit], strict=True)]
    return [[one["key"] for one in page.data["columns"]], [one["title"] for one in page.data["columns"]], cells]


def write_rows(path: Path, rows: list[list[str]]) -> Path:
    """Write rows as Excel does, with the page's guard."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(
            [f"'{cell}" if cell.lstrip("'")[:1] in "=+-@" and cell else cell for cell in row] for row in rows
        )
    return path


def test_answers_that_excel_saved_again_are_the_same(office: Office, tmp_path: Path) -> None:
    rows = saved_by(office, outcome="inspected", finding1="-1层积水")
    at = rows[0].index("safeplan:date")
    rows[2][at] = date.fromisoformat(rows[2][at]).strftime("%Y/%-m/%-d")
    before = len(office.told())
    assert office.record("import", write_rows(tmp_path / "answers.csv", rows)) == 0
    visit, finding = office.told()[before:]
    assert (visit["enterprise"], visit["day"], finding["text"]) == ("Q1", "2026-03-09", "-1层积水")


@pytest.mark.parametrize("changed", ["date", "enterprise", "visit", "subject", "crew-ids", "check"])
def test_a_row_that_was_changed_is_refused(office: Office, tmp_path: Path, capfd: Capture, changed: str) -> None:
    rows = saved_by(office, outcome="inspected", **{changed: "2026-03-10" if changed == "date" else "Q2"})
    before = office.told()
    assert office.record("import", write_rows(tmp_path / "answers.csv", rows)) == 2
    assert "answers.csv:3: error[row-check]" in capfd.readouterr().err
    assert office.told() == before


def test_surprise_visits_are_shown_only_where_it_is_asked_for(tmp_path: Path) -> None:
    office = Office(tmp_path, WEEKLY.replace("phases: [", "phases: [{name: 突击, from: 2026-03-09, to: 2026-03-15, "
                    "visits: 1, surprise: true, separate: true, family: patrol}, "))  # fmt: skip
    hidden, shown = (PocketPage(page_of(office, *more).read_bytes()) for more in ((), ("--with-surprise",)))
    assert "surprise visit, tell nobody" not in hidden.text
    assert "visits not shown" in hidden.text
    assert shown.text.count("surprise visit, tell nobody") == len(shown.visits) - len(hidden.visits) > 0


@pytest.fixture
def hand(office: Office, tmp_path: Path) -> Iterator[Hand]:
    with chromium(tmp_path / "profile") as page:
        page.open(page_of(office), 390)
        yield Hand(page)


@pytest.mark.debian
@pytest.mark.xdist_group("chromium")
def test_what_a_page_saved_is_taken_over_once(office: Office, hand: Hand, tmp_path: Path, capfd: Capture) -> None:
    page = PocketPage(page_of(office).read_bytes())
    gas, food = (next(one for one in page.visits if f"/{id_}/" in one) for id_ in ("Q1", "Q2"))
    before = len(office.told())
    hand.visit(gas, outcome="inspected", finding1="=配电箱,未接地", finding2="3.1=安全出口\"上锁\"",
               severity2="major finding", note="第一行\n-第二行")  # fmt: skip
    hand.visit(food, outcome="door closed", day="2026-03-11", officers="zhang")
    hand.spare(enterprise="Q3", outcome="inspected", day="2026-03-12", finding1="+灭火器过期")
    saved = hand.save(tmp_path)
    assert saved is not None and saved.name == "answers-zhao-2026-W11.csv"
    assert saved.read_bytes().startswith(b'\xef\xbb\xbf"safeplan:date"')
    capfd.readouterr()
    assert office.record("import", saved) == 0
    assert capfd.readouterr().out.splitlines()[-1].startswith("6 new, 0 already recorded, 0 rows not filled in")
    told = office.told()[before:]
    assert [(one["kind"], one.get("enterprise")) for one in told] == [
        ("visit", "Q1"), ("finding", "Q1"), ("finding", "Q1"), ("visit", "Q2"), ("visit", "Q3"), ("finding", "Q3"),
    ]  # fmt: skip
    visits = {one["enterprise"]: one for one in told if one["kind"] == "visit"}
    assert (visits["Q1"]["visit"], visits["Q1"]["outcome"], visits["Q1"]["note"]) == (gas, "done", "第一行\n-第二行")
    assert (visits["Q2"]["visit"], visits["Q2"]["outcome"], visits["Q2"]["day"]) == (food, "closed", "2026-03-11")
    assert visits["Q1"]["officers"] == [id_ for id_, _ in page.data["crews"][gas]]
    assert (visits["Q2"]["officers"], visits["Q3"]["officers"]) == (["zhao", "zhang"], ["zhao"])
    assert [(one["severity"], one.get("code"), one["text"]) for one in told if one["kind"] == "finding"] == [
        ("general", None, "=配电箱,未接地"), ("major", "3.1", "安全出口\"上锁\""), ("general", None, "+灭火器过期"),
    ]  # fmt: skip
    assert office.record("import", saved) == 0
    assert capfd.readouterr().out.startswith("0 new, 6 already recorded")
    assert office.told()[before:] == told
