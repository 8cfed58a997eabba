"""Options of every command that reads or writes the ledger: where it is, and who tells it."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeplan.cli.speech import say, tell

if TYPE_CHECKING:
    from safeplan.ledger.place import LedgerPlace
    from safeplan.plan.settings import LedgerSettings

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="LEDGER",
        help=say(
            "The ledger: a file, or postgresql://name@host/database; left out: $SAFEPLAN_LEDGER, then the plan's own."
        ),
    ),
]
WhoOption = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help=say("Who tells it; left out: $SAFEPLAN_AS, then your login name.")),
]
_WHO = "SAFEPLAN_AS"


def the_ledger(plan: Path, settings: LedgerSettings | None, asked: str | None) -> LedgerPlace:
    """Give the ledger that is meant; on a network drive stderr says what that costs."""
    from safeplan.ledger.network import on_network
    from safeplan.work.ledgers import place_of

    place = place_of(plan, settings, asked, os.environ)
    if place.file is not None and on_network(place.file):
        tell(say("the ledger is on a network drive: whoever reads waits for whoever writes; PostgreSQL does not"))
    return place


def who_tells(asked: str | None) -> str:
    """Give the name under which something is recorded.

    Raises
    ------
    WorkError
        `no-who`: the system knows no login name. `bad-who`: the name is empty or no printable text.
    """
    from safeplan.work.errors import WorkError

    name = asked if asked is not None else os.environ.get(_WHO)
    if name is None:
        try:
            name = getpass.getuser()
        except (OSError, KeyError, ImportError):
            raise WorkError("no-who") from None
    name = name.strip()
    if not name or not name.isprintable():
        raise WorkError("bad-who")
    return name
