"""What a plan with errors raises where a caller asked for a Plan."""

from __future__ import annotations

from collections.abc import Sequence

from safeplan.terms.diagnostic import Diagnostic, Severity


class PlanError(ValueError):
    """A plan that cannot be scheduled; `diagnostics` holds every problem, warnings too."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(*self.diagnostics)

    def __str__(self) -> str:
        from safeplan.words.diagnostics import render
        from safeplan.words.language import Words

        return render([one for one in self.diagnostics if one.severity is Severity.ERROR], Words("en"))

    def __reduce__(self) -> tuple[object, ...]:
        return (PlanError, (self.diagnostics,))
