"""What can go wrong as expected: each knows its exit code; the sentence stands in `words/work_errors.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from safeplan.terms.diagnostic import Diagnostic, Severity


class WorkError(Exception):
    """Input or usage is wrong. `code` names the sentence, `values` fills it."""

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class PlanError(WorkError):
    """The plan cannot be used; `diagnostics` say why, in the order of their places, `lines` are the plan's own."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], lines: Mapping[str, Sequence[str]]) -> None:
        super().__init__("plan-errors", n=sum(one.severity is Severity.ERROR for one in diagnostics))
        self.diagnostics = diagnostics
        self.lines = lines
