"""Several processes that record at once, and are killed at random points: `python -m ledger.crowd`.

A process of its own, so that it can fork its writers before any thread runs. Each writer appends batches and, only when
the ledger has given their numbers, notes them in its file of acknowledgements with one write.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from ledger.conftest import NOW
from safeplan.core.events.work import Happened
from safeplan.ledger.place import LedgerPlace, is_url
from safeplan.ledger.store import open_ledger

MOST = 5  # events of a batch


@dataclass(frozen=True)
class Wish:
    """How many write, how much in all, and whether they are killed meanwhile."""

    place: str
    folder: str
    events: int
    writers: int
    kills: bool
    seed: int


def write(wish: Wish, name: str, batches: int | None) -> None:
    """Append batches until their number is reached, or for ever."""
    rng = random.Random(f"{wish.seed} {name}")
    place = LedgerPlace(url=wish.place) if is_url(wish.place) else LedgerPlace(Path(wish.place))
    ledger = open_ledger(place, create=True)
    assert ledger is not None
    noted = os.open(Path(wish.folder) / f"{name}.noted", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    done = 0
    while batches is None or done < batches:
        size = rng.randint(1, MOST)
        names = [f"{name} {done} {part}/{size}" for part in range(size)]
        events = [Happened(day="2026-03-02", event=one, note="字" * rng.randint(0, 200)) for one in names]
        numbers = ledger.append(events, who=name, now=NOW)
        lines = "".join(f"{number}\t{one}\n" for number, one in zip(numbers, names, strict=True))
        os.write(noted, lines.encode())
        done += 1
    ledger.close()


def noted(folder: Path) -> dict[int, str]:
    """What was acknowledged: number → name; a last line that a kill cut off is none."""
    whole = "".join(text[: text.rfind("\n") + 1] for one in folder.glob("*.noted") for text in [one.read_text()])
    pairs = (line.split("\t") for line in whole.splitlines())
    return {int(number): name for number, name in pairs}


def _start(wish: Wish, name: str, batches: int | None) -> int:
    child = os.fork()
    if child:
        return child
    try:
        write(wish, name, batches)
    except BaseException as problem:
        sys.stderr.write(f"{name}: {problem!r}\n")
        os._exit(1)
    os._exit(0)


def without_kills(wish: Wish) -> int:
    """Let each write its batches to the end; gives how many failed."""
    children = [_start(wish, f"w{n}", wish.events // wish.writers) for n in range(wish.writers)]
    return sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children)


def with_kills(wish: Wish) -> int:
    """Kill one at a random moment and put another in its place, until enough was acknowledged; gives the kills."""
    rng = random.Random(wish.seed)
    started = wish.writers
    children = [_start(wish, f"w{n}", None) for n in range(wish.writers)]
    until = time.monotonic() + 300
    kills = 0
    while len(noted(Path(wish.folder))) < wish.events:
        time.sleep(rng.uniform(0.0, 0.8))
        assert time.monotonic() < until, "too slow"
        chosen = rng.randrange(wish.writers)
        _kill(children[chosen])
        kills += 1
        children[chosen] = _start(wish, f"w{started}", None)
        started += 1
    for child in children:
        _kill(child)
    return kills + len(children)


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code == -signal.SIGKILL, f"a writer ended by itself: {code}"


if __name__ == "__main__":
    asked = Wish(**json.loads(sys.argv[1]))
    print((with_kills if asked.kills else without_kills)(asked))
