"""Which column of a register fills which field: by its heading, by what it holds, or because the clerk says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from safeplan.plan.enterprise import Enterprise
from safeplan.reading.header import Column, normalised
from safeplan.reading.values import rounded
from safeplan.terms.diagnostic import Diagnostic, warning
from safeplan.work.register_guess import MOST_CLASSES, Looks, examples_of, guess_columns, looks_like
from safeplan.work.register_sheet import RegisterSheet

LATER = ""
"""The answer that leaves a question open."""

_FIELDS = ("name", "credit_code", "class_", "grid", "address", "latitude", "longitude", "contact_phone", "last_visit")
_SHOWN = 100
"""Rounded codes that are said one by one."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a register does not tell: `class-column`, `grid-column`, `name-column`, `frequency`, `town`.

    `options` may be chosen; for a frequency and a town any text may be said. `default` is what Enter means, and the
    answer where nobody can be asked (LATER: it stays open).
    """

    code: str
    options: tuple[str, ...]
    default: str
    values: Mapping[str, object] = field(default_factory=dict)


Ask = Callable[[Question], str]


def nobody(question: Question) -> str:
    """Answer where there is nobody to ask: as the default says."""
    return question.default


@dataclass(frozen=True, slots=True)
class Mapped:
    """A heading that the plan maps to a field: `guessed` by its texts, `chosen` of several, or `said` by the clerk."""

    heading: str
    field: str
    why: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A column that is not taken for its field, and why: `rounded` or `repeated` codes, `many-classes`."""

    heading: str
    field: str
    why: str
    n: int
    rows: tuple[int, ...] = ()


class Columns:
    """Which column fills which field, as it becomes clear."""

    def __init__(self, found: RegisterSheet) -> None:
        self._found = found
        self.by_field = {} if found.strange else {one.name: one for one in found.header.columns if one.known}
        self.mapped: dict[str, Mapped] = {}
        self.aside: dict[str, SetAside] = {}
        self.diagnostics: list[Diagnostic] = []
        headings = [normalised(one.heading) for one in found.header.columns]
        self._sayable = {
            one.name
            for one in found.header.columns
            if headings.count(normalised(one.heading)) == 1 and not one.heading.startswith("[")
        }

    def texts(self, field: str) -> pl.Series:
        """Give the texts of a field's column; none where nothing fills it."""
        column = self.by_field.get(field)
        return self._found.frame[column.name] if column else pl.Series(field, [], pl.String)

    def free(self) -> list[Column]:
        """Give the columns that fill nothing and whose heading the plan can name."""
        used = {one.name for one in self.by_field.values()}
        return [one for one in self._found.header.columns if one.name in self._sayable - used]

    def choose(self) -> None:
        """Where several headings mean one field, take the column that looks like it; say the choice in the plan."""
        for notice in self._found.header.warnings:
            field, rival = str(notice.values["key"]), self._column(str(notice.values["found"]))
            holder = self.by_field.get(field)
            if holder is None or rival is None:
                continue
            if field in ("class_", "grid") and self._share(rival, field) > self._share(holder, field):
                holder = rival
            self._map(holder, field, "chosen")
        holder = self.by_field.get("class_")
        if holder and self.texts("class_").n_unique() > MOST_CLASSES:
            rivals = [one for one in self.free() if self._share(one, "class_") > 0.8]
            del self.by_field["class_"]
            self.mapped.pop(holder.heading, None)
            if rivals:
                self._map(rivals[0], "class_", "guessed")
            else:
                n = self._found.frame[holder.name].n_unique()
                self.aside[holder.heading] = SetAside(holder.heading, "class_", "many-classes", n)

    def guess(self) -> None:
        """Look at what the columns without a known heading hold."""
        open_ = frozenset(_FIELDS) - self.by_field.keys()
        free = {one.name: one.heading for one in self.free() if one.heading not in self.aside}
        for one in guess_columns(self._found.frame, free, open_):
            self._guessed(one)

    def ask_for(self, field: str, code: str, ask: Ask) -> None:
        """Ask which column fills a field, unless that is known or nothing comes into question."""
        options = [] if field in self.by_field else self._options(field)
        if not options:
            return
        examples = {one.heading: examples_of(self._found.frame[one.name], 3) for one in options}
        answer = ask(Question(code, tuple(examples), LATER, {"examples": examples}))
        column = next((one for one in options if one.heading == answer), None)
        if column:
            self.aside.pop(column.heading, None)
            self._map(column, field, "said")

    def _options(self, field: str) -> list[Column]:
        """Give the columns that could be names, mostly different texts, or classes and grids, few texts that repeat."""
        frame = self._found.frame
        kinds = {one.name: frame[one.name].drop_nulls().n_unique() for one in self.free()}
        if field == "name":
            return [one for one in self.free() if kinds[one.name] > frame.height // 2]
        most = MOST_CLASSES if field == "class_" else 200
        return [one for one in self.free() if 1 <= kinds[one.name] <= max(3, min(most, frame.height // 2))]

    def set_codes_aside(self) -> None:
        """Do without credit codes that a spreadsheet has rounded, or that several enterprises have.

        They would be the enterprises' ids: nothing could be scheduled before every one is mended.
        """
        column = self.by_field.get("credit_code")
        if column is None or "id" in self.by_field:
            return
        frame = self._found.frame
        cells = self._found.cells
        numbers = frame.select("row").join(
            cells.numbers.with_columns(cells.frame["row"]).select("row", number=column.cell), on="row", how="left"
        )["number"]
        lost = rounded(frame[column.name], numbers).fill_null(False)
        written = frame[column.name].str.to_uppercase()
        twice = written.is_not_null() & written.is_duplicated() & ~lost
        for why, affected in (("rounded", lost), ("repeated", twice)):
            rows = frame["row"].filter(affected).to_list()
            if rows:
                self.aside[column.heading] = SetAside(column.heading, "credit_code", why, len(rows), tuple(rows[:5]))
                break
        for row, code in frame.filter(lost).select("row", column.name).head(_SHOWN).iter_rows():
            self.diagnostics.append(warning("rounded-code", cells.place(row, column.heading), found=code))
        if column.heading in self.aside:
            del self.by_field["credit_code"]
            self.mapped.pop(column.heading, None)

    def _guessed(self, one: Looks) -> None:
        column = next(column for column in self._found.header.columns if column.name == one.column)
        self._map(column, one.field, "guessed", one.examples)

    def _map(self, column: Column, field: str, why: str, examples: tuple[str, ...] = ()) -> None:
        self.by_field[field] = column
        alias = Enterprise.model_fields[field].alias or field
        examples = examples or examples_of(self._found.frame[column.name])
        self.mapped = {heading: one for heading, one in self.mapped.items() if one.field != alias}
        self.mapped[column.heading] = Mapped(column.heading, alias, why, examples)

    def _column(self, heading: str) -> Column | None:
        return next((one for one in self._found.header.columns if one.heading == heading), None)

    def _share(self, column: Column, field: str) -> float:
        return looks_like(self._found.frame[column.name], field)
