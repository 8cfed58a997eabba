"""`safeplan init --next-year`: next year's plan from this one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cli.plans import run
from cli.recording import PLAN, Office

Capture = pytest.CaptureFixture[str]
EXAMPLES = Path(__file__).parents[2] / "examples/plans"
MORE = """\
calendar: {days_off: [2026-08-10/2026-08-14]}   # our own
seasons:
  flood: 2026-05-15/2026-09-30
  term: [2026-03-02/2026-07-05, 2026-09-01/2027-01-20]
  winter: 2026-11-15/2027-03-15
events:
  - {name: 两会闭幕, day: 2026-03-11}
  - {kind: banquet, grid: shimen, day: 2026-05-08}
priorities:
  2026-Q2: [{name: 汛期, window: flood, visits: 1}]
  Q1: [{name: 节后, window: 2026-02-25/2026-03-13, visits: 1}]
pins:
  - {enterprise: Q1, day: 2026-05-13, reason: 2026年信访}
spot_checks: [{name: 抽查, share: 10%, per: quarter, seed: {Q1: abc}}]
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    text = PLAN.replace('certificate: "1"', 'certificate: "1", leave: [2026-05-06/2026-05-12, friday pm]')
    return Office(
        tmp_path, text.replace("address: 新街12号", "address: 新街12号, closed: [2026-07-01/2026-07-15]") + MORE
    )


def move_on(*arguments: object) -> int:
    return run("init", "--next-year", *arguments)


def written(name: str = "plan-2027.yaml") -> dict[str, object]:
    return yaml.load(Path(name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # type: ignore[no-any-return]


def test_what_comes_again_is_a_year_later_and_what_happened_once_is_out(office: Office) -> None:
    assert move_on() == 0
    plan = written()
    assert (plan["name"], plan["period"]) == ("石桥村2027年安全检查计划", "2027")
    assert plan["calendar"] == {"days_off": ["2027-08-10/2027-08-14"]}
    assert plan["seasons"] == {
        "flood": "2027-05-15/2027-09-30",
        "term": ["2027-03-02/2027-07-05", "2026-09-01/2027-01-20", "2027-09-01/2028-01-20"],
        "winter": ["2026-11-15/2027-03-15", "2027-11-15/2028-03-15"],
    }
    assert plan["events"] == [{"name": "两会闭幕", "day": "2027-03-11"}]
    assert list(plan["priorities"]) == ["2027-Q2", "Q1"]  # type: ignore[call-overload]
    assert plan["spot_checks"] == [{"name": "抽查", "share": "10%", "per": "quarter"}]
    assert "pins" not in plan
    assert plan["officers"][0]["leave"] == ["friday pm"]  # type: ignore[index]
    assert plan["campaigns"][0]["phases"][0]["from"] == "2027-01-05"  # type: ignore[index]
    assert "closed" not in plan["enterprises"][1]  # type: ignore[index]


def test_comments_and_order_stay_and_every_change_is_marked(office: Office) -> None:
    assert move_on() == 0
    old = office.plan.read_text(encoding="utf-8").splitlines()
    new = Path("plan-2027.yaml").read_text(encoding="utf-8").splitlines()
    assert len(old) == len(new)
    changed = [(was, now) for was, now in zip(old, new, strict=True) if was != now]
    unmarked = [now for _, now in changed if "CHANGE" not in now]
    assert unmarked == [
        "name: 石桥村2027年安全检查计划",
        "period: 2027",
        "  2027-Q2: [{name: 汛期, window: flood, visits: 1}]",
        "# pins:",
    ]
    assert "  # our own  # CHANGE: a year later than last year's" in "\n".join(new)
    assert "#   - {enterprise: Q1, day: 2026-05-13, reason: 2026年信访}  # CHANGE: happened last year" in new


def test_classes_and_last_visits_come_from_the_ledger(office: Office, capfd: Capture) -> None:
    office.record("class", "Q3", "A", "--from", "2026-06-01")
    office.record("visit", "Q4", "--day", "2026-03-02", "--by", "zhao,zhang")
    office.record("visit", "Q4", "--day", "2026-10-12", "--by", "zhao,zhang", "--finding", "配电箱未接地")
    office.record("visit", "Q2", "--day", "2026-10-13", "--outcome", "关门")
    capfd.readouterr()
    assert move_on() == 0
    out = capfd.readouterr().out
    assert "1 changed; last visits: 1 brought in" in out
    assert "The ledger is the same: 1 open findings go on in it" in out
    firms = {one["id"]: one for one in written()["enterprises"]}  # type: ignore[attr-defined]
    assert firms["Q3"]["class"] == "A"
    assert firms["Q4"]["last_visit"] == "2026-10-12"
    assert "last_visit" not in firms["Q2"]
    capfd.readouterr()
    assert run("dossier", "Q4", "-p", "plan-2027.yaml") == 0
    assert "配电箱未接地" in capfd.readouterr().out.split("Findings that are open")[1]


def test_what_was_written_passes_and_schedules(office: Office) -> None:
    assert move_on() == 0
    assert run("check", "plan-2027.yaml") == 0
    assert run("schedule", "plan-2027.yaml", "--month", "1", "--format", "json") in (0, 1)


@pytest.mark.parametrize("name", sorted(one.name for one in EXAMPLES.glob("*.yaml") if one.name != "county.yaml"))
def test_every_example_has_a_next_year(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert move_on("there", "--plan", EXAMPLES / name) == 0
    assert run("check", "there/plan.yaml") == 0
    assert move_on("--plan", "there/plan.yaml") in (0, 1)  # and again; by 2028 too few certificates may hold


def test_a_plan_that_is_no_calendar_year_is_a_year_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Office(tmp_path, PLAN.replace("period: 2026", "period: 2025-09-01/2026-08-31"))
    assert move_on() == 0
    assert written("plan-2026.yaml")["period"] == "2026-09-01/2027-08-31"


def test_another_folder_gets_the_tables_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "now").mkdir()
    head, _, rest = PLAN.partition("enterprises:\n")
    office = Office(tmp_path / "now", f"{head}enterprises: [{{file: a.csv}}]\n{rest[rest.index('patrols:') :]}")
    (tmp_path / "now/a.csv").write_text("id,name,class,grid\nQ4,楚天,A,shimen\n")
    assert office.record("finding", "Q4", "x", "--day", "2026-03-02") == 0
    capfd.readouterr()
    assert move_on("next", "--plan", "now/plan.yaml") == 0
    out = capfd.readouterr().out
    assert "Copied: next/a.csv" in out
    assert "The ledger lies elsewhere, with 1 open findings" in out
    assert (tmp_path / "next/a.csv").read_bytes() == (tmp_path / "now/a.csv").read_bytes()
    capfd.readouterr()
    assert move_on(".", "--plan", "now/plan.yaml") == 0  # above it: the ledger lies below the plan's folder
    assert written("plan.yaml")["ledger"] == {"file": "now/safeplan.db"}
    assert "The ledger is the same" in capfd.readouterr().out


def test_nothing_is_overwritten_without_force(office: Office, capfd: Capture) -> None:
    assert move_on() == 0
    first = Path("plan-2027.yaml").read_bytes()
    assert move_on() == 2
    assert "exists already" in capfd.readouterr().err
    assert move_on("--force") == 0
    assert Path("plan-2027.yaml").read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("--plan", "no.yaml"), "there is no file no.yaml", id="no plan"),
        pytest.param(("--register", "a.csv"), "leave --register out", id="with a register"),
    ],
)
def test_what_makes_no_sense_is_refused(office: Office, capfd: Capture, arguments: tuple[str, ...], said: str) -> None:
    assert move_on(*arguments) == 2
    assert said in capfd.readouterr().err
    assert not Path("plan-2027.yaml").exists()


def test_a_plan_is_named_for_next_year_alone(office: Office, capfd: Capture) -> None:
    assert run("init", "there", "--plan", "plan.yaml") == 2
    assert "belong to --next-year" in capfd.readouterr().err
    assert not Path("there").exists()


def test_a_certificate_that_has_ended_is_marked(office: Office) -> None:
    text = office.plan.read_text(encoding="utf-8")
    ended = text.replace('certificate: "2"', 'certificate: {number: "2", expires: 2026-10-31}')
    office.plan.write_text(ended, encoding="utf-8")
    assert move_on() == 0
    assert (
        "expires: 2026-10-31}, teams: [t]}  # CHANGE: ends before the plan begins" in Path("plan-2027.yaml").read_text()
    )


def test_a_plan_with_errors_is_not_moved_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    Office(tmp_path, PLAN.replace("class: B, grid: shimen", "class: Z, grid: shimen"))
    assert move_on() == 2
    assert "unknown-class" in capfd.readouterr().err
