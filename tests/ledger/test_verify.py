"""Whatever changes a stored event is found, and where."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from ledger.conftest import NOW
from ledger.events import some
from safeplan.core.history import Head
from safeplan.ledger.chain import Row, Verified, chained
from safeplan.ledger.errors import LedgerError
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import Ledger, open_ledger

EVENTS = 24
TEXTS = ("kind", "day", "recorded", '"offset"', "who", "body", "hash")

Run = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def run(place: LedgerPlace, ledger: Ledger) -> Iterator[Run]:
    """SQL of somebody who may do everything and has taken the triggers away; `kept` holds what was recorded."""
    ledger.append(some(EVENTS), who="王强", now=NOW)
    if place.file is not None:
        with closing(sqlite3.connect(place.file, isolation_level=None, timeout=10)) as lite:
            for name in ("events_are_not_updated", "events_are_not_deleted", "events_have_no_holes"):
                lite.execute(f"DROP TRIGGER {name}")
            lite.execute("PRAGMA synchronous=OFF")
            lite.execute("CREATE TABLE kept AS SELECT * FROM events")
            yield lambda statement: lite.execute(statement).fetchall()
    else:
        with psycopg.connect(str(place.url), autocommit=True) as full:
            full.execute("SET synchronous_commit = off")
            full.execute("ALTER TABLE events DISABLE TRIGGER USER")
            full.execute("CREATE TABLE kept AS SELECT * FROM events")

            def query(statement: str) -> list[tuple[object, ...]]:
                cursor = full.execute(statement.encode())
                return cursor.fetchall() if cursor.description else []

            yield query


def restore(run: Run) -> None:
    """Put back what was recorded."""
    run("DELETE FROM events")
    run("INSERT INTO events SELECT * FROM kept ORDER BY number")


def edit_a_text(rng: random.Random, run: Run) -> int:
    """Another character, one more or one less, somewhere in one value."""
    number, column = rng.randint(1, EVENTS), rng.choice(TEXTS)
    ((text,),) = run(f"SELECT {column} FROM events WHERE number = {number}")
    assert isinstance(text, str)
    at = rng.randrange(len(text))
    other = rng.choice([one for one in '0a王 x"' if one != text[at]])
    changed = rng.choice([text[:at] + other + text[at + 1 :], text[:at] + text[at + 1 :], f"{text}{other}", ""])
    if column == "hash":
        changed = (text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :])[:64]
    run(f"UPDATE events SET {column} = '{changed}' WHERE number = {number}")
    return number


def delete_one(rng: random.Random, run: Run) -> int:
    """One event less, its number too."""
    number = rng.randint(1, EVENTS)
    run(f"DELETE FROM events WHERE number = {number}")
    return number


def delete_and_close_the_gap(rng: random.Random, run: Run) -> int:
    """One event less, and those behind it numbered anew."""
    number = delete_one(rng, run)
    for later in range(number + 1, EVENTS + 1):
        run(f"UPDATE events SET number = {later - 1} WHERE number = {later}")
    return number


def swap_two(rng: random.Random, run: Run) -> int:
    """Two events change places."""
    one, two = sorted(rng.sample(range(1, EVENTS + 1), 2))
    for before, after in ((one, 999), (two, one), (999, two)):
        run(f"UPDATE events SET number = {after} WHERE number = {before}")
    return one


def copy_a_value(rng: random.Random, run: Run) -> int:
    """A value of one event written into another, where they differ."""
    one, two = rng.sample(range(1, EVENTS + 1), 2)
    column = rng.choice(("body", "hash"))
    run(f"UPDATE events SET {column} = (SELECT {column} FROM kept WHERE number = {one}) WHERE number = {two}")
    return two


def cut_the_tail(rng: random.Random, run: Run) -> int:
    """The last events gone: the chain alone cannot know it, the paper does."""
    first = rng.randint(1, EVENTS)
    run(f"DELETE FROM events WHERE number >= {first}")
    return first


def forge_the_rest(rng: random.Random, run: Run) -> int:
    """An event replaced and everything behind it hashed anew, as one would who knows how."""
    number = rng.randint(1, EVENTS)
    before = [Row(*row) for row in run("SELECT * FROM kept ORDER BY number")]
    head = Head(number - 1, before[number - 2].hash if number > 1 else "")
    forged = some(EVENTS + 1)[number:]
    run(f"DELETE FROM events WHERE number >= {number}")
    for row in chained(head, forged, "王强", datetime(2026, 11, 28, 1, 30, tzinfo=UTC)):
        values = ", ".join(f"'{value}'" for value in row[1:])
        run(f"INSERT INTO events VALUES ({row.number}, {values})")
    return EVENTS  # the paper names the last


EDITS = (edit_a_text, delete_one, delete_and_close_the_gap, swap_two, copy_a_value, cut_the_tail, forge_the_rest)


def test_a_thousand_random_edits_by_sql_are_each_found_with_their_place(run: Run, ledger: Ledger) -> None:
    rng = random.Random(20261128)
    paper = str(ledger.head())
    assert ledger.verify_at(paper).ok
    seen: Counter[str] = Counter()
    for _ in range(1_000):
        edit = rng.choice(EDITS)
        number = edit(rng, run)
        found = ledger.verify_at(paper)
        assert not found.ok, (edit.__name__, number)
        assert found.number == number, (edit.__name__, found)
        seen[f"{edit.__name__}: {found.why}"] += 1
        restore(run)
    assert ledger.verify_at(paper).ok
    assert set(seen) == {
        "edit_a_text: edited",
        "delete_one: missing",
        "delete_one: cut",  # it was the last
        "delete_and_close_the_gap: edited",
        "delete_and_close_the_gap: cut",
        "swap_two: reordered",
        "copy_a_value: edited",
        "cut_the_tail: cut",
        "forge_the_rest: other",
    }


def test_without_a_paper_a_cut_tail_is_invisible_and_with_it_not(run: Run, ledger: Ledger) -> None:
    paper = str(ledger.head())
    run(f"DELETE FROM events WHERE number > {EVENTS - 3}")
    assert ledger.verify().ok
    found = ledger.verify_at(paper)
    assert (found.number, found.why, found.head.events) == (EVENTS - 2, "cut", EVENTS - 3)


def test_a_paper_holds_after_more_was_recorded(ledger: Ledger) -> None:
    papers = [str(ledger.head())]
    for _ in range(3):
        ledger.append(some(2), who="li", now=NOW)
        papers.append(str(ledger.head()))
    assert [ledger.verify_at(paper).ok for paper in papers] == [True] * 4
    number, _, digest = papers[2].partition(":")
    assert ledger.verify_at(f"{number}:{digest[:-1]}{'0' if digest[-1] != '0' else '1'}").why == "other"


@pytest.mark.parametrize("text", ["", "12", "12:ab", "12:ab12cd3x", ":ab12cd34", "-1:ab12cd34", "12:ab12cd34 x"])
def test_what_is_no_head_is_refused(ledger: Ledger, text: str) -> None:
    with pytest.raises(ValueError):
        ledger.verify_at(text)


def test_a_thousand_random_bytes_changed_in_the_file_are_found_or_change_no_event(tmp_path: Path) -> None:
    place = LedgerPlace(tmp_path / "safeplan.db")
    ledger = open_ledger(place, create=True)
    assert ledger is not None
    with ledger:
        ledger.append(some(120), who="王强", now=NOW)
        paper, kept = str(ledger.head()), ledger.records()
    assert place.file is not None
    whole = place.file.read_bytes()
    rng = random.Random(20261128)
    seen: Counter[str] = Counter()
    for _ in range(1_000):
        at = rng.randrange(len(whole))
        changed = bytes([rng.choice([one for one in range(256) if one != whole[at]])])
        place.file.write_bytes(whole[:at] + changed + whole[at + 1 :])
        for suffix in ("-wal", "-shm", "-journal"):
            place.file.with_name(place.file.name + suffix).unlink(missing_ok=True)
        found = look(place, paper)
        seen[found.why or "nothing"] += 1
        if found.ok:
            reading = open_ledger(place)
            assert reading is not None
            with reading:
                assert reading.records().equals(kept), at
    assert seen["edited"] > 200, seen
    assert seen["damaged"] > 200, seen
    assert seen["nothing"] < 400, seen


def look(place: LedgerPlace, paper: str) -> Verified:
    """Verify what may not even open."""
    try:
        ledger = open_ledger(place)
        assert ledger is not None
        with ledger:
            return ledger.verify_at(paper)
    except LedgerError as problem:
        return Verified(Head(0, ""), 1, problem.code)
