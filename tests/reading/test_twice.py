"""Two columns of one heading: an error where it matters, a word where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeplan.reading.plan import read_plan

PLAN = """
safeplan: 1
name: 试验
period: 2026
use: [seed-abc]
grids: [{id: town, name: 镇}]
officers: [{id: wang, name: 王强, grids: [town], certificate: "1"}]
enterprises: [{file: firms.csv}]
"""


@pytest.mark.parametrize(
    ("heading", "code"), [("联系电话", "second-column"), ("类别", "duplicate-column")], ids=["a phone", "a class"]
)
def test_a_heading_that_stands_twice_is_said(tmp_path: Path, heading: str, code: str) -> None:
    first = {"联系电话": "13800000000", "类别": "B"}[heading]
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "firms.csv").write_text(
        f"企业编号,企业名称,管理分类,所属网格,{heading},{heading}\nE1,甲厂,A,town,{first},{first}\n", encoding="utf-8"
    )
    result = read_plan(tmp_path / "plan.yaml")
    assert code in [one.code for one in result.diagnostics]
    assert (result.plan is not None) == (code == "second-column")
