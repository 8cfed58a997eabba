"""A ledger in a PostgreSQL database (extra `postgres`)."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from safeplan.ledger.errors import LedgerError
from safeplan.ledger.place import LedgerPlace

_CONNECT_WITHIN = 10  # seconds
_LOST_AFTER = 30_000  # milliseconds without an answer
_LOCK = int.from_bytes(hashlib.sha256(b"safeplan ledger").digest()[:8], signed=True)


def exists(place: LedgerPlace) -> bool:
    """Leave the question to the connection: a database is never made by safeplan."""
    return place.url is not None


def engine_of(place: LedgerPlace, *, writing: bool, patience: float) -> Engine:
    """Give the engine; one for writing lets one transaction at a time in, by an advisory lock that needs no right."""
    try:
        url = make_url(str(place.url)).set(drivername="postgresql+psycopg")
        made = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=1,
            hide_parameters=True,
            connect_args={
                "connect_timeout": _CONNECT_WITHIN,
                "tcp_user_timeout": _LOST_AFTER,
                "client_encoding": "utf8",
                "application_name": "safeplan",
            },
            execution_options={} if writing else {"postgresql_readonly": True},
        )
    except (ArgumentError, ValueError):
        raise LedgerError("bad-ledger-url", place=place.name) from None
    except ModuleNotFoundError:
        raise LedgerError("no-psycopg") from None

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        if writing:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, round(patience * 1000))}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    return made


def coded(problem: BaseException, place: LedgerPlace) -> LedgerError:
    """Say what PostgreSQL met; codes: https://www.postgresql.org/docs/current/errcodes-appendix.html."""
    state = getattr(problem, "sqlstate", None)
    if state is None:
        return LedgerError(_without_state(str(problem)), place=place.name)
    code = _CODES.get(state) or _CLASSES.get(state[:2], "ledger-failed")
    return LedgerError(code, place=place.name, path=place.name, reason=state)


def _without_state(text: str) -> str:
    """Tell by the server's words what the driver tells in no other way: why a connection did not come about."""
    known = {
        "password authentication failed": "database-refuses",
        "no password supplied": "database-refuses",
        "no pg_hba.conf entry": "database-refuses",
        'role "': "database-refuses",
        'database "': "no-database",
        "closed": "database-lost",
        "lost": "database-lost",
    }
    return next((code for words, code in known.items() if words in text), "database-not-reached")


_CODES = {
    "55P03": "ledger-locked",
    "53100": "ledger-disk-full",
    "25006": "ledger-read-only",
    "42501": "database-not-allowed",
    "3D000": "no-database",
    "58030": "ledger-disk-fails",
}
_CLASSES = {"08": "database-lost", "57": "database-lost", "28": "database-refuses", "53": "database-not-reached"}
