"""Where a plan's ledger is, what it says, and telling it what happened."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from safeplan.ledger.place import SCHEMES, LedgerPlace, is_url
from safeplan.terms.progress import Progress, silent
from safeplan.work.errors import PlanError, WorkError

if TYPE_CHECKING:
    from safeplan.core.events.base import Event
    from safeplan.core.history import Head, History
    from safeplan.ledger.chain import Verified
    from safeplan.ledger.store import Ledger
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


def settings_of(plan_path: Path, progress: Progress = silent) -> LedgerSettings | None:
    """Give what a plan says about its ledger; a plan with errors elsewhere says it too.

    Raises
    ------
    PlanError
        When the plan cannot be read at all.
    """
    from safeplan.reading.plan import read_plan
    from safeplan.work.sources import plan_lines

    result = read_plan(plan_path, progress=progress)
    if result.file is None:
        raise PlanError(result.diagnostics, plan_lines(plan_path))
    return result.file.ledger


def read_history(place: LedgerPlace, progress: Progress = silent) -> History | None:
    """Give what happened, as planning asks for it (`core.history.HAPPENED`); None: no ledger, or nothing in it.

    Raises
    ------
    LedgerError
        It is there and cannot be read.
    """
    from safeplan.core.history import history_of
    from safeplan.ledger.store import open_ledger

    progress("ledger", 0.0)
    ledger = open_ledger(place)
    if ledger is None:
        return None
    with ledger:
        head, records = ledger.happened()
    return history_of(records, head) if head.events else None


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


@dataclass(frozen=True, slots=True)
class Look:
    """What verifying a ledger gave, and whether its disk lets nobody read while somebody writes."""

    found: Verified
    shares_slowly: bool = False


def verify(place: LedgerPlace, at: str | None = None, progress: Progress = silent) -> Look:
    """Follow the whole chain; with `at`, the head that a paper carries, see whether the paper still holds.

    Raises
    ------
    WorkError
        `no-ledger`: there is none, and no paper says that there was. `bad-head`: `at` is no head.
    LedgerError
        It cannot be read.
    """
    from safeplan.core.history import Head
    from safeplan.ledger.chain import Verified, read_head
    from safeplan.ledger.store import open_ledger

    try:
        paper = read_head(at) if at is not None else None
    except ValueError:
        raise WorkError("bad-head", head=at) from None
    ledger = open_ledger(place)
    if ledger is None:
        if paper is None:
            raise WorkError("no-ledger", place=place.name)
        return Look(Verified(Head(0, ""), 1, "cut") if paper.events else Verified(paper))
    with ledger:
        return Look(ledger.verify_at(paper, progress) if paper else ledger.verify(progress), ledger.shares_slowly)


def backup(place: LedgerPlace, target: Path, progress: Progress = silent, *, force: bool) -> Verified:
    """Copy the ledger into a file that stands alone, while others work on it; gives what verifying the copy found.

    Raises
    ------
    WorkError
        `no-ledger`.
    LedgerError, OutputError
        As reading and writing do; nothing is left behind.
    """
    from safeplan.output.files import write_whole

    with tempfile.TemporaryDirectory(prefix="safeplan-") as folder:
        copy = LedgerPlace(Path(folder) / NAME)
        progress("copy", 0.0)
        with there(place) as ledger:
            ledger.backup(Path(folder) / NAME)
        with there(copy) as ledger:
            found = ledger.verify(progress)
        write_whole(target, (Path(folder) / NAME).read_bytes(), force=force, inputs=[place.file] if place.file else [])
    return found


def there(place: LedgerPlace) -> Ledger:
    """Open a ledger that must be there, for reading.

    Raises
    ------
    WorkError
        `no-ledger`.
    """
    from safeplan.ledger.store import open_ledger

    ledger = open_ledger(place)
    if ledger is None:
        raise WorkError("no-ledger", place=place.name)
    return ledger


def _below(folder: Path, name: str) -> Path:
    written = name.strip().replace("\\", "/")
    root = Path(os.path.realpath(folder))
    if is_url(written) or not Path(os.path.realpath(root / written)).is_relative_to(root):
        raise WorkError("ledger-outside", file=name)
    return folder / written
