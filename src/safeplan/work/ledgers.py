"""Where a plan's ledger is, what it says, and telling it what happened."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from safeplan.ledger.place import SCHEMES, LedgerPlace, is_url
from safeplan.work.errors import WorkError

if TYPE_CHECKING:
    from safeplan.core.events.base import Event
    from safeplan.core.history import Head, History
    from safeplan.plan.settings import LedgerSettings

VARIABLE = "SAFEPLAN_LEDGER"
NAME = "safeplan.db"


def place_of(
    plan_path: Path, settings: LedgerSettings | None, asked: str | None, environ: Mapping[str, str]
) -> LedgerPlace:
    """Give the place that is asked for, else the environment's, else the plan's, else safeplan.db beside the plan.

    What is asked for is a URL of PostgreSQL, or a file; the plan names a file in or below its folder.

    Raises
    ------
    WorkError
        `bad-ledger`: a URL of something else. `ledger-outside`: the plan names a file that is not below its folder.
    """
    named = asked or environ.get(VARIABLE)
    if not named:
        return LedgerPlace(_below(plan_path.parent, (settings.file if settings else "") or NAME))
    if not is_url(named):
        return LedgerPlace(Path(named))
    scheme = named.partition("://")[0]
    if scheme not in SCHEMES:
        raise WorkError("bad-ledger", scheme=scheme)
    return LedgerPlace(url=named)


def read_history(place: LedgerPlace) -> History | None:
    """Give what happened; None when there is no ledger, or nothing in it.

    Raises
    ------
    LedgerError
        It is there and cannot be read.
    """
    from safeplan.core.history import history_of
    from safeplan.ledger.store import open_ledger

    ledger = open_ledger(place)
    if ledger is None:
        return None
    with ledger:
        records = ledger.records()
    return history_of(records) if len(records) else None


def tell(
    place: LedgerPlace, events: Sequence[Event], who: str, now: datetime, *, expect: Head | None = None
) -> tuple[int, ...]:
    """Add events to the ledger, made when it is not there: all or none. Gives their numbers.

    Raises
    ------
    LedgerMoved
        `expect` is given and not the ledger's head any more.
    LedgerError
        Nothing was stored.
    """
    from safeplan.ledger.store import open_ledger

    ledger = open_ledger(place, create=True)
    assert ledger is not None
    with ledger:
        return ledger.append(events, who=who, now=now, expect=expect)


def _below(folder: Path, name: str) -> Path:
    written = name.strip().replace("\\", "/")
    root = Path(os.path.realpath(folder))
    if is_url(written) or not Path(os.path.realpath(root / written)).is_relative_to(root):
        raise WorkError("ledger-outside", file=name)
    return folder / written
