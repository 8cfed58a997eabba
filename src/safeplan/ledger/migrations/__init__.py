"""Numbered steps that bring a ledger to the form that this version writes."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, inspect, select, update

from safeplan.ledger.errors import LedgerError
from safeplan.ledger.migrations import events_0001
from safeplan.ledger.tables import EVENTS, META

MIGRATIONS: tuple[Callable[[Connection], None], ...] = (events_0001.migrate,)
"""The first makes an empty database a ledger; the n-th brings it from n - 1 to n. A step that was released is never
changed."""


def found_migration(connection: Connection, place: str) -> int:
    """Give the number of the ledger's last migration; 0 for a database that holds no ledger yet.

    Raises
    ------
    LedgerError
        `not-a-ledger`: it holds something else. `newer-ledger`: a later safeplan has written it.
    """
    names = set(inspect(connection).get_table_names())
    if META.name not in names:
        if EVENTS.name in names or _holds_something(connection):
            raise LedgerError("not-a-ledger", path=place)
        return 0
    rows = connection.execute(select(META)).scalars().all() if EVENTS.name in names else []
    if len(rows) != 1 or not isinstance(rows[0], int):
        raise LedgerError("not-a-ledger", path=place)
    if rows[0] > len(MIGRATIONS):
        raise LedgerError("newer-ledger", path=place, found=rows[0], known=len(MIGRATIONS))
    return rows[0]


def migrate(connection: Connection, place: str) -> None:
    """Take every step that is still to be taken, in the caller's transaction."""
    found = found_migration(connection, place)
    for step in MIGRATIONS[found:]:
        step(connection)
    if found < len(MIGRATIONS):
        connection.execute(update(META).values(migration=len(MIGRATIONS)))


def _holds_something(connection: Connection) -> bool:
    """Whether a file holds more than the first page of an empty database; a PostgreSQL database may be shared."""
    return connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA page_count").scalar_one() > 1
