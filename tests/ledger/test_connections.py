"""Connections that are cut or refused, and what no error may show."""

from __future__ import annotations

import signal
import threading
import time
import traceback
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from ledger.acts import head, refused, writing
from ledger.conftest import NOW
from ledger.events import some, sql
from ledger.server import Server
from safeplan.ledger.errors import LedgerError
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import open_ledger


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
