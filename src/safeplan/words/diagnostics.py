"""Diagnostics as people read them: a sentence, a hint, and the line that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from wcwidth import wcswidth

from safeplan.terms.diagnostic import Diagnostic, Value
from safeplan.terms.origin import Place
from safeplan.words.diagnostic_sentences import HINTS
from safeplan.words.diagnostic_sentences import SENTENCES as OF_MEANING
from safeplan.words.diagnostics_reading import LOOKS, YAML_PROBLEMS
from safeplan.words.diagnostics_reading import SENTENCES as OF_READING
from safeplan.words.diagnostics_recording import SENTENCES as OF_RECORDING
from safeplan.words.language import Words
from safeplan.words.system_errors import SYSTEM_ERRORS

SENTENCES: dict[str, str] = {**OF_MEANING, **OF_READING, **OF_RECORDING}
"""Code → sentence in English, the message id of the catalogues."""

PROBLEMS: dict[str, str] = {**YAML_PROBLEMS, **SYSTEM_ERRORS}
"""What other programs, and the system, say is wrong → what that means."""

_LISTED = 12
_LONGEST_LINE = 100
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff]")


def sentence(diagnostic: Diagnostic, words: Words) -> str:
    """Say what is wrong."""
    message = SENTENCES.get(diagnostic.code)
    if message is None:
        return diagnostic.code
    values = _shown(diagnostic.values, words)
    said = words(message, **values)
    if "enterprise" in diagnostic.values:
        return words("enterprise {enterprise}: {problem}", enterprise=values["enterprise"], problem=said)
    return said


def hint(diagnostic: Diagnostic, words: Words) -> str:
    """Say what to do about it; empty when there is nothing to add."""
    values = _shown(diagnostic.values, words)
    if diagnostic.values.get("suggestion") and diagnostic.code not in ("credit-code",):
        return words("did you mean {suggestion}?", **values)
    message = HINTS.get(diagnostic.code, "")
    if not message or ("{suggestion}" in message and not diagnostic.values.get("suggestion")):
        return ""
    return words(message, **values)


def render(
    diagnostics: Iterable[Diagnostic], words: Words, sources: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> str:
    """Show diagnostics one after another, each with the line it is about.

    Parameters
    ----------
    diagnostics
        In the order in which they are shown.
    words
        The language.
    sources
        Name of the plan file → its lines; no other file's lines are ever quoted.

    Returns
    -------
    Lines of text, without a line break at the end.
    """
    return "\n".join(line for one in diagnostics for line in _lines(one, sources, words))


def _lines(diagnostic: Diagnostic, sources: Mapping[str, Sequence[str]], words: Words) -> Iterable[str]:
    where = place_text(diagnostic.place, words)
    severity = words(diagnostic.severity.value)
    yield f"{where}{': ' if where else ''}{severity}[{diagnostic.code}]: {sentence(diagnostic, words)}"
    said = hint(diagnostic, words)
    place = diagnostic.place
    lines = sources.get(place.file, ()) if place is not None and place.sheet is None and place.field is None else ()
    if place is None or place.line is None or not 0 < place.line <= len(lines):
        if said:
            yield f"    = {said}"
        return
    number = str(place.line)
    column = (place.column or 1) - 1
    line, column = _cut(lines[place.line - 1].expandtabs(1), column)
    margin = " " * (len(number) + 4)
    yield f"    {number} | {escaped(line)}"
    yield f"{margin} | {' ' * max(wcswidth(escaped(line[:column])), 0)}^ {said}".rstrip()


def _cut(line: str, column: int) -> tuple[str, int]:
    """Show the part of a long line that the column is in."""
    line = line.rstrip()
    if len(line) <= _LONGEST_LINE:
        return line, min(column, len(line))
    start = max(0, min(column - _LONGEST_LINE // 2, len(line) - _LONGEST_LINE))
    shown = line[start : start + _LONGEST_LINE]
    before, after = "…" if start else "", "…" if start + _LONGEST_LINE < len(line) else ""
    return f"{before}{shown}{after}", column - start + len(before)


def place_text(place: Place | None, words: Words) -> str:
    """Say where: plan.yaml:41:12, or 企业台账.xlsx, sheet 台账, row 12, column 类别."""
    if place is None:
        return ""
    if place.sheet is None and place.field is None:
        return ":".join(str(part) for part in (escaped(place.file), place.line, place.column) if part is not None)
    parts = [escaped(place.file)]
    if place.sheet is not None:
        parts.append(words("sheet {sheet}", sheet=escaped(place.sheet)))
    if place.line is not None:
        parts.append(words("row {row}", row=place.line))
    if place.field is not None:
        parts.append(words("column {column}", column=escaped(place.field)))
    return words(", ").join(parts)


def escaped(text: str) -> str:
    """Show control, bidirectional and zero-width characters by their numbers."""
    return _UNSAFE.sub(lambda match: f"\\u{{{ord(match[0]):04x}}}", text)


def _shown(values: Mapping[str, Value], words: Words) -> dict[str, object]:
    shown: dict[str, object] = {key: _text(value, words) for key, value in values.items()}
    if "looks" in values:
        shown["looks"] = words(LOOKS.get(str(values["looks"]), str(values["looks"])))
    if values.get("problem") in PROBLEMS:
        shown["problem"] = words(PROBLEMS[str(values["problem"])])
    return shown


def _text(value: Value, words: Words) -> str:
    if value is None:
        return words("none")
    if isinstance(value, tuple):
        shown = [_text(one, words) for one in value[:_LISTED]]
        more = len(value) - len(shown)
        return words(", ").join([*shown, *([words("and {n} more", n=more)] if more else [])])
    return escaped(str(value))
