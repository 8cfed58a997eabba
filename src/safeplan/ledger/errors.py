"""What can go wrong with a ledger as expected; the sentences stand in `words/ledger_errors.py`."""

from __future__ import annotations

SURROUNDINGS, UNSOUND = 3, 4


class LedgerError(Exception):
    """A ledger cannot be read or written. `code` names the sentence, `values` fills it.

    `values` never hold what was to be stored, a password, or a URL.
    """

    exit_code = SURROUNDINGS

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class LedgerMoved(LedgerError):
    """Somebody recorded in the meantime: read again, and try again. Nothing was stored."""

    def __init__(self, **values: object) -> None:
        super().__init__("ledger-moved", **values)


class LedgerUnsound(LedgerError):
    """The stored bytes are not those of a ledger any more."""

    exit_code = UNSOUND
