"""What a person is to read, before anyone decides how it looks: sections of tables, texts, charts and notes.

Views make Documents, outputs turn them into bytes; so every document comes in every format. A Document holds finished
text in one language and values with a type (day, number, text), never markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Cell = str | int | float | date | None


class Tone(StrEnum):
    """How a row or a note wants to be noticed; never the only carrier of a meaning."""

    PLAIN = "plain"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `key` is the English machine name (CSV header, JSON); `title` what a person reads. `width` is a wish in half-width
    characters; `align` is "left" or "right"; `unit` follows a value where no heading stands above it.
    """

    key: str
    title: str
    align: str = "left"
    width: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. `rows[i][j]` belongs to `columns[j]`; `tones`, when given, has one Tone a row.

    `group` names the columns (keys) whose equal neighbouring values belong together (day, crew): formats may print
    such a value once. `sheet` asks spreadsheet formats for a sheet of that name (a slug) of its own.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    title: str = ""
    group: tuple[str, ...] = ()
    tones: Sequence[Tone] = ()
    sheet: str = ""
    signatures: tuple[str, ...] = ()
    """Lines for a signature under the table on paper ("检查人员签名")."""
    facets: tuple[Sequence[tuple[int, ...]] | None, ...] = ()
    """For each facet of the document, and for each row, the choices (positions) that show the row; None, or nothing at
    all: the facet does not narrow this table. Formats that cannot be asked leave it out."""


@dataclass(frozen=True, slots=True)
class Facet:
    """What a reader may narrow a document's tables by ("officer"), and what there is to choose, in order."""

    title: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence, with how it wants to be noticed."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures over labels, drawn as bars (`kind="bars"`) or as a heat map of days (`kind="heat"`).

    `labels[i]` belongs to `values[i]`; in a heat map labels are days. `limit` is a line to be drawn (a day's capacity).
    """

    kind: str
    title: str
    labels: tuple[str | date, ...]
    values: tuple[float, ...]
    unit: str = ""
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a Document; what it holds is shown in the order notes, charts, tables."""

    title: str
    notes: tuple[Note, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: title, head lines, sections, foot lines (what is hidden, what is provisional)."""

    title: str
    language: str
    sections: tuple[Section, ...]
    head: tuple[Note, ...] = ()
    foot: tuple[Note, ...] = ()
    made_on: date | None = None
    brief: tuple[str, ...] = field(default=())
    """The lines that one would paste into a chat; only documents that have such a form."""
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit as whoever goes there needs it: its place on the day's route, what it is for, what is known of the place.

    `key` names it among the rows of a form. `crew` gives ids and names of who goes; who leads stands first.
    """

    key: str
    day: date
    order: int
    title: str
    facts: tuple[Note, ...]
    known: tuple[Note, ...] = ()
    crew: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pocket:
    """One officer's days for the telephone: stops by day and route, and a document of what else there is to know.

    `owner` gives the officer's id and name, `name` what files of these days are called by; `identity` is that of no
    other officer, plan or days.
    """

    document: Document
    stops: tuple[Stop, ...]
    owner: tuple[str, str]
    name: str
    identity: str
