"""What is not set in a plan file, and what that means."""

from __future__ import annotations

from pathlib import Path

from safeplan.core.schedule import schedule
from safeplan.reading.plan import read_plan


def test_a_selector_left_open_chooses_nobody(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        "safeplan: 1\nname: 试\nperiod: 2026\n"
        "officers: [{id: o1, name: 甲, certificate: '1'}]\n"
        "enterprises: [{id: E1, name: 厂, sector: fire}]\n"
        "campaigns:\n  - {name: 整治, where: {sector: xx}, phases: [{name: 一, from: 2026-03-02, to: 2026-03-06, "
        "visits: 1, family: patrol}]}\n",
        encoding="utf-8",
    )
    result = read_plan(path)
    assert {"placeholder", "empty-selector"} <= {one.code for one in result.diagnostics}
    assert result.plan is not None
    assert len(schedule(result.plan).obligations) == 0
