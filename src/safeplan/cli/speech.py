"""What the command line says to the person at the keyboard, in the language of their environment."""

from __future__ import annotations

import os
import sys

from safeplan.words.language import Words, environment_language, language_of

say = Words(language_of(environment_language(os.environ)))
"""Says a message id in the language that LC_ALL, LC_MESSAGES or LANG ask for."""


def tell(text: str) -> None:
    """Write a line to stderr; a stderr that is closed or cannot hold a character never stops the work."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except UnicodeEncodeError:
        sys.stderr.write(f"{text}\n".encode("ascii", "backslashreplace").decode("ascii"))
    except (OSError, ValueError):
        return  # nobody is there to read it
