"""What the command line says to the person at the keyboard, and in which language: that is decided here alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from safeplan.cli.progress import hidden
from safeplan.words.language import Words, environment_language, language_of, speaks


class Speech(Words):
    """Says a message id in the language of this run: that of --lang, else the plan's, else the environment's.

    A run begins before its plan is known, and its plan may have errors: so the language may change once, when it is
    known which plan is meant. Everything that a command prints is said by it, results and errors alike.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__(language_of(environment_language(environment)))
        self._asked: str | None = None

    def begin(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        """Begin a run: the language that its arguments ask for, wherever --lang stands, else the environment's.

        Raises
        ------
        WorkError
            `unknown-language`; said in the environment's.
        """
        asked = asked_language(arguments)
        self._asked, self.language = None, language_of(environment_language(environment))
        if asked is None:
            return
        if not speaks(asked):
            from safeplan.work.errors import WorkError

            raise WorkError("unknown-language", asked=asked)
        self._asked = self.language = language_of(asked)

    def about(self, plan: Path) -> None:
        """Go on in the language of a plan, unless --lang asks for one; a plan that cannot be read changes nothing."""
        if self._asked is None:
            from safeplan.reading.language import plan_language

            said = plan_language(plan)
            self.language = self.language if said is None else language_of(said)


def asked_language(arguments: Sequence[str]) -> str | None:
    """Give what stands behind --lang, the last time, before or after the command's name; None where it is missing."""
    asked = None
    for one, after in pairwise([*arguments, ""]):
        if one == "--":
            break
        if one == "--lang":
            asked = after
        elif one.startswith("--lang="):
            asked = one.removeprefix("--lang=")
    return asked or None


say = Speech(os.environ)


def tell(text: str) -> None:
    """Write a line to stderr; a stderr that is closed or cannot hold a character never stops the work."""
    try:
        with hidden():
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()
    except UnicodeEncodeError:
        sys.stderr.write(f"{text}\n".encode("ascii", "backslashreplace").decode("ascii"))
    except (OSError, ValueError):
        return  # nobody is there to read it
