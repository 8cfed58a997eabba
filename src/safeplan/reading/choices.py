"""What selectors choose in a register: caps, recusals, and selectors that choose nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from safeplan.plan.enterprise import read_level
from safeplan.plan.fields import parts_of
from safeplan.plan.file import PlanFile
from safeplan.plan.plan import RECUSALS
from safeplan.plan.selection import HISTORY, Names, column_of, expression, is_own, on_days
from safeplan.plan.selector import EVERYTHING, Among, Compared, Either, Every, Not, Where, columns_of
from safeplan.plan.settings import NONE_LEVEL, Cap
from safeplan.reading.findings import Findings
from safeplan.reading.presets import PRESET
from safeplan.reading.problems import Path, near
from safeplan.reading.references import Found
from safeplan.terms.diagnostic import Diagnostic, TermError, error, warning
from safeplan.terms.origin import Place

Locate = Callable[[Path], Place]

_MAY_BE_EMPTY = frozenset({"triggers", "modifiers"})
"""What waits for enterprises or flags that may come later."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A register and what the names in selectors mean."""

    frame: pl.DataFrame
    class_spans: pl.DataFrame
    grid_spans: pl.DataFrame
    names: Names
    first: date
    last: date

    def on(self, day: date) -> pl.DataFrame:
        """Give the register with class and grid as of a day, or of each enterprise's first active day after it."""
        at = pl.max_horizontal(pl.lit(day), pl.col("active_first"))
        return on_days(self.frame, self.class_spans, self.grid_spans, at)

    def chosen(self, where: Where, frame: pl.DataFrame) -> pl.Series:
        """Say of every enterprise whether a selector chooses it.

        Raises
        ------
        TermError
            `unknown-column`.
        """
        return frame.select(expression(where, frame.schema, self.names).alias("chosen")).to_series()


def caps_of(file: PlanFile, choices: Choices, locate: Locate, findings: Findings) -> pl.DataFrame:
    """Give the enterprises with their caps: the first line whose `where` matches says how many visits a year."""
    if not file.caps:
        return choices.frame
    frame = choices.on(choices.first)
    line = pl.Series("cap_line", [None], pl.Int32).new_from_index(0, len(frame))
    most = line.alias("cap")
    for number, cap in enumerate(file.caps):
        try:
            mine = choices.chosen(cap.where, frame) & line.is_null()
            allowed = _allowed(cap, frame)
        except TermError as problem:
            findings.add(_with_suggestion(problem, locate(("caps", number))))
            continue
        line = line.set(mine, number)
        most = allowed.zip_with(mine, most)
        outside = frame.filter(mine & allowed.is_null() & frame["planned"])
        if len(outside):
            shown = outside[column_of(cap.column, frame.schema) or "id"].unique(maintain_order=True).head(5).to_list()
            found = tuple(str(one) for one in shown if one is not None) or None
            place = locate(("caps", number, "per_year"))
            findings.add(error("level-not-in-table", place, found=found, key=cap.column, n=len(outside)))
    return choices.frame.with_columns(most.cast(pl.Int32).alias("cap"), line.alias("cap_line"))


def _allowed(cap: Cap, frame: pl.DataFrame) -> pl.Series:
    """Give the number that a cap's table has for each enterprise; null where its level is not in the table."""
    if "" in cap.per_year:
        return pl.Series("cap", [cap.per_year[""]], pl.Int32).new_from_index(0, len(frame))
    if not cap.column:
        raise TermError("cap-without-column")
    column = column_of(cap.column, frame.schema)
    if column is None:
        return pl.Series("cap", [cap.per_year.get(str(NONE_LEVEL))], pl.Int32).new_from_index(0, len(frame))
    values = frame[column].cast(pl.String)
    keys = values.unique().to_list()
    numbers = [cap.per_year.get(_level(key)) for key in keys]
    return values.replace_strict(keys, numbers, return_dtype=pl.Int32).alias("cap")


def _level(text: str | None) -> str:
    level = read_level(text or "")
    return str(NONE_LEVEL if level is None else level)


def recusals_of(file: PlanFile, choices: Choices, locate: Locate, findings: Findings) -> pl.DataFrame:
    """Give the pairs of enterprise and officer that never meet (RECUSALS)."""
    frame = choices.on(choices.first)
    parts = [pl.DataFrame(schema=RECUSALS)]
    for code, officer in enumerate(file.officers):
        if officer.avoids is None:
            continue
        try:
            rows = choices.chosen(officer.avoids, frame).arg_true()
        except TermError as problem:
            findings.add(_with_suggestion(problem, locate(("officers", code, "avoids"))))
            continue
        parts.append(pl.DataFrame({"enterprise": rows.cast(pl.Int32)}).with_columns(officer=pl.lit(code, pl.Int32)))
    return pl.concat(parts)


def check_selectors(found: Sequence[Found], choices: Choices, locate: Locate, findings: Findings) -> None:
    """Find selectors that name no column of the register, and warn of those that choose nothing."""
    if choices.frame.is_empty():
        return
    first, last = choices.on(choices.first), choices.on(choices.last)
    for one in found:
        if not isinstance(one.value, (Among, Compared, Every, Either, Not)) or one.value == EVERYTHING:
            continue
        try:
            chosen = choices.chosen(one.value, first)
        except TermError as problem:
            if one.path[0] not in ("caps", "officers"):  # those are said by caps_of and recusals_of
                findings.add(_with_suggestion(problem, locate(one.path)))
            continue
        if chosen.any() or one.path[0] in _MAY_BE_EMPTY or choices.chosen(one.value, last).any():
            continue
        if locate(one.path).file.startswith(PRESET):
            continue  # nobody wrote it for this register
        near_by = list(_near(one.value, first))
        findings.add(
            warning(
                "empty-selector",
                locate(one.path),
                found=tuple(f"{column}: {value}" for column, values in columns_of(one.value) for value in values),
                suggestion=", ".join(near_by) or None,
            )
        )


def _near(where: Where, frame: pl.DataFrame) -> Iterator[str]:
    """Give the values of the register that are nearest to those that a selector asks for."""
    for column, values in columns_of(where):
        if column in ("class", "grid", *HISTORY):
            continue
        name = column_of(column, frame.schema) or "id"
        held = frame[name]
        held = held.explode() if isinstance(held.dtype, pl.List) else held
        known = [str(one) for one in held.drop_nulls().unique(maintain_order=True).head(1000).to_list()]
        if is_own(name):
            known = [part for one in known for part in parts_of(one)]
        for value in values:
            nearest = near(value, known) if value not in known else None
            if nearest is not None:
                yield nearest


def _with_suggestion(problem: TermError, place: Place) -> Diagnostic:
    values = dict(problem.values)
    expected = values.get("expected")
    if isinstance(expected, tuple):
        values["suggestion"] = near(str(values.get("found", "")), expected)
    return error(problem.code, place, **values)
