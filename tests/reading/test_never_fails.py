"""Whatever a plan says, reading it gives diagnostics and never an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeplan.reading.plan import read_plan
from safeplan.words.diagnostics import render
from safeplan.words.language import Words

FORMAT = Path(__file__).parents[1] / "fixtures" / "plan-format"
PLAN: dict[str, Any] = yaml.load((FORMAT / "plan-format.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

_JUNK: list[Any] = [
    "", "xx", "none", "0", "-1", "1.5", "9" * 40, "2026-02-30", "2026-05-12/2026-05-06", "1 per month", "A", "dongjie",
    "wang", "lead", "true", "楚天塑业有限公司", "a/b", "\u202e", "E0001", ">= 3", "2026", "0001-01-01", "9999-12-31",
    "99999", [], {}, ["a", ["b"]], {"a": {"b": "c"}}, {"file": "none.csv"}, {"file": ["x"]}, {"any": []},
    {"not": {"x": "y"}}, [{}], [{"id": "a"}], {"": ""}, {"none": "none"},
]  # fmt: skip


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        found += [one for key, item in value.items() for one in _paths(item, (*path, key))]
    elif isinstance(value, list):
        found += [one for i, item in enumerate(value) for one in _paths(item, (*path, i))]
    return found


_PATHS = _paths(PLAN)


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, dict):
        return {key: _with(item, path[1:], new) if key == path[0] else item for key, item in value.items()}
    if isinstance(value, list):
        return [_with(item, path[1:], new) if i == path[0] else item for i, item in enumerate(value)]
    return value


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(_PATHS), st.sampled_from(_JUNK)), min_size=1, max_size=4))
def test_a_plan_with_junk_anywhere_gives_diagnostics(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    plan: Any = PLAN
    for path, junk in changes:
        plan = _with(plan, path, junk)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "enterprises.csv").write_bytes((FORMAT / "enterprises.csv").read_bytes())
        at = Path(folder) / "plan.yaml"
        at.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
        result = read_plan(at)
    assert (result.plan is None) == any(one.severity == "error" for one in result.diagnostics)
    assert render(result.diagnostics, Words("zh_CN"), result.sources) or not result.diagnostics
