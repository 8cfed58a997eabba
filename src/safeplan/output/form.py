"""A form that is filled in and read again: its columns, by keys, and its rows. Its paper is XLSX, or a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeplan.document import Cell

MARK = "safeplan:"
"""What the keys of a form begin with, so that a filled one is known by them."""


class Use(StrEnum):
    """What a column is for."""

    FIXED = "fixed"
    OPEN = "open"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column: its key, by which the filled form is read again, and what a person reads above it.

    Of an open one `choices` are offered, `is_day` asks for a day, and `is_people` for who went, where others did than
    planned; `also_spare` opens a fixed one in spare rows.
    """

    key: str
    title: str
    use: Use = Use.OPEN
    choices: tuple[str, ...] = ()
    is_day: bool = False
    is_people: bool = False
    also_spare: bool = False
    width: int | None = None

    @property
    def name(self) -> str:
        """The key without its mark."""
        return self.key.removeprefix(MARK)


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form: rows under columns, None where something is to be filled in.

    `spare` rows below are for what was not planned; `refusal` is said where a cell does not take what is typed.
    """

    name: str
    title: str
    hint: str
    font: str
    columns: tuple[FormColumn, ...]
    rows: Sequence[tuple[Cell, ...]]
    spare: int = 0
    refusal: str = ""
    made_on: date | None = None
