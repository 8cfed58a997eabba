"""Whatever stands in a ledger of an office: it is taken over whole, or refused with places, and never twice."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cli.recording import PLAN
from safeplan.core.events.findings import Finding, Reinspection
from safeplan.core.events.visits import VisitMade
from safeplan.ledger.place import LedgerPlace
from safeplan.work.recording.desk import Desk
from safeplan.work.recording.imports import ImportRefusedError, import_file
from safeplan.work.schedules import read

NAMES = ["液化气站", "桥头饭庄", "楚天塑业有限公司", "Q1"]
DAYS = ["2026-03-02", "2026/3/3", "３月４日", "46085", "2026-03-05 00:00:00"]
CELLS = {
    "检查日期": DAYS,
    "单位名称": NAMES,
    "网格": ["石桥村", "shimen", ""],
    "检查人员": ["赵志刚", "zhao、zhang", "张小梅 赵志刚", ""],
    "检查结果": ["已查", "关门", "部分", ""],
    "隐患内容": ["配电箱未接地", "3.1=安全出口上锁", "电话13812345678"],
    "隐患级别": ["一般", "重大", ""],
    "整改完成时间": ["2026-03-10", ""],
    "复查时间": ["2026-03-12"],
    "复查结论": ["合格", "不合格", ""],
}
NOISE = st.text(max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Draw headings and rows; a row in ten has a cell that holds anything."""
    others = draw(st.lists(st.sampled_from(list(CELLS)[2:]), max_size=8, unique=True))
    headings = draw(st.permutations(["检查日期", "单位名称", *others]))
    rows = [headings]
    for _ in range(draw(st.integers(0, 8))):
        good = [draw(st.sampled_from(CELLS[heading])) for heading in headings]
        if draw(st.integers(0, 9)) == 0 and good:
            good[draw(st.integers(0, len(good) - 1))] = draw(NOISE)
        rows.append(good)
    return rows


@settings(max_examples=60, deadline=None)
@given(table=tables())
def test_a_ledger_is_taken_over_whole_or_refused_with_places(table: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, file = Path(folder) / "plan.yaml", Path(folder) / "台账.csv"
        path.write_text(PLAN, encoding="utf-8")
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(table)
        desk = Desk(path, read(path), LedgerPlace(Path(folder) / "safeplan.db"), "王会计")
        try:
            first = import_file(desk, file)
        except ImportRefusedError as refused:
            assert refused.diagnostics
            assert all(one.place is not None for one in refused.diagnostics)
            assert not (Path(folder) / "safeplan.db").exists()
            return
        again = import_file(desk, file)
        assert again.told.events == ()
        assert again.known == first.known + len(first.told.events)
        history = desk.look().history
        visits = history.of(VisitMade)
        assert visits.filter(visits.select("enterprise", "grid", "day", "visit", "officers").is_duplicated()).is_empty()
        assert "13812345678" not in str(desk.look().records["body"].to_list())
        assert set(history.of(Reinspection)["finding"]) <= set(history.of(Finding)["number"])
