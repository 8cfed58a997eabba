"""`safeplan mail` as cron starts it, killed with -9 at any moment of its life: none is missing, few are doubled."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from cli.plans import write
from mail.servers import Post, Running
from safeplan.core.events.mail import Mailed
from safeplan.core.events.rosters import Issued
from safeplan.core.history import History
from safeplan.ledger.place import LedgerPlace, is_url
from safeplan.work.ledgers import read_history

OFFICERS = [f"o{n}" for n in range(40)]
PLAN = f"""\
safeplan: 1
name: 石桥镇2026年安全检查计划
period: 2026
language: en
grids: [{", ".join(f"{{id: g{one}, name: {one}号村, roles: {{watch: {one}}}}}" for one in OFFICERS)}]
officers: [{", ".join(f"{{id: {one}, name: {one}, grids: [g{one}], email: {one}@example.org}}" for one in OFFICERS)}]
patrols: [{{name: 巡查, grids: [{", ".join(f"g{one}" for one in OFFICERS)}], visits: 1 per week, by: watch, people: 1}}]
mail: {{sender: 安监站 <safety@example.org>, allow: [example.org], weekly: {{day: friday, covers: next-week}}}}
"""
LEASE = 5
"""Seconds that a claim holds here, in place of a quarter of an hour."""
COMMAND = f"""\
import sys
from datetime import timedelta
from safeplan.core import outbox
outbox.LEASE = timedelta(seconds={LEASE})
from safeplan.cli import main
main(sys.argv[1:])
"""


class Town:
    """A plan, its ledger, and the mail server: where the command runs."""

    def __init__(self, folder: Path, server: Running, ledger: str) -> None:
        self.plan, self.ledger, self.secret = write(folder, PLAN), ledger, folder / "smtp.secret"
        self.secret.touch(mode=0o600)
        self.secret.write_text(server.url(), encoding="utf-8")

    def start(self) -> subprocess.Popen[bytes]:
        """Start the command as cron does, with nobody to see what it prints."""
        asked = ("--issue", "--quiet", "--week", "2026-W11", "--today", "2026-03-06", "--as", "cron")
        files = ("--plan", self.plan, "--secret", self.secret, "--ledger", self.ledger)
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, "mail", *asked, *map(str, files)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @property
    def history(self) -> History:
        """What the ledger tells."""
        place = LedgerPlace(url=self.ledger) if is_url(self.ledger) else LedgerPlace(Path(self.ledger))
        return read_history(place) or History.nothing()

    def being_handed_over(self) -> set[tuple[str, int]]:
        """Give the letters that are claimed, and nobody has told what became of them: officer and attempt."""
        last = self.history.of(Mailed).group_by("officer", maintain_order=True).last()
        return set(last.filter(pl.col("state") == "claimed").select("officer", "attempt").iter_rows())


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "safeplan.db" if request.param == "sqlite" else request.getfixturevalue("database"))


def test_killed_at_any_moment_it_loses_no_letter_and_doubles_only_what_was_being_handed_over(
    tmp_path: Path, post: Post, server: Running, ledger: str
) -> None:
    """Some kills fall into the start and some into the slow dialogue; every other run has another beside it."""
    town, rng, kills, inside = Town(tmp_path, server, ledger), random.Random(11), 0, set()
    most = 3 if is_url(ledger) else 9
    post.slow, post.pause = 0.05, 0.1
    post.at_rcpt = lambda recipient, times: "450 later" if times == 1 and "7@" in recipient else None
    while kills < most:
        runs = [town.start() for _ in range(1 + kills % 2)]
        wait_for_a_moment(rng, post, runs)
        for one in runs:
            kills += one.poll() is None
            one.kill()
            one.wait()
        inside |= town.being_handed_over()
    for _ in range(6):
        runs = [town.start() for _ in range(2)]
        if [one.wait(120) for one in runs] == [0, 0]:
            break
        time.sleep(LEASE)
    boxes = [post.letters(f"{one}@example.org") for one in OFFICERS]
    assert min(map(len, boxes)) == 1, "missing"
    assert sum(map(len, boxes)) - len(OFFICERS) <= len(inside) <= kills
    assert all(len({one["Message-ID"] for one in box}) == 1 for box in boxes)
    assert inside or most < 15, "no kill fell into a hand-over"
    told = town.history
    assert len(told.of(Issued)) == 1
    assert len(told.of(Mailed).filter(pl.col("state") == "unsure")) == len(inside)


def wait_for_a_moment(rng: random.Random, post: Post, runs: list[subprocess.Popen[bytes]]) -> None:
    """Wait for some part of the start, or until the server has seen a few more recipients and letters, and a bit."""
    if rng.random() < 0.3:
        time.sleep(rng.uniform(0, 1.5))
        return
    enough = seen(post) + rng.randint(1, 8)
    while seen(post) < enough and any(one.poll() is None for one in runs):
        time.sleep(0.005)
    time.sleep(rng.uniform(0, 0.2))


def seen(post: Post) -> int:
    return sum(post.named.values()) + sum(map(len, post.boxes.values()))
