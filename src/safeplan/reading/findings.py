"""Collects diagnostics while a file is read: a hundred of a code, the others as a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.origin import Place


class Findings:
    """Keeps the first diagnostics of each code and counts the rest."""

    def __init__(self, of_a_code: int = 100) -> None:
        self._of_a_code = of_a_code
        self._kept: list[Diagnostic] = []
        self._counts: Counter[str] = Counter()
        self._last: dict[str, Diagnostic] = {}

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic, or count it when there are enough of its code."""
        self._counts[diagnostic.code] += 1
        if self._counts[diagnostic.code] <= self._of_a_code:
            self._kept.append(diagnostic)
            self._last[diagnostic.code] = diagnostic

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add several."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def count(self, like: Diagnostic, number: int) -> None:
        """Count more of a code that somebody counted without making a diagnostic of each."""
        self._counts[like.code] += number
        self._last.setdefault(like.code, like)

    def listed(self) -> list[Diagnostic]:
        """Give the kept ones in the order found, then one `more-of-a-code` for each code that has more."""
        more = [
            Diagnostic(
                "more-of-a-code",
                self._last[code].severity,
                _whole_file(self._last[code]),
                {"of": code, "more": number - self._of_a_code},
            )
            for code, number in self._counts.items()
            if number > self._of_a_code
        ]
        return [*self._kept, *more]


def _whole_file(diagnostic: Diagnostic) -> Place | None:
    place = diagnostic.place
    return None if place is None else Place(place.file, sheet=place.sheet)
