"""A command line that typer cannot read: what is wrong with it, in the language of the run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer

from safeplan.words.usage_errors import USAGE_ERRORS
from safeplan.words.work_errors import WORK_ERRORS

if TYPE_CHECKING:
    from safeplan.words.language import Words

UsageError: Any = typer.BadParameter.__base__
"""What typer raises for one; it has no public name."""

_FOUND = (
    ("no-option", r"No such option:? (?P<option>[^ ]+?)\.?"),
    ("no-command", r"No such command '(?P<command>.*)'\."),
    ("no-command-named", r"Missing command\."),
    ("missing-argument", r"Missing argument '(?P<argument>.+)'\."),
    ("missing-option", r"Missing option '(?P<option>.+)'\."),
    ("missing-value", r"Option '(?P<option>.+)' requires .*"),
    ("needless-value", r"Option '(?P<option>.+)' does not take a value\."),
    ("not-a-number", r"Invalid value for '(?P<option>[^']+)'.*: .*integer.*"),
    ("too-many", r"Got unexpected extra arguments?(?:\(s\))? \((?P<extra>.*)\)"),
)
"""Code → what typer says; what it adds as a suggestion stands behind."""
_MEANT = re.compile(r"(.*?)(?: Did you mean (.+)\?| \(Possible options?: (.+)\))?", re.DOTALL)


def usage_text(problem: Any, words: Words) -> str:
    """Say how the command is called, what is wrong, and where more is to be read.

    Nothing is said of a group without a command: its help was shown already. What typer says in a way that is not
    known is said as it says it.
    """
    if not problem.format_message():
        return ""
    lines = [words("error: {text}", text=_sentence(problem.format_message(), words))]
    if problem.ctx is not None:
        lines.insert(0, problem.ctx.get_usage())
        lines.append(words(USAGE_ERRORS["more"], command=problem.ctx.command_path))
    return "\n".join(lines)


def _sentence(said: str, words: Words) -> str:
    parts = _MEANT.fullmatch(said)
    assert parts is not None  # it fits any text
    for code, pattern in _FOUND:
        found = re.fullmatch(pattern, parts[1])
        if found:
            sentence = words(USAGE_ERRORS[code], **found.groupdict())
            meant = words(", ").join((parts[2] or parts[3] or "").replace("'", "").split(", "))
            return words(WORK_ERRORS["suggestion"], sentence=sentence, choices=meant) if meant else sentence
    return said
