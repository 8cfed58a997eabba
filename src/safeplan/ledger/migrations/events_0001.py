"""The first form of a ledger: the events, and triggers by which the database itself refuses to change them.

The statements are written out, not made from `tables`, so that what was released stays as it was.
"""

from __future__ import annotations

from sqlalchemy import Connection

_TABLES = (
    """
    CREATE TABLE events (
        number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
        kind TEXT NOT NULL,
        day TEXT NOT NULL,
        recorded TEXT NOT NULL,
        "offset" TEXT NOT NULL,
        who TEXT NOT NULL,
        body TEXT NOT NULL,
        hash CHAR(64) NOT NULL
    )
    """,
    "CREATE TABLE meta (migration INTEGER NOT NULL)",
    "INSERT INTO meta (migration) VALUES (0)",
)
# INSERT OR REPLACE would take a row away without a DELETE that triggers see: numbers without holes stop it.
_SQLITE = (
    """
    CREATE TRIGGER events_are_not_updated BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'a ledger is only added to'); END
    """,
    """
    CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'a ledger is only added to'); END
    """,
    """
    CREATE TRIGGER events_have_no_holes BEFORE INSERT ON events
    WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM events)
    BEGIN SELECT RAISE(ABORT, 'the numbers of a ledger have no holes'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE FUNCTION events_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a ledger is only added to'; END $$
    """,
    """
    CREATE TRIGGER events_are_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_are_only_added()
    """,
    """
    CREATE FUNCTION events_have_no_holes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM events) THEN
            RAISE EXCEPTION 'the numbers of a ledger have no holes';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER events_have_no_holes BEFORE INSERT ON events
    FOR EACH ROW EXECUTE FUNCTION events_have_no_holes()
    """,
)


def migrate(connection: Connection) -> None:
    """Make the tables and triggers in an empty database."""
    own = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    for statement in (*_TABLES, *own):
        connection.exec_driver_sql(statement)
