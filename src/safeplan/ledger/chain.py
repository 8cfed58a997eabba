"""The chain: each event's hash is taken over the hash before it, so no stored event can change unseen."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from safeplan.core.events.base import Event
from safeplan.core.history import Head, body_of

_HEAD = re.compile(r"0:|0*([1-9]\d{0,17}):([0-9a-f]{8,64})")


class Row(NamedTuple):
    """An event as it is stored."""

    number: int
    kind: str
    day: str
    recorded: str
    offset: str
    who: str
    body: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at the whole chain found.

    When it does not hold, `number` is the first event that is wrong, and `why` is one of: `edited` (it, or the one
    before it, is not what was recorded), `missing`, `reordered` (it now stands at `at`), `damaged` (the database itself
    cannot be read from there on), `cut` (there are fewer events than the paper says), `other` (the event of the paper's
    number has another hash).
    """

    head: Head
    number: int | None = None
    why: str | None = None
    at: int | None = None

    @property
    def ok(self) -> bool:
        """Whether every event is as it was recorded."""
        return self.why is None


def read_head(text: str) -> Head:
    """Read the head that a paper carries, as `str(Head)` writes it; its hash may be the first eight digits or more.

    Raises
    ------
    ValueError
        When it is none.
    """
    match = _HEAD.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(text)
    return Head(int(match[1] or 0), match[2] or "")


def hash_of(before: str, content: Sequence[object]) -> str:
    """Give the SHA-256, in hex, over the hash before and the event's own values, as JSON without spaces.

    `content` is number, kind, day, recorded, offset, who, body; `before` of the first event is the empty text.
    """
    written = json.dumps(list(content), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((before + written).encode()).hexdigest()


def chained(head: Head, events: Iterable[Event], who: str, now: datetime) -> Iterator[Row]:
    """Give the events as rows that follow the head; `now` knows its zone."""
    recorded = now.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    zone = now.strftime("%z")
    before = head.hash
    for number, event in enumerate(events, start=head.events + 1):
        content = (number, event.kind, event.day.isoformat(), recorded, f"{zone[:3]}:{zone[3:5]}", who, body_of(event))
        before = hash_of(before, content)
        yield Row(*content, before)


def first_fault(rows: Iterable[Row]) -> Verified:
    """Follow the chain from its first event; stop where it does not hold."""
    head = Head(0, "")
    for row in rows:
        expected = head.events + 1
        if row.number != expected:
            return Verified(head, expected, "missing")
        if not _follows(head, row):
            return Verified(head, expected, "edited")
        head = Head(expected, row.hash)
    return Verified(head)


def place_of_next(head: Head, rows: Iterable[Row]) -> int | None:
    """Find the event that once followed the head under another number; None when it is nowhere."""
    number = head.events + 1
    return next(
        (row.number for row in rows if row.number != number and _follows(head, row._replace(number=number))), None
    )


def _follows(head: Head, row: Row) -> bool:
    texts = all(isinstance(value, str) for value in row[1:])
    return texts and hash_of(head.hash, (head.events + 1, *row[1:-1])) == row.hash
