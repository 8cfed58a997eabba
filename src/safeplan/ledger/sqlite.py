"""A ledger in a file: SQLite, in the form that loses nothing at a power cut."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from safeplan.ledger.errors import LedgerError, LedgerUnsound
from safeplan.ledger.network import on_network
from safeplan.ledger.place import LedgerPlace

_SETTINGS = ("foreign_keys=ON", "synchronous=FULL", "fullfsync=ON", "cell_size_check=ON", "trusted_schema=OFF")
_NO_ROOM = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
_PAUSE = 0.05  # seconds between two tries for a lock that SQLite does not wait for by itself


def exists(place: LedgerPlace) -> bool:
    """Whether there is a file."""
    return _file(place).exists()


def engine_of(place: LedgerPlace, *, writing: bool, patience: float) -> Engine:
    """Give the engine; every transaction of one for writing takes the lock at its beginning, so it never fails late.

    One for reading can write no event, though it opens the file for both where it may: only so does SQLite mend what a
    crash left behind, and clear away its own side files. It never makes the file.
    """
    path = _file(place)
    made = create_engine(
        "sqlite://",
        creator=lambda: _connected(path, writing, patience),
        poolclass=QueuePool,
        pool_size=1,
        hide_parameters=True,
    )

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return made


def settle(engine: Engine, place: LedgerPlace, patience: float) -> None:
    """Choose the journal: WAL, or DELETE on a network drive, where WAL is not safe, and where WAL is not to be had."""
    wanted = "delete" if on_network(_file(place)) else "wal"
    until = time.monotonic() + patience
    with closing(engine.raw_connection()) as held:
        connection = held.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        while _journal(connection) != wanted:
            try:
                connection.execute(f"PRAGMA journal_mode={wanted}")
                return
            except sqlite3.OperationalError as problem:
                if problem.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
                if time.monotonic() > until:
                    return  # whoever holds it uses the other journal, which serves as well
            time.sleep(_PAUSE)


def is_wal(engine: Engine) -> bool:
    """Whether readers and a writer can work at once."""
    with closing(engine.raw_connection()) as held:
        assert isinstance(held.driver_connection, sqlite3.Connection)
        return _journal(held.driver_connection) == "wal"


def backup(engine: Engine, target: Path) -> None:
    """Copy the database while others work on it (SQLite's online backup), into a new file that stands alone."""
    with closing(engine.raw_connection()) as held, closing(sqlite3.connect(target)) as copy:
        assert isinstance(held.driver_connection, sqlite3.Connection)
        held.driver_connection.backup(copy)


def coded(problem: BaseException, place: LedgerPlace) -> LedgerError:
    """Say what SQLite met; result codes: https://sqlite.org/rescode.html."""
    path = _file(place)
    name = str(getattr(problem, "sqlite_errorname", ""))
    if isinstance(problem, UnicodeDecodeError) or (not name and "decode to UTF-8" in str(problem)):
        name = "SQLITE_CORRUPT"  # a stored text, or a piece of the schema that an error quotes
    if name.startswith("SQLITE_CANTOPEN"):
        return LedgerError("no-ledger-folder" if not path.parent.is_dir() else "ledger-cannot-open", path=path)
    if name == "SQLITE_NOTADB":
        return LedgerError("not-a-ledger", path=path)
    if name.startswith("SQLITE_CORRUPT") or name == "SQLITE_ERROR":  # the statements are sound, so the schema is not
        return LedgerUnsound("ledger-damaged", path=path)
    return LedgerError(_CODES.get("_".join(name.split("_")[:2]), "ledger-failed"), path=path, reason=name or "?")


_CODES = {
    "SQLITE_BUSY": "ledger-locked",
    "SQLITE_LOCKED": "ledger-locked",
    "SQLITE_PROTOCOL": "ledger-locked",
    "SQLITE_FULL": "ledger-disk-full",
    "SQLITE_IOERR": "ledger-disk-fails",
    "SQLITE_READONLY": "ledger-read-only",
    "SQLITE_PERM": "ledger-cannot-open",
    "SQLITE_AUTH": "ledger-cannot-open",
}


def _file(place: LedgerPlace) -> Path:
    assert place.file is not None
    return place.file


def _connected(path: Path, writing: bool, patience: float) -> sqlite3.Connection:
    if path.exists() and not path.is_file():
        raise LedgerError("not-a-ledger", path=path)
    if writing:
        return _opened(path, "mode=rwc", _SETTINGS, patience)
    settings = (*_SETTINGS, "query_only=ON")
    try:
        return _opened(path, "mode=rw", settings, patience)
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode & 0xFF not in _NO_ROOM or _has_journal(path) or not path.exists():
            raise
    # A folder that cannot be written to has no room for the side files of WAL; so nobody can be writing there.
    return _opened(path, "mode=ro&immutable=1", settings, patience)


def _opened(path: Path, mode: str, settings: tuple[str, ...], patience: float) -> sqlite3.Connection:
    spelt = path.absolute().as_posix()
    uri = f"file://{'' if spelt.startswith('/') else '/'}{quote(spelt)}?{mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _has_journal(path: Path) -> bool:
    sides = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    return any(side.exists() and side.stat().st_size for side in sides)


def _journal(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0]).lower()
