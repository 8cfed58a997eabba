"""The ledger itself: events are added, read and verified, never changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Self

import polars as pl
from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import DBAPIError

from safeplan.core.events.base import Event
from safeplan.core.history import HAPPENED, RECORDS, Head
from safeplan.ledger import migrations, postgres, sqlite
from safeplan.ledger.chain import Row, Verified, chained, first_fault, place_of_next, read_head
from safeplan.ledger.errors import LedgerError, LedgerMoved, LedgerUnsound
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.tables import EVENTS
from safeplan.terms.progress import Progress, silent

__all__ = ["Ledger", "LedgerPlace", "open_ledger"]

PATIENCE = 30.0
"""Seconds that a writer waits for others."""

_BACK = timedelta(days=1)
_TELLING = 1000
"""Events after which verifying tells how far it is."""
_CHUNK = 1000
"""Rows that are turned into columns at a time; ten times as many read slower by half."""
_STORED = RECORDS | {"day": pl.String()}


def open_ledger(place: LedgerPlace, *, create: bool = False, patience: float = PATIENCE) -> Ledger | None:
    """Open a ledger: for reading alone, or with `create` for writing, then made when it is not there.

    Returns
    -------
    Ledger or None
        None when there is none and it is not to be made.

    Raises
    ------
    LedgerError
        `not-a-ledger`, `newer-ledger`, `older-ledger` (reading never migrates), `ledger-locked`, `ledger-disk-full`,
        `ledger-disk-fails`, `ledger-read-only`, `ledger-cannot-open`, `no-ledger-folder`, `ledger-damaged`,
        `bad-ledger-url`, `no-psycopg`, `no-database`, and `database-` `refuses`, `not-reached`, `lost`, `not-allowed`.
    """
    backend = postgres if place.url is not None else sqlite
    if not create and not backend.exists(place):
        return None
    ledger = Ledger(place, backend.engine_of(place, writing=create, patience=patience), backend)
    try:
        if ledger._is_ready(create, patience):
            return ledger
    except BaseException:
        ledger.close()
        raise
    ledger.close()
    return None


class Ledger:
    """An open ledger. Every method may raise LedgerError as `open_ledger` does; what fails has stored nothing.

    Use it as a context manager, or close it.
    """

    def __init__(self, place: LedgerPlace, engine: Engine, backend: ModuleType) -> None:
        self.place = place
        self._engine = engine
        self._backend = backend

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @property
    def shares_slowly(self) -> bool:
        """Whether readers and writers wait for each other: a file on a network drive, where WAL is not safe."""
        with self._faults():
            return self._backend is sqlite and not sqlite.is_wal(self._engine)

    def head(self) -> Head:
        """Give where the chain ends."""
        with self._transaction() as connection:
            return _head(connection)

    def records(self, after: int = 0) -> pl.DataFrame:
        """Give the events with a number above `after`, in order (`core.history.RECORDS`)."""
        with self._transaction() as connection:
            return self._read(connection, tuple(RECORDS), after)

    def happened(self) -> tuple[Head, pl.DataFrame]:
        """Give where the chain ends, and what happened (`core.history.HAPPENED`) up to there, not who told it when."""
        with self._transaction() as connection:
            head = _head(connection)
            events = self._read(connection, HAPPENED)
        # What others told between the two readings is not known yet.
        return head, events.head(head.events)

    def _read(self, connection: Connection, columns: tuple[str, ...], after: int = 0) -> pl.DataFrame:
        found = select(*(EVENTS.c[name] for name in columns)).where(EVENTS.c.number > after).order_by(EVENTS.c.number)
        stored = {name: _STORED[name] for name in columns}
        try:
            # The driver's own rows: those of SQLAlchemy cost as much again as reading them.
            cursor = connection.execute(found).cursor
            parts = [_table(rows, stored) for rows in iter(lambda: cursor.fetchmany(_CHUNK), [])]
            table = pl.concat([pl.DataFrame(schema=stored), *parts], rechunk=True)
            return table.with_columns(pl.col("day").str.to_date("%Y-%m-%d"))
        except (pl.exceptions.PolarsError, TypeError):
            raise LedgerUnsound("ledger-damaged", path=self.place.name) from None

    def append(
        self, events: Sequence[Event], *, who: str, now: datetime, expect: Head | None = None
    ) -> tuple[int, ...]:
        """Add events, all or none, and give their numbers.

        Parameters
        ----------
        events
            What happened, in the order in which it shall stand.
        who
            Who tells it.
        now
            When it is told; knows its zone.
        expect
            The head that the caller has read; None: whatever it is.

        Raises
        ------
        LedgerMoved
            The head is another one: read again.
        LedgerError
            `clock-went-back`: `now` is a day or more before the last event was recorded. `ledger-doubtful`: the
            connection was lost at the very end; the events may be stored or not.
        """
        if now.tzinfo is None:
            raise ValueError("now without a zone")
        if not events:
            return ()
        with self._faults(), self._engine.connect() as connection, connection.begin() as transaction:
            rows = self._next(connection, events, who, now, expect)
            connection.execute(insert(EVENTS), [row._asdict() for row in rows])
            self._commit(transaction.commit)
        return tuple(row.number for row in rows)

    def verify(self, progress: Progress = silent) -> Verified:
        """Follow the chain from the first event to the last; `progress` is told how much of it (verify)."""
        found = self._followed(progress)
        if found.why in ("edited", "missing"):
            at = self._found_elsewhere(found)
            return found if at is None else Verified(found.head, found.number, "reordered", at)
        return found

    def verify_at(self, paper: Head | str, progress: Progress = silent) -> Verified:
        """Verify, and see whether the head that a paper carries (12:ab12cd34) still holds.

        Raises
        ------
        ValueError
            The text is no head.
        """
        paper = read_head(paper) if isinstance(paper, str) else paper
        found, number = self.verify(progress), paper.events
        if not found.ok or not number:
            return found
        if number > found.head.events:
            return Verified(found.head, found.head.events + 1, "cut")
        with self._transaction() as connection:
            stored = connection.execute(select(EVENTS.c.hash).where(EVENTS.c.number == number)).scalar_one()
        return found if stored.startswith(paper.hash) else Verified(found.head, number, "other")

    def backup(self, target: Path) -> None:
        """Copy the whole ledger into a new SQLite file, while others work; the copy has the same head.

        Raises
        ------
        FileExistsError
            The file is there.
        """
        if target.exists():
            raise FileExistsError(str(target))
        try:
            if self._backend is sqlite:
                with self._faults(LedgerPlace(target)):
                    sqlite.backup(self._engine, target)
            else:
                self._copy_rows(target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise

    def _copy_rows(self, target: Path) -> None:
        copy = open_ledger(LedgerPlace(target), create=True)
        assert copy is not None
        with copy, copy._transaction() as into, self._rows() as rows:
            stored = [row._asdict() for row in rows]
            if stored:
                into.execute(insert(EVENTS), stored)

    def _is_ready(self, writing: bool, patience: float) -> bool:
        """Bring the database to this version's form when it may be written; False when it holds no ledger yet."""
        with self._transaction() as connection:
            found = migrations.found_migration(connection, self.place.name)
        last = len(migrations.MIGRATIONS)
        if not writing:
            if 0 < found < last:
                raise LedgerError("older-ledger", found=found, known=last, path=self.place.name)
            return found > 0
        if self._backend is sqlite:
            with self._faults():
                sqlite.settle(self._engine, self.place, patience)
        if found < last:
            with self._transaction() as connection:
                migrations.migrate(connection, self.place.name)
        return True

    def _next(
        self, connection: Connection, events: Sequence[Event], who: str, now: datetime, expect: Head | None
    ) -> list[Row]:
        head = _head(connection)
        if expect is not None and expect != head:
            raise LedgerMoved(expected=str(expect), found=str(head))
        if head.events:
            told = connection.execute(select(EVENTS.c.recorded).where(EVENTS.c.number == head.events)).scalar_one()
            last = datetime.fromisoformat(told)
            if last - now >= _BACK:
                raise LedgerError("clock-went-back", now=now.isoformat(timespec="minutes"), last=told[:16] + "Z")
        return list(chained(head, events, who, now))

    def _commit(self, commit: Callable[[], None]) -> None:
        try:
            commit()
        except DBAPIError as problem:
            if self._backend is postgres and problem.connection_invalidated:
                raise LedgerError("ledger-doubtful", place=self.place.name) from None
            raise

    def _followed(self, progress: Progress) -> Verified:
        reached = _Counted(progress, self._length())
        try:
            with self._rows() as rows:
                return first_fault(reached.through(rows))
        except LedgerUnsound:
            return Verified(reached.head, reached.head.events + 1, "damaged")

    def _length(self) -> int:
        """Count the events; 0 where they cannot be counted: what is wrong then, following the chain says."""
        try:
            with self._transaction() as connection:
                return connection.execute(select(func.count()).select_from(EVENTS)).scalar_one()
        except LedgerUnsound:
            return 0

    def _found_elsewhere(self, found: Verified) -> int | None:
        try:
            with self._rows() as rows:
                return place_of_next(found.head, rows)
        except LedgerUnsound:
            return None

    @contextmanager
    def _rows(self) -> Iterator[Iterable[Row]]:
        """Give all rows, one after the other, as they stand now."""
        with self._transaction() as connection:
            streamed = connection.execution_options(stream_results=True)
            yield map(Row._make, streamed.execute(select(EVENTS).order_by(EVENTS.c.number)))

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._faults(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _faults(self, place: LedgerPlace | None = None) -> Iterator[None]:
        """Turn what a database reports into a LedgerError that holds nothing of what was to be stored."""
        try:
            yield
        except DBAPIError as problem:
            raise self._backend.coded(problem.orig or problem, place or self.place) from None
        except (sqlite3.Error, UnicodeDecodeError) as problem:
            raise sqlite.coded(problem, place or self.place) from None


def _table(rows: Sequence[Sequence[object]], stored: Mapping[str, pl.DataType]) -> pl.DataFrame:
    columns = zip(stored.items(), zip(*rows, strict=True), strict=True)
    return pl.DataFrame([pl.Series(name, values, kind) for (name, kind), values in columns])


class _Counted:
    """Rows as they pass, and how far the chain was read."""

    def __init__(self, progress: Progress, events: int) -> None:
        self.head = Head(0, "")
        self._progress = progress
        self._events = events

    def through(self, rows: Iterable[Row]) -> Iterator[Row]:
        self._progress("verify", 0.0)
        for row in rows:
            yield row
            self.head = Head(row.number, row.hash)
            if row.number % _TELLING == 0:
                self._progress("verify", row.number / max(self._events, row.number))


def _head(connection: Connection) -> Head:
    last = select(EVENTS.c.number, EVENTS.c.hash).order_by(EVENTS.c.number.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return Head(row.number, row.hash) if row else Head(0, "")
