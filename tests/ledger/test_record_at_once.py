"""A file that several take over at the same moment is told once, in both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cli.recording import PLAN
from safeplan.ledger.place import LedgerPlace
from safeplan.work.recording.desk import Desk
from safeplan.work.recording.imports import import_file
from safeplan.work.schedules import read

CLERKS = 4


def test_a_file_that_many_take_over_at_once_is_told_once(place: LedgerPlace, tmp_path: Path) -> None:
    plan, file = tmp_path / "plan.yaml", tmp_path / "t.csv"
    plan.write_text(PLAN, encoding="utf-8")
    rows = "".join(f"2026-03-{day:02},液化气站,已查\n" for day in range(1, 21))
    file.write_text("检查日期,单位名称,检查结果\n" + rows, encoding="utf-8")
    desk = Desk(plan, read(plan), place, "王会计")
    at_once = threading.Barrier(CLERKS)

    def take_over(_: int) -> tuple[int, int]:
        at_once.wait()
        done = import_file(desk, file)
        return len(done.told.numbers), done.known

    with ThreadPoolExecutor(CLERKS) as clerks:
        results = sorted(clerks.map(take_over, range(CLERKS)))
    assert results == [(0, 20), (0, 20), (0, 20), (20, 0)]
    assert len(desk.look().records) == 20
