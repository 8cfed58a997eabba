"""Where a plan's ledger is, who tells it, and what work does with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.conftest import NOW
from ledger.events import some
from safeplan.cli.ledger_options import who_tells
from safeplan.core.events.findings import Finding
from safeplan.ledger.errors import LedgerMoved
from safeplan.ledger.place import LedgerPlace
from safeplan.plan.settings import LedgerSettings
from safeplan.work.errors import WorkError
from safeplan.work.ledgers import backup, place_of, read_history, tell, verify

PLAN = Path("town/plan.yaml")
URL = "postgresql://li:geheim@host/plan"


@pytest.mark.parametrize(
    ("settings", "asked", "environ", "expected"),
    [
        (None, None, {}, LedgerPlace(Path("town/safeplan.db"))),
        (LedgerSettings(), None, {}, LedgerPlace(Path("town/safeplan.db"))),
        (LedgerSettings(file="台账/2026.db"), None, {}, LedgerPlace(Path("town/台账/2026.db"))),
        (LedgerSettings(file="台账\\2026.db"), None, {}, LedgerPlace(Path("town/台账/2026.db"))),
        (LedgerSettings(file="a.db"), None, {"SAFEPLAN_LEDGER": "/x/b.db"}, LedgerPlace(Path("/x/b.db"))),
        (LedgerSettings(file="a.db"), "c.db", {"SAFEPLAN_LEDGER": "/x/b.db"}, LedgerPlace(Path("c.db"))),
        (LedgerSettings(file="a.db"), None, {"SAFEPLAN_LEDGER": ""}, LedgerPlace(Path("town/a.db"))),
        (None, None, {"SAFEPLAN_LEDGER": URL}, LedgerPlace(url=URL)),
        (None, URL, {}, LedgerPlace(url=URL)),
    ],
)
def test_what_is_asked_for_goes_before_the_environment_and_the_plan(
    settings: LedgerSettings | None, asked: str | None, environ: dict[str, str], expected: LedgerPlace
) -> None:
    assert place_of(PLAN, settings, asked, environ) == expected


@pytest.mark.parametrize("file", ["../safeplan.db", "/etc/safeplan.db", "a/../../b.db", URL])
def test_a_plan_names_no_file_outside_its_folder(file: str) -> None:
    with pytest.raises(WorkError) as caught:
        place_of(PLAN, LedgerSettings(file=file), None, {})
    assert caught.value.code == "ledger-outside"


def test_a_link_does_not_lead_outside(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    with pytest.raises(WorkError) as caught:
        place_of(folder / "plan.yaml", LedgerSettings(file="link/a.db"), None, {})
    assert caught.value.code == "ledger-outside"


def test_another_kind_of_database_is_refused_without_its_password() -> None:
    with pytest.raises(WorkError) as caught:
        place_of(PLAN, None, "mysql://li:geheim@host/plan", {})
    assert caught.value.code == "bad-ledger"
    assert "geheim" not in str(caught.value)


def test_history_is_none_until_something_was_told(place: LedgerPlace) -> None:
    assert read_history(place) is None
    events = some(5)
    assert tell(place, events[:2], "li", NOW) == (1, 2)
    history = read_history(place)
    assert history is not None
    assert history.head.events == 2
    assert tell(place, events[2:], "li", NOW, expect=history.head) == (3, 4, 5)
    with pytest.raises(LedgerMoved):
        tell(place, events, "li", NOW, expect=history.head)
    after = read_history(place)
    assert after is not None
    assert after.of(Finding)["enterprise"].to_list() == ["E0001", "E0004"]


def test_a_ledger_that_holds_nothing_is_no_history(place: LedgerPlace) -> None:
    assert tell(place, [], "li", NOW) == ()
    assert read_history(place) is None


def test_a_paper_without_its_ledger_is_a_cut_tail(place: LedgerPlace) -> None:
    assert verify(place, "12:ab12cd34").found.why == "cut"
    assert verify(place, "0:").found.ok
    with pytest.raises(WorkError) as caught:
        verify(place)
    assert caught.value.code == "no-ledger"


def test_a_backup_replaces_only_what_it_may(place: LedgerPlace, tmp_path: Path) -> None:
    tell(place, some(3), "li", NOW)
    target = tmp_path / "copy.db"
    assert backup(place, target, force=False) == verify(place).found
    with pytest.raises(Exception, match="exists"):
        backup(place, target, force=False)
    tell(place, some(3), "li", NOW)
    assert backup(place, target, force=True).head.events == 6
    assert verify(LedgerPlace(target)).found.head.events == 6
    if place.file is not None:
        with pytest.raises(Exception, match="is-input"):
            backup(place, place.file, force=True)
        assert verify(place).found.head.events == 6


@pytest.mark.parametrize(
    ("asked", "environ", "expected"),
    [
        ("王强", {"SAFEPLAN_AS": "李芳", "LOGNAME": "li"}, "王强"),
        (None, {"SAFEPLAN_AS": " 李芳 ", "LOGNAME": "li"}, "李芳"),
        (None, {"LOGNAME": "li"}, "li"),
    ],
)
def test_who_tells_is_the_option_then_the_environment_then_the_login(
    asked: str | None, environ: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAFEPLAN_AS", raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert who_tells(asked) == expected


@pytest.mark.parametrize("name", ["", "  ", "王\n强", "\udcff", "\x1b[31m"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(WorkError) as caught:
        who_tells(name)
    assert caught.value.code == "bad-who"
