"""`safeplan ledger verify|export|backup` as a person runs them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from cli.plans import GOOD, run, write
from ledger.conftest import NOW
from ledger.server import Server
from safeplan.core.events.findings import Extension, Finding, Rectified, Reinspection
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import Happened
from safeplan.ledger.chain import hash_of
from safeplan.ledger.place import LedgerPlace
from safeplan.work.ledgers import tell, verify

Capture = pytest.CaptureFixture[str]
VISIT = "class-A/Q1/2026-01/1"
TOLD = [
    VisitMade(day="2026-01-12", enterprise="Q1", officers=["zhao", "zhang"], family="patrol", visit=VISIT, note="=1+1"),
    Finding(day="2026-01-12", enterprise="Q1", visit=VISIT, text="通道堵塞", severity="major", officers=["zhao"],
            due="2026-02-11", paper="石改〔2026〕1号", measures="立即清理"),
    Finding(day="2026-01-12", enterprise="Q1", visit=VISIT, text="灭火器过期", due="2026-01-27"),
    Rectified(day="2026-01-20", finding=3),
    Reinspection(day="2026-01-22", finding=3, verdict="pass", officers=["zhang"]),
    Extension(day="2026-02-05", finding=2, answer="granted", until="2026-02-25"),
    VisitMade(day="2026-01-13", enterprise="GONE", outcome="closed", officers=["left"], family="inspection"),
    Happened(day="2026-01-14", event="banquet", grid="shimen"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SAFEPLAN_LEDGER", "SAFEPLAN_PLAN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan with a ledger beside it."""
    path = write(tmp_path)
    tell(LedgerPlace(tmp_path / "safeplan.db"), TOLD, "王强", NOW.replace(hour=7))  # the day before, in Greenwich
    return path


def head(plan: Path) -> str:
    """The head as papers carry it."""
    return str(verify(LedgerPlace(plan.parent / "safeplan.db")).found.head)


def test_verify_says_how_many_events_and_the_head(plan: Path, capfd: Capture) -> None:
    assert run("ledger", "verify", plan) == 0
    paper = head(plan)
    assert capfd.readouterr().out == f"8 events, head {paper.split(':')[1]}\n"
    assert run("ledger", "verify", plan, "--at", paper) == 0
    assert run("ledger", "verify", plan, "--at", "3:00000000") == 4
    assert "event 3 is not the one of the paper 3:00000000" in capfd.readouterr().out


def test_verify_ends_with_4_and_says_where(plan: Path, capfd: Capture) -> None:
    paper = head(plan)
    with closing(sqlite3.connect(plan.parent / "safeplan.db", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER events_are_not_updated")
        connection.execute("DROP TRIGGER events_are_not_deleted")
        connection.execute("DELETE FROM events WHERE number = 8")
        assert run("ledger", "verify", plan) == 0
        assert run("ledger", "verify", plan, "--at", paper) == 4
        assert f"ends before event 8, but the paper {paper} says" in capfd.readouterr().out
        connection.execute("UPDATE events SET body = replace(body, 'major', 'general') WHERE number = 2")
    assert run("ledger", "verify", plan) == 4
    assert "event 2 is not as it was recorded" in capfd.readouterr().out
    assert run("ledger", "backup", plan, "-o", plan.parent / "copy.db") == 4


def test_without_a_ledger_there_is_nothing_to_verify(tmp_path: Path, capfd: Capture) -> None:
    plan = write(tmp_path)
    for command in (("verify", plan), ("export", plan), ("backup", plan, "-o", tmp_path / "b.db")):
        assert run("ledger", *command) == 2
        assert "there is no ledger yet" in capfd.readouterr().err
    assert not (tmp_path / "safeplan.db").exists()
    assert not (tmp_path / "b.db").exists()
    assert run("ledger", "verify", plan, "--at", "12") == 2


def test_a_ledger_that_is_named_needs_no_plan(plan: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture) -> None:
    folder = plan.parent / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert run("ledger", "verify", "--ledger", plan.parent / "safeplan.db") == 0
    monkeypatch.setenv("SAFEPLAN_LEDGER", str(plan.parent / "safeplan.db"))
    assert run("ledger", "export") == 0
    assert len(capfd.readouterr().out.splitlines()) == 1 + 8


def test_the_plan_says_where_its_ledger_is_even_when_it_has_errors(tmp_path: Path, capfd: Capture) -> None:
    text = GOOD.replace("class: A, grid: shimen", "class: B, grid: shimen") + "ledger: {file: 2026.db}\n"
    plan = write(tmp_path, text)
    tell(LedgerPlace(tmp_path / "2026.db"), TOLD[:1], "li", NOW)
    assert run("ledger", "verify", plan) == 0
    assert capfd.readouterr().out.startswith("1 events, head ")
    assert run("ledger", "verify", write(tmp_path, GOOD + "ledger: {file: ../2026.db}\n")) == 2
    assert "must lie in the plan's folder" in capfd.readouterr().err


def test_json_lines_can_be_verified_by_anybody(plan: Path, capfd: Capture) -> None:
    assert run("ledger", "export", plan) == 0
    before = ""
    for line in capfd.readouterr().out.splitlines():
        event = json.loads(line)
        body = json.dumps(event["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert f'"body":{body},"hash"' in line
        own = [event[key] for key in ("number", "kind", "day", "recorded", "offset", "who")]
        assert hash_of(before, [*own, body]) == event["hash"]
        before = event["hash"]
    assert before.startswith(head(plan).split(":")[1])


def test_csv_has_a_column_for_each_field(plan: Path) -> None:
    target = plan.parent / "ledger.csv"
    assert run("ledger", "export", plan, "-o", target) == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert [row["number"] for row in rows] == [str(n) for n in range(1, 9)]
    assert rows[0]["body.officers"] == "zhao;zhang"
    assert rows[1]["body.text"] == "通道堵塞"
    assert rows[4]["body.verdict"] == "pass"
    assert rows[7]["body.event"] == "banquet"
    assert rows[7]["body.text"] == ""


def sheet(path: Path, name: str) -> list[dict[str, object]]:
    """The rows of a sheet by their headings."""
    rows = list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))
    at = next(n for n, row in enumerate(rows) if row[0] in ("No.", "序号"))
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :] if isinstance(row[0], (int, float))]


def test_the_workbook_has_the_ledgers_of_the_office(plan: Path) -> None:
    target = plan.parent / "ledger.xlsx"
    assert run("ledger", "export", plan, "-o", target) == 0
    found = sheet(target, "Ledger-of-findings")
    assert [row["Number of the finding"] for row in found] == ["F2", "F3"]
    major, general = found
    assert major["Unit"] == "液化气站"
    assert major["Village or grid"] == "石桥村"
    assert major["Severity of the finding"] == "major finding"
    assert major["To be mended by"] == datetime(2026, 2, 25)
    assert major["State"] == "deadline extended"
    assert major["How it was found"] == "patrol"
    assert general["Reinspected by"] == "张小梅"
    assert general["Closed on"] == datetime(2026, 1, 22)
    assert general["State"] == "mended and closed"
    visits = sheet(target, "Ledger-of-inspections")
    first, second = visits
    assert (first["General findings"], first["Major findings"], first["Papers issued"]) == (1, 1, 1)
    assert (first["General findings mended"], first["Major findings mended"]) == (1, 0)
    assert (first["Class"], first["Planned, special or other"], first["Officers"]) == (
        "A类",
        "by the plan",
        "赵志刚, 张小梅",
    )
    assert first["Note"] == "=1+1"
    assert first["Filled in on"] == datetime(2026, 11, 28)
    assert (second["Unit"], second["Officers"], second["How it ended"]) == ("GONE", "left", "door closed")
    assert "13800000000" not in str(found + visits)
    assert "周经理" not in str(found + visits)


def test_an_export_never_replaces_the_ledger_or_another_file(plan: Path, capfd: Capture) -> None:
    before = (plan.parent / "safeplan.db").read_bytes()
    assert run("ledger", "export", plan, "-o", plan.parent / "safeplan.db", "--force") == 2
    assert run("ledger", "backup", plan, "-o", plan.parent / "safeplan.db", "--force") == 2
    assert (plan.parent / "safeplan.db").read_bytes() == before
    assert run("ledger", "export", plan, "-o", plan.parent / "a.jsonl") == 0
    assert run("ledger", "export", plan, "-o", plan.parent / "a.jsonl") == 2
    assert run("ledger", "export", plan, "-o", plan.parent / "a.doc") == 2
    assert "not as" in capfd.readouterr().err


def test_a_database_serves_every_command(server: Server, tmp_path: Path, capfd: Capture) -> None:
    plan, url = write(tmp_path), server.new_database()
    tell(LedgerPlace(url=url), TOLD, "王强", NOW)
    assert run("ledger", "verify", plan, "--ledger", url) == 0
    assert run("ledger", "export", plan, "--ledger", url, "-o", tmp_path / "a.xlsx") == 0
    assert run("ledger", "backup", plan, "--ledger", url, "-o", tmp_path / "copy.db") == 0
    assert run("ledger", "verify", plan, "--ledger", tmp_path / "copy.db") == 0
    said = capfd.readouterr()
    assert said.out.splitlines()[0] == said.out.splitlines()[1]
    assert run("ledger", "verify", "--ledger", url.replace("pw-", "wrong-")) == 3
    said = capfd.readouterr()
    assert "wrong name or password" in said.err
    assert "wrong-" not in said.err + said.out
    assert server.password.removeprefix("pw-") not in said.err


@pytest.mark.parametrize(
    ("break_it", "code", "sentence"),
    [
        (lambda db: db.write_bytes(b"not a database, but long enough " * 100), 3, "is not a ledger of safeplan"),
        (lambda db: _sql(db, "UPDATE meta SET migration = 9"), 3, "written by a newer safeplan"),
        (lambda db: db.write_bytes(db.read_bytes()[:4096] + b"\xff" * 4096 + db.read_bytes()[8192:]), 4, "damaged"),
    ],
    ids=["no database", "newer", "damaged"],
)
def test_what_cannot_be_read_is_one_line_and_a_code(plan: Path, capfd: Capture, break_it, code, sentence) -> None:
    break_it(plan.parent / "safeplan.db")
    assert run("ledger", "verify", plan) == code
    said = capfd.readouterr()
    assert sentence in said.err + said.out
    assert "Traceback" not in said.err


def _sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)
