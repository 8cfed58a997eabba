"""A problem as data: code, severity, place and values. The sentence is made elsewhere (words/)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from safeplan.terms.origin import Place

Value = str | int | float | date | tuple[str, ...] | None


class Severity(StrEnum):
    """Errors make dates wrong or ambiguous and stop the run; warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem found in what a person wrote.

    `code` names the kind of problem and the sentence (`words/diagnostics.py`); `values` fills the sentence: `found`,
    `expected` and `suggestion` where they exist, and whatever else the sentence of the code asks for.
    """

    code: str
    severity: Severity
    place: Place | None = None
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def __reduce__(self) -> tuple[object, ...]:
        return (Diagnostic, (self.code, self.severity, self.place, dict(self.values)))


def error(code: str, place: Place | None = None, **values: Value) -> Diagnostic:
    """Make an error."""
    return Diagnostic(code, Severity.ERROR, place, values)


def warning(code: str, place: Place | None = None, **values: Value) -> Diagnostic:
    """Make a warning."""
    return Diagnostic(code, Severity.WARNING, place, values)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


class TermError(ValueError):
    """A text that is not the term it should be; becomes a Diagnostic where the place is known."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
