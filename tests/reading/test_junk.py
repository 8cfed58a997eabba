"""A register of junk is told so at once, in few lines and little memory."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from safeplan.reading.plan import read_plan

HEADINGS = "企业编号,企业名称,管理分类,行业类别,所属网格,经度,纬度,从业人数,上次检查日期\n"
PLAN = """
safeplan: 1
name: 试验
period: 2026
use: [seed-abc]
grids: [{id: town, name: 镇}]
officers: [{id: wang, name: 王强, grids: [town], certificate: "1"}]
enterprises: [{file: junk.csv}]
"""


MEASURED = """
import sys, time
sys.argv = ["safeplan", "check", sys.argv[1]]
from safeplan.cli import main
try:
    main()
finally:
    # The high-water mark of this program alone: getrusage also counts what the test's own process was when it forked.
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(time.process_time(), peak // 1024, file=sys.stderr)
"""


def junk(folder: Path, rows: int) -> Path:
    rng = random.Random(5)
    letters = "abcdefghijklmnopqrstuvwxyz甲乙丙丁0123456789"
    lines = [",".join("".join(rng.choices(letters, k=6)) for _ in range(9)) for _ in range(min(rows, 20_000))]
    with (folder / "junk.csv").open("w", encoding="utf-8") as file:
        file.write(HEADINGS)
        for start in range(0, rows, len(lines)):
            file.writelines(line + "\n" for line in lines[: rows - start])
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return folder / "plan.yaml"


def test_most_values_unreadable_says_so_and_reads_no_further(tmp_path: Path) -> None:
    found = Counter(one.code for one in read_plan(junk(tmp_path, 8000)).diagnostics)
    assert found["mostly-unreadable"] == 1
    assert max(found.values()) <= 101 * 9


def test_few_bad_values_in_a_large_register_are_all_reported(tmp_path: Path) -> None:
    path = junk(tmp_path, 1)
    rows = "".join(
        f"E{i},企业{i},A,化工,town,114.3,30.5,{'many' if i == 3500 else 10},2025-11-03\n" for i in range(4000)
    )
    (tmp_path / "junk.csv").write_text(HEADINGS + rows, encoding="utf-8")
    found = [one for one in read_plan(path).diagnostics if one.severity == "error"]
    assert [one.place.line for one in found if one.place] == [3502]


@pytest.mark.parametrize("limit", [500], ids=["500 MB"])
def test_fifty_megabytes_of_junk_take_seconds(tmp_path: Path, limit: int) -> None:
    path = junk(tmp_path, 700_000)
    assert path.with_name("junk.csv").stat().st_size > 45_000_000
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    seconds, megabytes = done.stderr.split()[-2:]
    # Five seconds of this machine alone; a suite that runs beside others is given a little more.
    assert float(seconds) < 8
    assert int(megabytes) < limit
