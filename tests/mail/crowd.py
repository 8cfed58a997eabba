"""One run over the outbox in a process of its own, that can be killed: `python -m mail.crowd`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from safeplan.ledger.place import LedgerPlace, is_url
from safeplan.ledger.store import open_ledger
from safeplan.mail.outbox import Outbox, Parcel
from safeplan.mail.secret import read_server
from safeplan.mail.smtp import Courier


def parcels(n: int) -> list[Parcel]:
    """Give letters to n officers."""
    return [
        Parcel(f"o{at}", "safety@example.org", f"o{at}@example.org", lambda again, at=at: _letter(at, again))
        for at in range(n)
    ]


def _letter(at: int, again: bool) -> bytes:
    mark = "X-Again: yes\r\n" if again else ""
    return f"Message-ID: <{at}@example.org>\r\nSubject: roster\r\n{mark}\r\n.{at}\r\n".encode()


def run(ledger: str, url: str, n: int, lease: float) -> list[str]:
    """Send what is to be sent, by a ledger in a file or at a URL; gives what became of each."""
    place = LedgerPlace(url=ledger) if is_url(ledger) else LedgerPlace(Path(ledger))
    opened = open_ledger(place, create=True)
    assert opened is not None
    with opened, Courier(read_server(url), patience=10) as courier:
        outbox = Outbox(opened, "计划", "roster-1", "cron", lambda: datetime.now(UTC), timedelta(seconds=lease))
        return [one.how for one in outbox.send(parcels(n), courier)]


if __name__ == "__main__":
    done = run(**json.loads(sys.argv[1]))
    print(json.dumps(sorted({how: done.count(how) for how in done}.items())))
    sys.exit(0 if set(done) <= {"sent", "again", "before"} else 1)
