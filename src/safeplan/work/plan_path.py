"""Which plan is meant when none is named: $SAFEPLAN_PLAN, then safeplan.yaml or plan.yaml in the folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from safeplan.work.errors import WorkError

VARIABLE = "SAFEPLAN_PLAN"
NAMES = ("safeplan.yaml", "plan.yaml")


def plan_path(named: Path | None, environment: Mapping[str, str], folder: Path) -> Path:
    """Give the path of the plan.

    Raises
    ------
    WorkError
        `plan-not-there`, `plan-is-a-folder`, `no-plan`, `two-plans`.
    """
    if named is None and environment.get(VARIABLE):
        named = Path(environment[VARIABLE])
    if named is not None:
        if named.is_dir():
            raise WorkError("plan-is-a-folder", path=str(named))
        if not named.exists():
            raise WorkError("plan-not-there", path=str(named))
        return named
    here = [folder / name for name in NAMES if (folder / name).is_file()]
    if len(here) > 1:
        raise WorkError("two-plans")
    if not here:
        raise WorkError("no-plan")
    return here[0]
