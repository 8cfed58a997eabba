"""Several processes record at once, and die at any moment: nothing acknowledged is lost, the chain holds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import polars as pl

from ledger.crowd import MOST, Wish, noted
from safeplan.core.events.work import Happened
from safeplan.core.history import history_of
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import open_ledger

TESTS = Path(__file__).parents[1]
KILLS_AT_LEAST = 8


def run(place: LedgerPlace, folder: Path, events: int, *, kills: bool) -> int:
    """Let four write; gives what the crowd counted: kills, or those that failed."""
    wish = Wish(str(place.file or place.url), str(folder), events, writers=4, kills=kills, seed=20261128)
    command = [sys.executable, "-m", "ledger.crowd", json.dumps(asdict(wish))]
    done = subprocess.run(command, capture_output=True, text=True, cwd=TESTS, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return int(done.stdout)


def stored(place: LedgerPlace) -> pl.DataFrame:
    """Verify, and give number and name of every event."""
    ledger = open_ledger(place)
    assert ledger is not None
    with ledger:
        found = ledger.verify()
        assert found.ok, found
        table = history_of(ledger.records()).of(Happened).select("number", "event")
    assert table["number"].to_list() == list(range(1, found.head.events + 1))
    return table


def assert_batches_are_whole(names: list[str]) -> None:
    """Every batch stands whole and together, or not at all."""
    parts = [name.rsplit(" ", 1) for name in names]
    at = 0
    while at < len(parts):
        size = int(parts[at][1].split("/")[1])
        assert [tuple(part) for part in parts[at : at + size]] == [(parts[at][0], f"{n}/{size}") for n in range(size)]
        at += size
    assert max(Counter(names).values()) == 1


def test_four_write_at_once_without_loss(place: LedgerPlace, tmp_path: Path) -> None:
    assert run(place, tmp_path, 400, kills=False) == 0
    told, table = noted(tmp_path), stored(place)
    assert len(told) >= 400
    assert dict(table.iter_rows()) == told
    assert_batches_are_whole(table["event"].to_list())
    assert len({name.split()[0] for name in told.values()}) == 4


def test_ten_thousand_events_and_kills_at_random_points(place: LedgerPlace, tmp_path: Path) -> None:
    kills = run(place, tmp_path, 10_000, kills=True)
    told, table = noted(tmp_path), stored(place)
    assert kills >= KILLS_AT_LEAST
    assert len(told) >= 10_000
    kept = dict(table.iter_rows())
    assert {number: kept.get(number) for number in told} == told
    assert len(kept) - len(told) <= kills * MOST  # what was stored, and its writer killed before it could say so
    assert_batches_are_whole(table["event"].to_list())
