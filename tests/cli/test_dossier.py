"""`safeplan dossier`: an enterprise's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.plans import run
from cli.recording import PLAN, Office
from safeplan.output.formats import DOCUMENT_FORMATS

Capture = pytest.CaptureFixture[str]
CONTACT = PLAN.replace("三号路}", '三号路, contact: {name: 周经理, phone: "13800000000"}, legal_person: 周正}')


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    made = Office(tmp_path, CONTACT)
    assert run("adopt", "-p", "plan.yaml", "--approved-by", "镇政府", "--as", "刘敏") == 0
    assert made.record("visit", "Q4", "--day", "2026-03-02", "--by", "zhao,zhang", "--finding", "配电箱未接地") == 0
    assert made.record("reinspection", "F3", "fail", "--day", "2026-03-18", "--by", "zhao,zhang") == 0
    return made


def dossier(*arguments: object) -> int:
    return run("dossier", *arguments, "-p", "plan.yaml")


def test_it_tells_what_was_owed_planned_done_found_and_chased(office: Office, capfd: Capture) -> None:
    capfd.readouterr()
    assert dossier("楚天") == 0
    out = capfd.readouterr().out
    owed, rest = out.split("What happened", 1)
    happened, ahead = rest.split("What is ahead", 1)
    assert "Number: Q4" in owed
    assert "plan.yaml:6" in owed
    assert "done: 2026-03-02" in owed
    assert "overdue" in owed  # April
    assert "roster adopted, its visits: " in happened
    assert "approved by 镇政府" in happened
    assert "F3 general finding: 配电箱未接地; 赵志刚, 张小梅; to be mended by 2026-03-17" in happened
    assert "F3: reinspection failed; 赵志刚, 张小梅; to be mended by 2026-04-02" in happened
    assert "王会计" in happened
    told = office.told()
    assert len(told) == 4
    assert "F3" in ahead.split("Findings that are open")[1]
    assert "Ledger: 4 events, head " in ahead


def test_each_line_carries_number_and_mark_of_its_event(office: Office, capfd: Capture) -> None:
    from safeplan.ledger.place import LedgerPlace
    from safeplan.ledger.store import open_ledger

    capfd.readouterr()
    assert dossier("Q4") == 0
    out = capfd.readouterr().out
    ledger = open_ledger(LedgerPlace(office.folder / "safeplan.db"))
    assert ledger is not None
    with ledger:
        for digest in ledger.records()["hash"]:
            assert digest[:8] in out


def test_contacts_are_shown_only_where_they_are_asked_for(office: Office, capfd: Capture) -> None:
    for name in ("text", "csv", "html", "markdown"):
        capfd.readouterr()
        assert dossier("Q4", "--format", name) == 0
        assert not [one for one in ("13800000000", "周经理", "周正") if one in capfd.readouterr().out]
    assert dossier("Q4", "--with-contacts") == 0
    assert "Contact: 周正 周经理 13800000000" in capfd.readouterr().out


def test_an_earlier_day_knows_only_what_was_recorded_by_then(office: Office, capfd: Capture) -> None:
    capfd.readouterr()
    assert dossier("Q4", "--as-of", "2026-03-20") == 0  # all of it was recorded today
    out = capfd.readouterr().out
    assert "配电箱" not in out
    assert "nothing was recorded" in out
    assert "As known on 20 Mar 2026" in out


def test_who_has_left_the_plan_is_found_by_id_in_the_ledger(office: Office, capfd: Capture) -> None:
    kept = "\n".join(line for line in CONTACT.splitlines() if "id: Q4" not in line)
    office.plan.write_text(kept, encoding="utf-8")
    capfd.readouterr()
    assert dossier("Q4") == 0
    out = capfd.readouterr().out
    assert "The plan does not know it any more" in out
    assert "配电箱未接地" in out
    assert "What was owed" not in out


def test_without_a_ledger_it_shows_what_the_plan_owes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    Office(tmp_path)
    assert dossier("Q4") == 0
    out = capfd.readouterr().out
    assert "There is no ledger yet" in out
    assert "drafted: " in out


def test_surprise_visits_are_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    Office(tmp_path, PLAN + "priorities: {M12: [{name: 飞行检查, visits: 1, surprise: true}]}\n")
    assert dossier("Q4") == 0
    out = capfd.readouterr().out
    assert "飞行检查" not in out
    assert "--with-surprise" in out
    assert dossier("Q4", "--with-surprise") == 0
    out = capfd.readouterr().out
    assert "飞行检查" in out
    ahead = out.split("飞行检查")[1].split("drafted: ")[1][:10]
    assert run("adopt", "-p", "plan.yaml", "--as", "刘敏") == 0
    capfd.readouterr()
    assert dossier("Q4") == 0
    out = capfd.readouterr().out
    assert "飞行检查" not in out
    assert ahead not in out


@pytest.mark.parametrize("name", sorted(DOCUMENT_FORMATS))
def test_it_comes_in_every_format(office: Office, name: str) -> None:
    path = Path(f"file.{name}")
    assert dossier("Q4", "--format", name, "-o", path) == 0
    assert path.stat().st_size > 100


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("楚地塑业有限公司",), "did you mean 楚天塑业有限公司?", id="unknown"),
        pytest.param(("小卖部",), "小卖部 can be any of", id="two of a name"),
        pytest.param(("Q4", "--as-of", "yesterday"), "yesterday is no day", id="no day"),
        pytest.param(("Q4", "--as-of", "2999-01-01"), "2999-01-01", id="a day ahead"),
        pytest.param(("Q4", "--format", "ics"), "there is no format ics", id="no format"),
    ],
)
def test_what_makes_no_sense_is_refused(office: Office, capfd: Capture, arguments: tuple[str, ...], said: str) -> None:
    assert dossier(*arguments) == 2
    assert said in capfd.readouterr().err
