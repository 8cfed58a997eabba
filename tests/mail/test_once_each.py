"""Each letter once: refusals, two runs at once, lost connections, and kill -9 at random moments."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from mail.crowd import run
from mail.servers import Post, Running
from safeplan.core.events.mail import Mailed
from safeplan.core.history import history_of
from safeplan.ledger.place import LedgerPlace
from safeplan.ledger.store import open_ledger

LEASE = 60.0


def send(folder: Path, server: Running, n: int, lease: float = LEASE) -> Counter[str]:
    return Counter(run(str(folder / "safeplan.db"), server.url(), n, lease))


def told(folder: Path) -> list[tuple[str, str, int, str]]:
    ledger = open_ledger(LedgerPlace(folder / "safeplan.db"))
    assert ledger is not None
    with ledger:
        mails = history_of(ledger.records()).of(Mailed)
    return mails.select("officer", "state", "attempt", "code").rows()


def counts(post: Post, n: int) -> list[int]:
    return [len(post.boxes.get(f"o{at}@example.org", [])) for at in range(n)]


def test_500_letters_arrive_once_and_a_second_run_sends_none(tmp_path: Path, post: Post, server: Running) -> None:
    assert send(tmp_path, server, 500) == {"sent": 500}
    assert send(tmp_path, server, 500) == {"before": 500}
    assert counts(post, 500) == [1] * 500
    assert len(post.logins) == 1


def test_a_leading_dot_arrives(tmp_path: Path, post: Post, server: Running) -> None:
    send(tmp_path, server, 1)
    assert post.letters("o0@example.org")[0].get_payload() == ".0\r\n"


@pytest.mark.parametrize("at", ["at_rcpt", "at_data"])
def test_a_server_that_greylists_gets_it_again_in_the_next_run(
    tmp_path: Path, post: Post, server: Running, at: str
) -> None:
    setattr(post, at, lambda recipient, times: "450 4.2.0 come back later" if times == 1 else None)
    assert send(tmp_path, server, 20) == {"refused": 20}
    assert counts(post, 20) == [0] * 20
    assert send(tmp_path, server, 20) == {"sent": 20}
    assert counts(post, 20) == [1] * 20


@pytest.mark.parametrize("at", ["at_rcpt", "at_data"])
def test_one_who_is_refused_stops_nobody_else(tmp_path: Path, post: Post, server: Running, at: str) -> None:
    setattr(post, at, lambda recipient, times: "550 5.1.1 nobody" if recipient.startswith("o3@") else None)
    assert send(tmp_path, server, 6) == {"sent": 5, "refused": 1}
    assert send(tmp_path, server, 6) == {"before": 5, "refused": 1}
    assert counts(post, 6) == [1, 1, 1, 0, 1, 1]
    assert ("o3", "failed", 2, "550") in told(tmp_path)


@pytest.mark.parametrize("answer", ["drop", "421 closing"])
def test_a_connection_that_ends_before_the_letter_is_opened_again(
    tmp_path: Path, post: Post, server: Running, answer: str
) -> None:
    post.at_rcpt = lambda recipient, times: answer if recipient.startswith("o2@") and times == 1 else None
    first, second = send(tmp_path, server, 5), send(tmp_path, server, 5)
    assert sum(first.values()) == sum(second.values()) == 5 and second.keys() <= {"sent", "before"}
    assert counts(post, 5) == [1] * 5


def test_a_connection_that_ends_inside_leaves_the_letter_unsure_and_it_goes_again_marked(
    tmp_path: Path, post: Post, server: Running
) -> None:
    post.after_data = lambda recipient, times: "drop" if recipient.startswith("o1@") and times == 1 else None
    assert send(tmp_path, server, 3) == {"sent": 2, "unsure": 1}
    assert send(tmp_path, server, 3) == {"before": 2, "again": 1}
    assert send(tmp_path, server, 3) == {"before": 3}
    first, second = post.letters("o1@example.org")
    assert (first["Message-ID"], first["X-Again"]) == (second["Message-ID"], None)
    assert second["X-Again"] == "yes"
    assert [row[1:3] for row in told(tmp_path) if row[0] == "o1"] == [
        ("claimed", 1), ("unsure", 1), ("claimed", 2), ("sent", 2),
    ]  # fmt: skip


def test_what_another_run_is_handing_over_is_left_to_it(tmp_path: Path, post: Post, server: Running) -> None:
    post.pause = 1.5
    other = start(tmp_path, server, 1)
    while not post.boxes:
        time.sleep(0.02)
    assert send(tmp_path, server, 1) == {"waits": 1}
    assert other.wait(20) == 0
    assert counts(post, 1) == [1]


def test_two_runs_at_once_share_the_letters(tmp_path: Path, post: Post, server: Running) -> None:
    runs = [start(tmp_path, server, 100) for _ in range(3)]
    for one in runs:
        one.wait(120)
    assert send(tmp_path, server, 100) == {"before": 100}
    assert counts(post, 100) == [1] * 100


def test_two_runs_at_once_share_the_letters_by_a_ledger_in_postgresql(
    tmp_path: Path, post: Post, server: Running, database: str
) -> None:
    runs = [start(tmp_path, server, 60, ledger=database) for _ in range(2)]
    for one in runs:
        one.wait(120)
    assert Counter(run(database, server.url(), 60, LEASE)) == {"before": 60}
    assert counts(post, 60) == [1] * 60


def test_a_run_killed_inside_is_unsure_after_its_lease_and_not_before(
    tmp_path: Path, post: Post, server: Running
) -> None:
    post.pause = 30
    run_ = start(tmp_path, server, 2)
    while not post.boxes:
        time.sleep(0.02)
    run_.kill()
    run_.wait()
    post.pause = 0
    assert send(tmp_path, server, 2) == {"waits": 1, "sent": 1}
    assert send(tmp_path, server, 2, lease=0.0) == {"again": 1, "before": 1}
    assert counts(post, 2) == [2, 1]
    assert ("o0", "unsure", 1, "broken-off") in told(tmp_path)


@pytest.mark.parametrize("seed", range(2))
def test_kill_at_random_moments_loses_none_and_doubles_at_most_the_unsure(
    tmp_path: Path, post: Post, server: Running, seed: int
) -> None:
    """500 officers, two runs at a time, killed again and again; then let finish."""
    rng, kills, until = random.Random(seed), 0, time.monotonic() + 240
    post.at_rcpt = lambda recipient, times: "450 later" if times == 1 and recipient.endswith("7@example.org") else None
    runs = [start(tmp_path, server, 500, 3.0) for _ in range(2)]
    while len(post.boxes) < 450:
        assert time.monotonic() < until, "too slow"
        time.sleep(rng.uniform(0.5, 2.5))
        chosen = rng.randrange(2)
        if runs[chosen].poll() is None:
            runs[chosen].kill()
            kills += 1
        runs[chosen].wait()
        runs[chosen] = start(tmp_path, server, 500, 3.0)
    for one in runs:
        one.wait(120)
    for _ in range(5):
        if send(tmp_path, server, 500, lease=3.0) == {"before": 500}:
            break
        time.sleep(3)
    boxes = counts(post, 500)
    unsure = sum(state == "unsure" for _, state, _, _ in told(tmp_path))
    assert min(boxes) == 1, "missing"
    assert sum(boxes) - 500 <= unsure <= kills
    assert kills > 2


def start(folder: Path, server: Running, n: int, lease: float = LEASE, ledger: str = "") -> subprocess.Popen[bytes]:
    wish = {"ledger": ledger or str(folder / "safeplan.db"), "url": server.url(), "n": n, "lease": lease}
    return subprocess.Popen(
        [sys.executable, "-m", "mail.crowd", json.dumps(wish)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.DEVNULL,
    )
