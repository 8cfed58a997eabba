"""`safeplan report`: 月报, 季报 and 年报 in every format."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from cli.plans import run
from cli.recording import Office
from safeplan.output.formats import DOCUMENT_FORMATS

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    made = Office(tmp_path)
    assert made.record("visit", "Q4", "--day", "2026-03-02", "--by", "zhao,zhang", "--finding", "配电箱未接地",
                       "--finding", "major: 安全出口上锁") == 0  # fmt: skip
    assert made.record("reinspection", "F2", "pass", "--day", "2026-03-18") == 0
    assert made.record("visit", "Q1", "--day", "2026-05-06", "--by", "zhao,zhang") == 0
    return made


def report(*arguments: object) -> int:
    return run("report", *arguments, "-p", "plan.yaml")


def test_a_monthly_report_has_the_columns_of_the_offices(office: Office, capfd: Capture) -> None:
    capfd.readouterr()
    assert report("--month", "3", "--format", "csv", "--lang", "zh-CN") == 0
    head, *rows = csv.reader(io.StringIO(capfd.readouterr().out.removeprefix("\ufeff")))
    assert head[:7] == ["group", "enterprises", "visited", "visits", "found", "mended", "rate"]
    assert rows == [
        ["石桥村", "3", "0", "0", "0", "0", "100.00%", "0", "0", "100.00%", "0", "0", "0", "未查出隐患"],
        ["石门村", "2", "1", "1", "2", "1", "50.00%", "1", "0", "0.00%", "1", "1", "1", ""],
        ["合计", "5", "1", "1", "2", "1", "50.00%", "1", "0", "0.00%", "1", "1", "1", ""],
    ]


def test_the_head_of_the_ledger_stands_under_it(office: Office, capfd: Capture) -> None:
    capfd.readouterr()
    assert report("--quarter", "Q1") == 0
    out = capfd.readouterr().out
    assert "report of quarter 1 of 2026" in out
    assert "Ledger: 5 events, head " in out
    assert "F3" in out.split("Major findings that are open")[1]


def test_an_earlier_day_knows_only_what_was_recorded_by_then(office: Office, capfd: Capture) -> None:
    capfd.readouterr()
    assert report("--month", "3", "--as-of", "2026-03-31", "--format", "csv") == 0
    assert "Total,5,0,0,0,0,100.00%" in capfd.readouterr().out  # all of it was told today


@pytest.mark.parametrize("name", sorted(DOCUMENT_FORMATS))
def test_it_comes_in_every_format(office: Office, name: str) -> None:
    path = Path(f"report.{name}")
    assert report("--year", "--format", name, "-o", path) == 0
    assert path.stat().st_size > 100


def test_a_workbook_draws_its_charts(office: Office) -> None:
    assert report("--year", "--by", "class", "-o", "year.xlsx") == 0
    book = openpyxl.load_workbook("year.xlsx")
    assert sum(len(sheet._charts) for sheet in book.worksheets) == 4
    rows = list(book["Figures-of-the-report"].iter_rows(values_only=True))
    assert ("Total", 5, 2, 2, 2, 1, "50.00%") in [row[:7] for row in rows]
    assert report("--year", "-o", "year.html") == 0
    assert "Share of findings closed" in Path("year.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param((), "say what to report", id="of nothing"),
        pytest.param(("--month", "3", "--year"), "one of --month", id="of two"),
        pytest.param(("--month", "13"), "13 is no month", id="no month"),
        pytest.param(("--month", "2025-03"), "outside the plan's period", id="another year"),
        pytest.param(("--month", "3", "--by", "county"), "write one of: grid, class", id="by what is not there"),
        pytest.param(("--month", "3", "--as-of", "2999-01-01"), "2999-01-01", id="a day ahead"),
        pytest.param(("--month", "3", "--format", "ics"), "there is no format ics", id="no format"),
    ],
)
def test_what_makes_no_sense_is_refused(office: Office, capfd: Capture, arguments: tuple[str, ...], said: str) -> None:
    assert report(*arguments) == 2
    assert said in capfd.readouterr().err


def test_without_a_ledger_there_is_nothing_to_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    Office(tmp_path)
    assert report("--month", "3") == 2
    assert "there is no ledger yet" in capfd.readouterr().err
