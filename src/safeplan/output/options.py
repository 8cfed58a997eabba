"""What a format may be asked for besides the Document itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Wishes of the caller; a format reads those that it knows.

    `width` is that of the terminal in half-width characters and `colour` whether it may be coloured (terminal alone);
    `excel` asks CSV for the form that a double click in Excel opens well.
    """

    width: int = 100
    colour: bool = False
    excel: bool = False
