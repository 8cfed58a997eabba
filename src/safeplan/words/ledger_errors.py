"""Sentences for what can go wrong with a ledger (`ledger/errors.py`)."""

from __future__ import annotations

LEDGER_ERRORS: dict[str, str] = {
    "not-a-ledger": "{path} is not a ledger of safeplan",
    "newer-ledger": "the ledger {path} was written by a newer safeplan (its form is {found}, this one knows {known}); "
    "install that version",
    "older-ledger": "the ledger {path} has the form of an earlier safeplan ({found}, now {known}); it is brought up to "
    "date when something is recorded",
    "ledger-locked": "the ledger {path} is in use by another program for too long; nothing was stored; try again",
    "ledger-disk-full": "the disk of the ledger {path} is full; nothing was stored",
    "ledger-disk-fails": "the disk of the ledger {path} does not take or give its data ({reason}); nothing was stored",
    "ledger-read-only": "the ledger {path} can only be read; nothing was stored",
    "ledger-cannot-open": "the ledger {path} cannot be opened; is it yours to read and write?",
    "no-ledger-folder": "there is no folder for the ledger {path}",
    "ledger-damaged": "the file of the ledger {path} is damaged; safeplan ledger verify says from where on",
    "ledger-failed": "the database of the ledger {path} refused ({reason}); nothing was stored",
    "ledger-moved": "somebody recorded in the meantime (the ledger was at {expected}, now it is at {found}); nothing "
    "was stored; try again",
    "ledger-doubtful": "the connection to {place} was lost at the very moment of storing; look with safeplan ledger "
    "export whether the last entry is there before you record it again",
    "clock-went-back": "this computer says it is {now}, but the last entry was recorded at {last}: set the clock "
    "right; nothing was stored",
    "bad-ledger-url": "the address of the database is not right; it looks like postgresql://name@host/database",
    "no-psycopg": "for a ledger in PostgreSQL install: pip install 'safeplan[postgres]'",
    "no-database": "there is no such database: {place}",
    "database-refuses": "the database {place} does not let you in: wrong name or password",
    "database-not-reached": "the database {place} cannot be reached",
    "database-lost": "the connection to the database {place} was lost; nothing was stored",
    "database-not-allowed": "the database {place} does not allow it; ask whoever runs it for the right to read and add",
}
