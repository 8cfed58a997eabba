"""`safeplan schedule` as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import pytest

from cli.plans import BAD, SHORT, run, write

Capture = pytest.CaptureFixture[str]


def test_the_roster_goes_to_stdout_and_nothing_else_does(tmp_path: Path, capfd: Capture):
    assert run("schedule", write(tmp_path), "--month", "3") == 0
    out, err = capfd.readouterr()
    assert "石桥村2026年安全检查计划" in out and "液化气站" in out and "3 visits owed" not in out
    assert "9 visits owed, 9 placed" in out
    assert err == ""


def test_something_unplaced_gives_exit_code_1_and_says_why(tmp_path: Path, capfd: Capture):
    assert run("schedule", write(tmp_path, SHORT)) == 1
    out = capfd.readouterr().out
    assert "unplaced (proved: at least" in out and "short; absent" in out


@pytest.mark.parametrize(
    ("filters", "dates"),
    [
        pytest.param(("--week", "2026-W07"), ("2026-02-09", "2026-02-15"), id="week"),
        pytest.param(("--month", "2"), ("2026-02-01", "2026-02-28"), id="month"),
        pytest.param(("--quarter", "Q1"), ("2026-01-01", "2026-03-31"), id="quarter"),
        pytest.param(("--from", "2026-03-10"), ("2026-03-10", "2026-03-31"), id="from"),
        pytest.param(("--from", "3月1日", "--to", "2026-03-10"), ("2026-03-01", "2026-03-10"), id="from and to"),
    ],
)
def test_days_are_filtered(tmp_path: Path, capfd: Capture, filters: tuple[str, ...], dates: tuple[str, str]):
    assert run("schedule", write(tmp_path), "--format", "json", *filters) == 0
    visits = json.loads(capfd.readouterr().out)["visits"]
    assert all(dates[0] <= visit["date"] <= dates[1] for visit in visits)


def test_an_officer_and_a_grid_are_found_by_how_they_begin(tmp_path: Path, capfd: Capture):
    assert run("schedule", write(tmp_path), "--format", "json", "--grid", "石门") == 0
    assert {visit["enterprise"] for visit in json.loads(capfd.readouterr().out)["visits"]} == {"Q3"}
    assert run("schedule", write(tmp_path), "--format", "json", "--officer", "zhao") == 0
    assert all("zhao" in visit["officers"] for visit in json.loads(capfd.readouterr().out)["visits"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("--officer", "zh"), "赵志刚 (zhao), 张小梅 (zhang)", id="an ambiguous officer lists the choices"),
        pytest.param(("--officer", "zhoa"), "did you mean zhao", id="an unknown officer"),
        pytest.param(("--grid", "shi"), "石桥村 (shiqiao), 石门村 (shimen)", id="an ambiguous grid"),
        pytest.param(("--grid", "nowhere"), "there is no grid nowhere", id="an unknown grid"),
        pytest.param(("--week", "2026-W54"), "2026-W54 is no week", id="no week"),
        pytest.param(("--month", "12"), "outside the plan's period", id="a month outside"),
        pytest.param(("--week", "1", "--month", "2"), "give one of", id="two spans"),
        pytest.param(("--from", "2026-03-09", "--to", "2026-03-01"), "comes after the last", id="reversed days"),
        pytest.param(("--format", "pdf"), "there is no format pdf", id="an unknown format"),
        pytest.param(("-o", "x.pdf"), "no format is known", id="an unknown ending"),
        pytest.param(("--excel",), "--excel is a form of CSV", id="excel without csv"),
        pytest.param(("--lang", "fr"), "there is no language fr", id="an unknown language"),
        pytest.param(("--jobs", "0"), "--jobs is a number", id="no core"),
        pytest.param(("--today", "soon"), "soon is no day", id="no day"),
    ],
)
def test_wrong_usage_gives_one_line_and_exit_code_2(
    tmp_path: Path, capfd: Capture, arguments: tuple[str, ...], said: str
):
    assert run("schedule", write(tmp_path), *arguments) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err and err.count("\n") == 1 and "Traceback" not in err


def test_an_unknown_option_gives_exit_code_2(tmp_path: Path, capfd: Capture):
    assert run("schedule", write(tmp_path), "--wek", "3") == 2


def test_a_plan_with_errors_says_all_of_them_and_schedules_nothing(tmp_path: Path, capfd: Capture):
    assert run("schedule", write(tmp_path, BAD)) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "unknown-class" in err and "plan.yaml:17" in err and "nothing was scheduled" in err


@pytest.mark.parametrize("suffix", [".txt", ".md", ".csv", ".xlsx", ".html", ".docx", ".json", ".jsonl", ".ics"])
def test_the_ending_of_the_file_says_the_format(tmp_path: Path, capfd: Capture, suffix: str):
    output = tmp_path / f"roster{suffix}"
    assert run("schedule", write(tmp_path), "-o", output) == 0
    assert output.stat().st_size > 100
    out, err = capfd.readouterr()
    assert out == "" and str(output) in err


def test_a_file_is_replaced_only_when_forced(tmp_path: Path, capfd: Capture):
    output = tmp_path / "roster.txt"
    output.write_text("mine")
    assert run("schedule", write(tmp_path), "-o", output) == 2
    assert "exists already; add --force" in capfd.readouterr().err
    assert output.read_text() == "mine"
    assert run("schedule", write(tmp_path), "-o", output, "--force") == 0
    assert output.read_text() != "mine"


def test_an_input_is_never_overwritten(tmp_path: Path, capfd: Capture):
    register = tmp_path / "register.csv"
    register.write_text("企业编号,企业名称,类别,所属网格\nQ1,液化气站,A,shiqiao\n")
    text = (write(tmp_path).read_text().split("enterprises:")[0]) + "enterprises: {file: register.csv}\n"
    plan = write(tmp_path, text)
    for output in (plan, register):
        before = output.read_bytes()
        assert run("schedule", plan, "--format", "csv", "-o", output, "--force") == 2
        assert "is not overwritten" in capfd.readouterr().err
        assert output.read_bytes() == before


def test_a_folder_that_is_not_there_gives_exit_code_3(tmp_path: Path, capfd: Capture):
    assert run("schedule", write(tmp_path), "-o", tmp_path / "none" / "a.txt") == 3


def test_excel_gets_a_mark_and_guarded_cells(tmp_path: Path):
    plan = write(tmp_path)
    plan.write_text(plan.read_text().replace("name: 小卖部", 'name: "=小卖部"'))
    output = tmp_path / "a.csv"
    assert run("schedule", plan, "-o", output, "--excel") == 0
    assert output.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "'=小卖部" in output.read_text("utf-8-sig")


def test_an_officers_calendar_can_be_read(tmp_path: Path):
    output = tmp_path / "zhao.ics"
    assert run("schedule", write(tmp_path), "--officer", "zhao", "-o", output) == 0
    assert icalendar.Calendar.from_ical(output.read_bytes()).walk("VEVENT")


def test_today_labels_the_schedule(tmp_path: Path, capfd: Capture):
    assert run("schedule", write(tmp_path), "--format", "json", "--today", "2026-02-02") == 0
    assert json.loads(capfd.readouterr().out)["generated_for"] == "2026-02-02"


def test_the_number_of_cores_changes_nothing(tmp_path: Path):
    plan = write(tmp_path)
    for jobs in (1, 2):
        assert run("schedule", plan, "--today", "2026-01-05", "-o", tmp_path / f"{jobs}.json", "--jobs", jobs) == 0
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()


def test_no_contact_is_told(tmp_path: Path):
    for suffix in (".json", ".html", ".csv", ".txt", ".ics"):
        output = tmp_path / f"a{suffix}"
        run("schedule", write(tmp_path), "--with-surprise", "-o", output)
        assert b"13800000000" not in output.read_bytes()
