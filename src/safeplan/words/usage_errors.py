"""Sentences for a command line that cannot be read (`cli/usage.py`)."""

from __future__ import annotations

USAGE_ERRORS: dict[str, str] = {
    "no-option": "there is no option {option}",
    "no-command": "there is no command {command}",
    "no-command-named": "name a command",
    "missing-argument": "{argument} is missing",
    "missing-option": "{option} must be given",
    "missing-value": "{option} wants a value after it",
    "needless-value": "{option} takes no value",
    "not-a-number": "{option} wants a whole number",
    "too-many": "too much is named: {extra}",
    "more": "more with: {command} --help",
}
