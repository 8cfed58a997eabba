"""Both databases, for real."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from ledger.server import Server
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import Ledger, open_ledger

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server that runs as long as the tests; never skipped: without one the tests fail."""
    made = Server()
    try:
        made.start()
        yield made
    finally:
        made.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> LedgerPlace:
    """A place without a ledger yet, in each of the databases."""
    if request.param == "sqlite":
        return LedgerPlace(tmp_path / "safeplan.db")
    return LedgerPlace(url=request.getfixturevalue("server").new_database())


@pytest.fixture
def ledger(place: LedgerPlace) -> Iterator[Ledger]:
    """A new ledger, open for writing."""
    made = open_ledger(place, create=True)
    assert made is not None
    with made:
        yield made
