"""Files that are locked, foreign, left by a crash, or on a network drive."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from ledger.acts import head, refused, writing
from ledger.conftest import NOW
from ledger.events import some
from safeplan.ledger import network, postgres, sqlite
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import open_ledger


def test_a_locked_ledger_can_be_read_but_waits_no_longer_than_it_should(place: LedgerPlace) -> None:
    with writing(place, patience=0.5) as ledger:
        ledger.append(some(2), who="li", now=NOW)
        with _locked(place):
            started = time.monotonic()
            with refused("ledger-locked"):
                ledger.append(some(1), who="li", now=NOW)
            assert 0.4 < time.monotonic() - started < 5
            assert head(place).events == 2
        assert ledger.append(some(1), who="li", now=NOW) == (3,)


@contextmanager
def _locked(place: LedgerPlace) -> Iterator[None]:
    if place.file is not None:
        with closing(sqlite3.connect(place.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(str(place.url)) as other:
            other.execute(f"SELECT pg_advisory_xact_lock({postgres._LOCK})".encode())
            yield


def test_a_writer_waits_for_another_that_is_soon_done(place: LedgerPlace) -> None:
    with writing(place) as ledger:
        held = threading.Event()

        def hold() -> None:
            with _locked(place):
                held.set()
                time.sleep(0.7)

        other = threading.Thread(target=hold)
        other.start()
        assert held.wait(10)
        assert ledger.append(some(2), who="li", now=NOW) == (1, 2)
        other.join()


@pytest.mark.parametrize("create", [False, True], ids=["read", "write"])
def test_what_is_no_ledger_is_refused_and_left_as_it_is(tmp_path: Path, create: bool) -> None:
    text, other = tmp_path / "note.txt", tmp_path / "other.db"
    text.write_text("会议记录\n" * 200, encoding="utf-8")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE events (id)")
    for path in (text, other):
        before = path.read_bytes()
        with refused("not-a-ledger"):
            open_ledger(LedgerPlace(path), create=create)
        assert path.read_bytes() == before
    with refused("not-a-ledger"):
        open_ledger(LedgerPlace(tmp_path), create=create)


def test_an_empty_file_becomes_a_ledger_only_when_something_is_told(tmp_path: Path) -> None:
    place = LedgerPlace(tmp_path / "safeplan.db")
    (tmp_path / "safeplan.db").touch()
    assert open_ledger(place) is None
    assert (tmp_path / "safeplan.db").stat().st_size == 0
    with writing(place) as ledger:
        assert ledger.append(some(1), who="li", now=NOW) == (1,)


def test_a_journal_that_a_crash_left_is_rolled_back_by_whoever_reads_next(tmp_path: Path) -> None:
    path = tmp_path / "safeplan.db"
    with writing(LedgerPlace(path)) as ledger:
        ledger.append(some(30), who="li", now=NOW)
        kept = ledger.records()
    child = os.fork()
    if child == 0:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        for number in range(31, 400):  # more than the cache holds: the file itself is half-written
            connection.execute("INSERT INTO events VALUES (?, 'k', 'd', 'r', 'o', 'w', ?, 'h')", (number, "x" * 500))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert (tmp_path / "safeplan.db-journal").stat().st_size > 0
    reading = open_ledger(LedgerPlace(path))
    assert reading is not None
    with reading:
        assert reading.verify().ok
        assert reading.records().equals(kept)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/li/plan/safeplan.db", "ext4"),
        ("/mnt/office share/2026/safeplan.db", "cifs"),
        ("/mnt/office share", "cifs"),
        ("/mnt/office sharer/safeplan.db", "ext4"),
        ("/data/safeplan.db", "nfs4"),
    ],
)
def test_the_kind_of_disk_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n//srv/office /mnt/office\\040share cifs rw 0 0\n"
        "/dev/sdb1 /data ext4 rw 0 0\nsrv:/data /data nfs4 rw 0 0\n"
    )
    assert network.mounted_as(Path(path), mounts) == kind


def test_on_a_network_drive_there_is_no_write_ahead_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = LedgerPlace(tmp_path / "safeplan.db")
    with writing(place) as ledger:
        assert not ledger.shares_slowly
        ledger.append(some(2), who="li", now=NOW)
    monkeypatch.setattr(sqlite, "on_network", lambda path: True)
    with writing(place) as ledger:
        assert ledger.shares_slowly
        assert ledger.append(some(2), who="li", now=NOW) == (3, 4)
        assert [one.name for one in tmp_path.iterdir()] == ["safeplan.db"]
    assert head(place).events == 4
