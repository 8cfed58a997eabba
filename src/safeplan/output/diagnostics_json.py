"""Diagnostics as JSON, for editors and other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from safeplan.terms.diagnostic import Diagnostic, Severity
from safeplan.words.diagnostics import sentence
from safeplan.words.language import Words


def render(diagnostics: Sequence[Diagnostic], words: Words) -> bytes:
    """Write code, severity, place, sentence and values of each, in order; UTF-8, a final line feed."""
    document = {
        "safeplan": 1,
        "errors": sum(one.severity is Severity.ERROR for one in diagnostics),
        "warnings": sum(one.severity is Severity.WARNING for one in diagnostics),
        "diagnostics": [_facts(one, words) for one in diagnostics],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2, default=_plain) + "\n").encode()


def _facts(diagnostic: Diagnostic, words: Words) -> dict[str, object]:
    place = diagnostic.place
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "text": sentence(diagnostic, words),
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "sheet": place.sheet if place else None,
        "field": place.field if place else None,
        "values": dict(diagnostic.values),
    }


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
