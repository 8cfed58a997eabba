"""The plan that is meant when none is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeplan.work.errors import WorkError
from safeplan.work.plan_path import plan_path


def _make(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).write_text("safeplan: 1\n")
    return folder


def test_the_named_one_comes_first_then_the_variable_then_the_folder(tmp_path: Path):
    here = _make(tmp_path, "safeplan.yaml", "a.yaml", "b.yaml")
    environment = {"SAFEPLAN_PLAN": str(here / "b.yaml")}
    assert plan_path(here / "a.yaml", environment, here) == here / "a.yaml"
    assert plan_path(None, environment, here) == here / "b.yaml"
    assert plan_path(None, {}, here) == here / "safeplan.yaml"


def test_plan_yaml_is_taken_too(tmp_path: Path):
    assert plan_path(None, {}, _make(tmp_path, "plan.yaml")).name == "plan.yaml"


@pytest.mark.parametrize(
    ("names", "named", "code"),
    [
        pytest.param(("safeplan.yaml", "plan.yaml"), None, "two-plans", id="both defaults"),
        pytest.param((), None, "no-plan", id="neither"),
        pytest.param((), "gone.yaml", "plan-not-there", id="named and not there"),
        pytest.param((), ".", "plan-is-a-folder", id="a folder"),
    ],
)
def test_what_is_not_clear_is_refused(tmp_path: Path, names: tuple[str, ...], named: str | None, code: str):
    here = _make(tmp_path, *names)
    with pytest.raises(WorkError, match=code):
        plan_path(None if named is None else here / named, {}, here)
