"""What tests of a ledger do again and again: open it, look at it, see it refuse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from safeplan.core.history import Head
from safeplan.ledger.errors import LedgerError
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import Ledger, open_ledger


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
