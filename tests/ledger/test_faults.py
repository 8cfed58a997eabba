"""What the surroundings can do to a ledger: a clear error with exit code 3, and nothing half-written."""

from __future__ import annotations

import os
import pwd
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from ledger.conftest import NOW
from ledger.events import some, sql
from ledger.server import Server
from safeplan.core.history import Head
from safeplan.ledger import network, postgres, sqlite
from safeplan.ledger.errors import LedgerError
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import Ledger, open_ledger

ROOT = os.geteuid() == 0


def writing(place: LedgerPlace, patience: float = 5.0) -> Ledger:
    """Open for writing."""
    made = open_ledger(place, create=True, patience=patience)
    assert made is not None
    return made


def head(place: LedgerPlace) -> Head:
    """Give the head of a ledger that verifies."""
    reading = open_ledger(place)
    assert reading is not None
    with reading:
        found = reading.verify()
        assert found.ok, found
        return found.head


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """What is done inside ends with one of the codes, and exit code 3."""
    with pytest.raises(LedgerError) as caught:
        yield
    assert caught.value.code in codes, caught.value
    assert caught.value.exit_code == 3


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that belongs to somebody without rights."""
    made = Path(tempfile.mkdtemp(prefix="safeplan-ledger-"))
    if ROOT:
        shutil.chown(made, "nobody")
    yield made
    shutil.rmtree(made)


@contextmanager
def without_rights() -> Iterator[None]:
    """Act as a user whom the disk can refuse; root acts as nobody."""
    if not ROOT:
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own that is soon full."""
    if not ROOT:
        pytest.skip("only root can mount a small disk; the test of a limited file size does it in another way")
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], capture_output=True)
    if done.returncode:
        pytest.skip(f"this machine lets nobody mount: {done.stderr!r}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(ledger: Ledger) -> Head:
    """Append until the disk says no; gives the head after the last append that was acknowledged."""
    last = ledger.head()
    with refused("ledger-disk-full", "ledger-disk-fails"):
        for _ in range(5_000):
            ledger.append(some(40), who="li", now=NOW)
            last = ledger.head()
    assert last.events > 0
    assert last.events % 40 == 0
    return last


def test_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        (disk / "other").write_bytes(b"x" * 300_000)
        place = LedgerPlace(disk / "safeplan.db")
        with writing(place) as ledger:
            last = fill(ledger)
            assert ledger.head() == last
            assert ledger.verify().ok
            (disk / "other").unlink()
            assert ledger.append(some(1), who="li", now=NOW) == (last.events + 1,)
        assert head(place).events == last.events + 1


def test_a_disk_that_is_full_from_the_beginning(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        filler = disk / "other"
        with pytest.raises(OSError, match="No space"):
            filler.write_bytes(b"x" * 2_000_000)
        with refused("ledger-disk-full", "ledger-disk-fails", "ledger-cannot-open"):
            writing(LedgerPlace(disk / "safeplan.db"))
        filler.unlink()
        with writing(LedgerPlace(disk / "safeplan.db")) as ledger:
            assert ledger.append(some(2), who="li", now=NOW) == (1, 2)


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """The full disk of those who are not root: the system refuses to let any file grow."""
    place = LedgerPlace(tmp_path / "safeplan.db")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with writing(place) as ledger:
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, before[1]))
            last = fill(ledger)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert ledger.head() == last
        assert ledger.append(some(1), who="li", now=NOW) == (last.events + 1,)
    assert head(place).events == last.events + 1


def test_a_full_disk_under_postgresql(server: Server, tmp_path: Path) -> None:
    with small_disk(server.folder / "small", 24) as disk:
        shutil.chown(disk, "nobody")
        disk.chmod(0o700)
        server.query(f"CREATE TABLESPACE small LOCATION '{disk}'")
        server.query("CREATE DATABASE full_disk TABLESPACE small")
        place = LedgerPlace(url=server.url("full_disk"))
        with writing(place) as ledger:
            (disk / "other").write_bytes(b"x" * 13_000_000)
            last = fill(ledger)
            assert ledger.head() == last
            (disk / "other").unlink()
            assert ledger.append(some(1), who="li", now=NOW)[0] == last.events + 1
        assert head(place).events == last.events + 1
        server.query("DROP DATABASE full_disk WITH (FORCE)")
        server.query("DROP TABLESPACE small")


def test_a_file_that_can_only_be_read(folder: Path) -> None:
    place = LedgerPlace(folder / "safeplan.db")
    with without_rights():
        with writing(place) as ledger:
            ledger.append(some(3), who="li", now=NOW)
        (folder / "safeplan.db").chmod(0o444)
        with refused("ledger-read-only"), writing(place) as ledger:
            ledger.append(some(1), who="li", now=NOW)
        assert head(place).events == 3


def test_a_folder_that_can_only_be_read(folder: Path) -> None:
    place = LedgerPlace(folder / "safeplan.db")
    with without_rights():
        with writing(place) as ledger:
            ledger.append(some(3), who="li", now=NOW)
        folder.chmod(0o555)
        (folder / "safeplan.db").chmod(0o444)
        with refused("ledger-read-only", "ledger-cannot-open"), writing(place) as ledger:
            ledger.append(some(1), who="li", now=NOW)
        assert head(place).events == 3
        with refused("ledger-cannot-open"):
            writing(LedgerPlace(folder / "other.db"))
        folder.chmod(0o755)


def test_a_file_of_somebody_else(folder: Path) -> None:
    place = LedgerPlace(folder / "safeplan.db")
    with without_rights():
        writing(place).close()
        (folder / "safeplan.db").chmod(0o000)
        for create in (False, True):
            with refused("ledger-cannot-open"):
                open_ledger(place, create=create)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    place = LedgerPlace(tmp_path / "nowhere" / "safeplan.db")
    assert open_ledger(place) is None
    with refused("no-ledger-folder"):
        writing(place)


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


def test_a_connection_that_is_cut(server: Server) -> None:
    place = LedgerPlace(url=server.new_database())
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'safeplan'"
    with writing(place) as ledger:
        ledger.append(some(2), who="li", now=NOW)
        server.query(cut)
        with refused("database-lost"):
            ledger.append(some(5), who="li", now=NOW)
        assert ledger.append(some(1), who="li", now=NOW) == (3,)
        event.listen(ledger._engine, "before_cursor_execute", _once(lambda: server.query(cut), "INSERT"))
        with refused("database-lost"):
            ledger.append(some(5), who="li", now=NOW)
        assert head(place).events == 3


def test_a_connection_that_is_cut_at_the_very_end_leaves_a_doubt_that_is_said(server: Server) -> None:
    place = LedgerPlace(url=server.new_database())
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'safeplan'"
    with writing(place) as ledger:
        ledger.append(some(2), who="li", now=NOW)
        event.listen(ledger._engine, "commit", lambda connection: server.query(cut))
        with refused("ledger-doubtful"):
            ledger.append(some(5), who="li", now=NOW)
    assert head(place).events == 2


def _once(action, word: str):
    """A listener that acts before the first statement with a word."""
    done: list[bool] = []

    def listener(connection, cursor, statement, *rest) -> None:
        if word in statement and not done:
            done.append(True)
            action()

    return listener


def test_a_server_that_falls_over_loses_nothing_acknowledged() -> None:
    own = Server()
    try:
        own.start()
        place = LedgerPlace(url=own.new_database())
        told: list[int] = []
        with writing(place) as ledger:
            timer = threading.Timer(1.0, lambda: own.stop(signal.SIGKILL))
            timer.start()
            with refused("database-lost", "ledger-doubtful"):
                while True:
                    told += ledger.append(some(3), who="li", now=NOW)
            timer.join()
            with refused("database-not-reached"):
                open_ledger(place)
        _wait_until_free(own)
        own.start()
        last = head(place)
        assert len(told) > 30
        assert told == list(range(1, len(told) + 1))
        assert last.events in (len(told), len(told) + 3)
    finally:
        own.remove()


def _wait_until_free(server: Server) -> None:
    """Wait until the helpers of a killed server have noticed that it is gone."""
    until = time.monotonic() + 30
    while any("safeplan-postgres" in _command(one) and str(server.folder) in _command(one) for one in _processes()):
        assert time.monotonic() < until
        time.sleep(0.1)


def _processes() -> list[Path]:
    return [one for one in Path("/proc").iterdir() if one.name.isdigit()]


def _command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace") + str((process / "cwd").readlink())
    except OSError:
        return ""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda url: url.replace("pw-", "wrong-"), "database-refuses"),
        (lambda url: url.replace("ledger:", "somebody:"), "database-refuses"),
        (lambda url: url.rpartition("/")[0] + "/nowhere", "no-database"),
        (lambda url: url.rpartition(":")[0] + ":1/ledger_1", "database-not-reached"),
        (lambda url: url.replace("127.0.0.1", "no.such.host.invalid"), "database-not-reached"),
        (lambda url: url.replace("@127.0.0.1:", "@127.0.0.1:x"), "bad-ledger-url"),
        (lambda url: f"{url}?nonsense=1", "database-not-reached"),
    ],
    ids=["password", "name", "database", "port", "host", "no port", "option"],
)
def test_no_error_of_a_connection_holds_the_password(server: Server, change, code: str) -> None:
    url = change(server.new_database())
    place = LedgerPlace(url=url)
    secret = url.split(":")[2].split("@")[0]
    assert len(secret) > 10
    with pytest.raises(LedgerError) as caught:
        open_ledger(place)
    assert caught.value.code == code
    said = [str(caught.value), repr(caught.value.values), repr(place), str(place)]
    said += traceback.format_exception(caught.value)
    assert not [one for one in said if secret in one]


def test_no_error_of_the_database_holds_what_was_to_be_stored(place: LedgerPlace) -> None:
    with writing(place) as ledger:
        sql(place, "DROP TABLE events", "CREATE TABLE events (number INTEGER, kind TEXT, hash TEXT)")
        who = "周经理" + "138" * 4
        with pytest.raises(LedgerError) as caught:
            ledger.append(some(3), who=who, now=NOW)
        said = "".join(traceback.format_exception(caught.value)) + repr(caught.value.values)
        assert who not in said
        assert "通道堵塞" not in said


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://li:ge?heim@host:5432/plan",
        "postgresql://li:ge/heim@host:5432/plan",
        "postgresql://li:ge@heim@host:5432/plan",
        "postgresql://host:5432/plan?password=geheim",
        "postgresql://li:geheim",
        "postgresql://geheim?x",
    ],
)
def test_a_place_never_shows_a_password(url: str) -> None:
    place = LedgerPlace(url=url)
    assert "heim" not in f"{place} {place!r} {place.name}".replace("postgresql://geheim", "")


def test_who_may_only_read_and_add_can_record(server: Server) -> None:
    place = LedgerPlace(url=server.new_database())
    with writing(place) as ledger:
        ledger.append(some(2), who="li", now=NOW)
    sql(
        place,
        "CREATE ROLE clerk LOGIN PASSWORD 'pw-of-the-clerk'",
        "GRANT SELECT, INSERT ON events TO clerk",
        "GRANT SELECT ON meta TO clerk",
    )
    url = str(place.url).replace(f"ledger:{server.password}", "clerk:pw-of-the-clerk")
    assert "clerk" in url
    with writing(LedgerPlace(url=url)) as ledger:
        assert ledger.append(some(2), who="li", now=NOW) == (3, 4)
        with pytest.raises(psycopg.Error, match="permission denied"):
            sql(LedgerPlace(url=url), "DELETE FROM events")
    assert head(place).events == 4
    other = server.new_database()
    with refused("database-not-allowed"):
        writing(LedgerPlace(url=url.rpartition("/")[0] + "/" + other.rpartition("/")[2]))
