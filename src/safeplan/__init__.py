"""safeplan: a town's yearly safety plan in, dated inspection rosters and rectification deadlines out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from safeplan.plan.plan import Plan

__version__ = "0.1.0"
__all__ = ["__version__", "read_plan"]


def read_plan(path: str | os.PathLike[str]) -> Plan:
    """Read a plan file with its tables and presets.

    Parameters
    ----------
    path
        The YAML file; tables are looked for beside it and below.

    Returns
    -------
    Plan
        The resolved plan; its `diagnostics` are the warnings.

    Raises
    ------
    safeplan.reading.errors.PlanError
        When there are errors; its `diagnostics` hold every problem with its place.
    OSError
        When the file cannot be opened.
    """
    from pathlib import Path

    from safeplan.reading import plan as reading
    from safeplan.reading.errors import PlanError

    result = reading.read_plan(Path(path))
    if result.plan is None:
        raise PlanError(result.diagnostics)
    return result.plan
