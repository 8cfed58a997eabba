"""The ledger over both databases: what is told is kept, in order, once and for all."""

from __future__ import annotations

import json
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from ledger.conftest import NOW
from ledger.events import some, sql
from ledger.server import Server
from safeplan.core.events.findings import Finding
from safeplan.core.history import HAPPENED, RECORDS, Head, history_of
from safeplan.ledger import migrations
from safeplan.ledger.chain import hash_of
from safeplan.ledger.errors import LedgerError, LedgerMoved
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import Ledger, open_ledger


def test_the_server_of_the_tests_truly_runs_and_not_as_root(server: Server) -> None:
    ((version,),) = server.query("select version()")
    assert str(version).startswith("PostgreSQL ")
    assert server.owner() != "root"


def test_what_is_told_is_read_back(ledger: Ledger) -> None:
    events = some(7)
    assert ledger.head() == Head(0, "")
    assert ledger.append(events, who="王强", now=NOW) == (1, 2, 3, 4, 5, 6, 7)
    records = ledger.records()
    assert dict(records.schema) == RECORDS
    assert records["number"].to_list() == [1, 2, 3, 4, 5, 6, 7]
    assert records["day"][0] == date(2026, 3, 2)
    assert set(records["recorded"]) == {"2026-11-28T01:30:00.000000Z"}
    assert set(records["offset"]) == {"+08:00"}
    assert set(records["who"]) == {"王强"}
    assert ledger.head() == Head(7, records["hash"][6])
    found = history_of(records).of(Finding)
    assert found["text"].to_list() == [event.text for event in events if isinstance(event, Finding)]


def test_the_hash_is_taken_over_the_one_before_and_the_events_own_values(ledger: Ledger) -> None:
    ledger.append(some(2), who="li", now=NOW)
    first, second = ledger.records().rows()
    for before, row in (("", first), (first[-1], second)):
        content = [row[0], row[1], row[2].isoformat(), *row[3:-1]]
        assert hash_of(before, content) == row[-1]
    assert json.loads(first[6])["enterprise"] == "E0000"


def test_records_after_a_number_are_those_behind_it(ledger: Ledger) -> None:
    ledger.append(some(5), who="li", now=NOW)
    assert ledger.records(after=3)["number"].to_list() == [4, 5]
    assert ledger.records(after=5).is_empty()


def test_what_happened_is_read_with_the_head_that_it_was_read_at(ledger: Ledger) -> None:
    assert ledger.happened()[0] == Head(0, "")
    ledger.append(some(5), who="li", now=NOW)
    head, happened = ledger.happened()
    whole = ledger.records()
    assert head == ledger.head()
    assert happened.equals(whole.select(HAPPENED))
    bare, full = history_of(happened, head), history_of(whole)
    assert bare.head == full.head
    assert bare.tables.keys() == full.tables.keys()
    assert all(table.equals(full.tables[kind].select(table.columns)) for kind, table in bare.tables.items())


def test_nothing_told_stores_nothing(ledger: Ledger) -> None:
    assert ledger.append([], who="li", now=NOW) == ()
    assert ledger.head() == Head(0, "")


def test_numbers_go_on_when_it_is_opened_again(place: LedgerPlace) -> None:
    for expected in ((1, 2), (3, 4)):
        made = open_ledger(place, create=True)
        assert made is not None
        with made:
            assert made.append(some(2), who="li", now=NOW) == expected
            assert made.verify().ok


def test_reading_never_makes_a_ledger(place: LedgerPlace) -> None:
    assert open_ledger(place) is None
    if place.file is not None:
        assert not place.file.exists()
    else:
        assert sql(place, "select table_name from information_schema.tables where table_schema = 'public'") == []


def test_reading_leaves_no_file_beside_the_ledger(tmp_path: Path) -> None:
    place = LedgerPlace(tmp_path / "safeplan.db")
    for create in (True, False):
        made = open_ledger(place, create=create)
        assert made is not None
        with made:
            assert made.head() == Head(0, "")
        assert [one.name for one in tmp_path.iterdir()] == ["safeplan.db"]


def test_opened_for_reading_it_takes_nothing(place: LedgerPlace, ledger: Ledger) -> None:
    ledger.append(some(2), who="li", now=NOW)
    reading = open_ledger(place)
    assert reading is not None
    with reading, pytest.raises(LedgerError, match="ledger-read-only"):
        reading.append(some(1), who="li", now=NOW)
    assert ledger.head().events == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET who = 'nobody' WHERE number = 2",
        "UPDATE events SET number = number + 1",
        "DELETE FROM events WHERE number = 3",
        "DELETE FROM events",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(place: LedgerPlace, ledger: Ledger, statement: str) -> None:
    ledger.append(some(3), who="li", now=NOW)
    before = ledger.records()
    with pytest.raises(Exception, match="a ledger is only added to"):
        sql(place, statement)
    assert ledger.records().equals(before)


def test_postgresql_refuses_to_empty_the_table(server: Server) -> None:
    place = LedgerPlace(url=server.new_database())
    made = open_ledger(place, create=True)
    assert made is not None
    with made:
        made.append(some(3), who="li", now=NOW)
        with pytest.raises(Exception, match="a ledger is only added to"):
            sql(place, "TRUNCATE events")
        assert made.head().events == 3


@pytest.mark.parametrize("number", [1, 3, 5])
def test_the_database_itself_refuses_an_event_out_of_turn(place: LedgerPlace, ledger: Ledger, number: int) -> None:
    ledger.append(some(3), who="li", now=NOW)
    replace = "OR REPLACE " if place.file is not None else ""
    with pytest.raises(Exception, match="no holes"):
        sql(place, f"INSERT {replace}INTO events VALUES ({number}, 'k', 'd', 'r', 'o', 'w', 'b', 'h')")
    assert ledger.verify().ok
    assert ledger.head().events == 3


def test_a_head_that_moved_is_refused_and_nothing_is_stored(ledger: Ledger) -> None:
    ledger.append(some(1), who="li", now=NOW)
    seen = ledger.head()
    ledger.append(some(1), who="wang", now=NOW)
    with pytest.raises(LedgerMoved) as caught:
        ledger.append(some(3), who="li", now=NOW, expect=seen)
    assert caught.value.values == {"expected": str(seen), "found": str(ledger.head())}
    assert ledger.append(some(3), who="li", now=NOW, expect=ledger.head()) == (3, 4, 5)


@pytest.mark.parametrize(
    ("back", "taken"),
    [(timedelta(hours=23, minutes=59), True), (timedelta(days=1), False), (timedelta(days=400), False)],
    ids=["less than a day", "a day", "a year"],
)
def test_a_clock_that_went_back_a_day_is_refused(ledger: Ledger, back: timedelta, taken: bool) -> None:
    ledger.append(some(1), who="li", now=NOW)
    earlier = (NOW - back).astimezone(UTC)
    if taken:
        assert ledger.append(some(1), who="li", now=earlier) == (2,)
        assert ledger.records()["offset"].to_list() == ["+08:00", "+00:00"]
    else:
        with pytest.raises(LedgerError, match="clock-went-back"):
            ledger.append(some(1), who="li", now=earlier)
        assert ledger.head().events == 1


def test_a_time_without_a_zone_is_a_fault_of_the_caller(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="zone"):
        ledger.append(some(1), who="li", now=NOW.replace(tzinfo=None))


def test_a_newer_ledger_is_refused(place: LedgerPlace, ledger: Ledger) -> None:
    sql(place, "UPDATE meta SET migration = 7")
    for create in (False, True):
        with pytest.raises(LedgerError, match="newer-ledger") as caught:
            open_ledger(place, create=create)
        assert caught.value.values["found"] == 7


def test_an_older_ledger_is_brought_up_to_date_when_it_is_written(
    place: LedgerPlace, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.append(some(2), who="li", now=NOW)
    head = ledger.head()
    ledger.close()
    second = (*migrations.MIGRATIONS, lambda connection: connection.exec_driver_sql("CREATE TABLE outbox (n INTEGER)"))
    monkeypatch.setattr(migrations, "MIGRATIONS", second)
    with pytest.raises(LedgerError, match="older-ledger"):
        open_ledger(place)
    opened = open_ledger(place, create=True)
    assert opened is not None
    with opened:
        assert opened.head() == head
    assert sql(place, "SELECT migration FROM meta") == [(2,)]
    assert sql(place, "SELECT n FROM outbox") == []


def test_a_backup_is_a_ledger_with_the_same_head(ledger: Ledger, tmp_path: Path) -> None:
    ledger.append(some(20), who="li", now=NOW)
    ledger.backup(tmp_path / "copy.db")
    assert sorted(one.name for one in tmp_path.glob("copy*")) == ["copy.db"]
    copy = open_ledger(LedgerPlace(tmp_path / "copy.db"))
    assert copy is not None
    with copy:
        assert copy.verify() == ledger.verify()
        assert copy.records().equals(ledger.records())
    with pytest.raises(FileExistsError):
        ledger.backup(tmp_path / "copy.db")


def test_a_backup_while_somebody_records_holds_what_was_stored_before_it(ledger: Ledger, tmp_path: Path) -> None:
    other = open_ledger(ledger.place)
    assert other is not None
    with other:
        ledger.append(some(20), who="li", now=NOW)
        other.backup(tmp_path / "copy.db")
        ledger.append(some(5), who="li", now=NOW)
    copy = open_ledger(LedgerPlace(tmp_path / "copy.db"), create=True)
    assert copy is not None
    with copy:
        assert copy.verify().head.events == 20
        assert copy.append(some(1), who="li", now=NOW) == (21,)
