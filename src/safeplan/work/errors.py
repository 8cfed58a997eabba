"""What can go wrong as expected: each knows its exit code; the sentence stands in `words/work_errors.py`."""

from __future__ import annotations

from typing import ClassVar

from safeplan.terms.diagnostic import Diagnostic


class WorkError(Exception):
    """Input or usage is wrong. `code` names the sentence, `values` fills it."""

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class PlanError(WorkError):
    """The plan cannot be used; `diagnostics` say why, errors and warnings in the order of their places."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], n: int) -> None:
        super().__init__("plan-errors", n=n)
        self.diagnostics = diagnostics
