"""The register of a plan: enterprises written in it and those of its tables, as one frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from safeplan.plan.enterprise import Enterprise
from safeplan.plan.plan import ENTERPRISES
from safeplan.plan.selection import CORE_ONLY, OWN, headings_of
from safeplan.reading.findings import Findings
from safeplan.reading.limits import Limits
from safeplan.reading.permit_columns import permit_columns, permit_texts
from safeplan.reading.problems import Path
from safeplan.reading.register import Failure, Pools, of_columns, of_models, without_placeholders
from safeplan.reading.yaml_tree import Mapping as Tree
from safeplan.reading.yaml_tree import place_of
from safeplan.terms.diagnostic import Diagnostic, Severity, error
from safeplan.terms.origin import Place

_SAMPLE = 3_000
"""Rows that are looked at first; when a column of most of them cannot be read, the table is not what it should be."""

_OF_THE_CORE = (CORE_ONLY | {"class", "source", "row"}) - set(Enterprise.model_fields)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as cells: texts, with the row numbers of its file.

    Attributes
    ----------
    columns
        Field, or a column's own name → its cells as texts; all of one length.
    headings
        The same names → the heading as it is written.
    rows
        Each row's number in the file, as a spreadsheet counts.
    """

    file: str
    sheet: str | None
    columns: Mapping[str, pl.Series]
    headings: Mapping[str, str]
    rows: pl.Series


@dataclass(frozen=True, slots=True)
class Register:
    """All enterprises: one column a field of `Enterprise`, the register's own columns, `source` and `row`.

    `row` is the position in the plan's list for enterprises written there (source 0), else the row of the table.
    """

    frame: pl.DataFrame
    pools: Pools
    tree: Tree
    tables: tuple[Table, ...]

    def place(self, at: int, field: str | None = None) -> Place:
        """Give the place of an enterprise (its position in the frame), or of one of its values."""
        source, row = self.frame["source"][at], self.frame["row"][at]
        if source == 0:
            return place_of(self.tree, _path(row, field))
        return _place(self.tables[source - 1], row, field)


def _path(position: int, field: str | None) -> Path:
    if field is None:
        return ("enterprises", position)
    return ("enterprises", position, Enterprise.model_fields[field].alias or field)


def _place(table: Table, row: int, field: str | None) -> Place:
    return Place(table.file, row, sheet=table.sheet, field=table.headings.get(field) if field else None)


def register_of(
    tree: Tree,
    written: Sequence[Enterprise],
    own: Sequence[Mapping[str, str]],
    tables: Sequence[Table],
    *,
    year: int | None,
    classes: frozenset[str],
    required: Sequence[str],
    limits: Limits,
) -> tuple[Register, list[Diagnostic]]:
    """Put the enterprises of a plan together.

    Parameters
    ----------
    tree
        The plan's, whose list `enterprises` holds exactly the `written` ones.
    written, own
        Enterprises written in the plan, and what they say under names that are no fields.
    tables
        Its tables.
    year, classes
        The year of days written without one; the names of classes, which are never placeholders.
    required
        Fields whose column every table must have.
    limits
        How many diagnostics of a code are kept.
    """
    pools = Pools()
    findings = Findings(limits.of_a_code)
    parts = [_written(written, own, pools)]
    tables = [_sampled(_with_permits(table, year, limits, findings), year, classes, findings) for table in tables]
    for number, table in enumerate(tables, 1):
        for name in required:
            if name not in table.columns:
                findings.add(_missing_column(table, name, classes))
        if not table.columns:
            continue
        known = {name: cells for name, cells in table.columns.items() if name in Enterprise.model_fields}
        frame, failures = of_columns(known, pools, year, classes, limits.of_a_code)
        for failure in failures:
            _report(failure, table, findings)
        others = [_own(name, cells) for name, cells in table.columns.items() if name not in Enterprise.model_fields]
        frame = frame.with_columns(
            *others, pl.lit(number, pl.Int32).alias("source"), table.rows.cast(pl.Int32).alias("row")
        )
        if "name" in table.columns:
            failed = {row for one in failures if one.field == "name" for row in one.rows}
            _report_empty_names(frame, table, failed, findings)
        parts.append(frame)
    frame = pl.concat(parts, how="diagonal")
    return Register(frame, pools, tree, tuple(tables)), findings.listed()


def _with_permits(table: Table, year: int | None, limits: Limits, findings: Findings) -> Table:
    """Add the permits that stand in columns of their own, which stay under their own names for selectors."""
    pairs = list(permit_columns(table.columns))
    if not pairs:
        return table
    columns, failures = dict(table.columns), list[Failure]()
    for name in dict.fromkeys(one for pair in pairs for one in (pair.name, pair.last) if one):
        texts = table.columns[name].cast(pl.String).str.strip_chars()
        columns[name] = without_placeholders(name, texts, frozenset(), failures, limits.of_a_code)
    for failure in failures:
        _report(failure, table, findings)
    first = pairs[0].name or pairs[0].last
    return replace(
        table,
        columns=columns | {"permits": permit_texts(pairs, columns, year)},
        headings={"permits": table.headings[first], **table.headings},
    )


def _sampled(table: Table, year: int | None, classes: frozenset[str], findings: Findings) -> Table:
    """Keep only the first rows of a large table when most of them cannot be read: the rest would say the same."""
    if len(table.rows) <= _SAMPLE:
        return table
    head = Table(
        table.file,
        table.sheet,
        {name: cells.head(_SAMPLE) for name, cells in table.columns.items()},
        table.headings,
        table.rows.head(_SAMPLE),
    )
    known = {name: cells for name, cells in head.columns.items() if name in Enterprise.model_fields}
    failed: dict[str, int] = {}
    for failure in of_columns(known, Pools(), year, classes, 1)[1]:
        if not failure.is_warning:
            failed[failure.field] = failed.get(failure.field, 0) + failure.count
    worst = max(failed, key=lambda name: failed[name], default="")
    if not worst or 2 * failed[worst] <= _SAMPLE:
        return table
    place = _place(table, int(table.rows[0]), worst)
    findings.add(error("mostly-unreadable", place, found=failed[worst], of=_SAMPLE, rows=len(table.rows)))
    return head


def _written(written: Sequence[Enterprise], own: Sequence[Mapping[str, str]], pools: Pools) -> pl.DataFrame:
    frame = of_models(written, pools)
    names = dict.fromkeys(name for one in own for name in one)
    return frame.with_columns(
        *(_own(name, pl.Series([one.get(name) for one in own], dtype=pl.String)) for name in names),
        pl.lit(0, pl.Int32).alias("source"),
        pl.int_range(len(written), dtype=pl.Int32, eager=True).alias("row"),
    )


def _own(name: str, cells: pl.Series) -> pl.Series:
    """Keep a register's own column under its own name, out of the way of the core's."""
    taken = name in ENTERPRISES or name in _OF_THE_CORE
    return cells.cast(pl.String).str.strip_chars().alias(OWN + name if taken else name)


def _missing_column(table: Table, name: str, classes: frozenset[str]) -> Diagnostic:
    field = Enterprise.model_fields[name]
    headings = tuple(headings_of(field))
    written = tuple(table.headings.values())
    return error(
        "missing-column",
        Place(table.file, sheet=table.sheet),
        found=written,
        expected=headings,
        key=field.alias or name,
        suggestion=_of_classes(table, classes) if name == "class_" else None,
    )


def _of_classes(table: Table, classes: frozenset[str]) -> str | None:
    """Name the column that holds classes of the plan and nothing else, under whatever heading (量化等级)."""
    for name, cells in table.columns.items():
        held = cells.head(_SAMPLE).cast(pl.String).str.strip_chars().replace("", None).drop_nulls().unique()
        if name not in Enterprise.model_fields and len(held) and classes.issuperset(held.to_list()):
            return f"columns: {{{table.headings[name]}: class}}"
    return None


def _report(failure: Failure, table: Table, findings: Findings) -> None:
    severity = Severity.WARNING if failure.is_warning else Severity.ERROR
    first = None
    for row in failure.rows:
        place = _place(table, int(table.rows[row]), failure.field)
        diagnostic = Diagnostic(failure.code, severity, place, {"key": failure.field, **failure.values})
        first = first or diagnostic
        findings.add(diagnostic)
    if first is not None and failure.count > len(failure.rows):
        findings.count(first, failure.count - len(failure.rows))


def _report_empty_names(frame: pl.DataFrame, table: Table, failed: set[int], findings: Findings) -> None:
    empty = frame["name"].is_null().arg_true()
    for at in empty.to_list():
        if at not in failed:
            findings.add(error("empty-cell", _place(table, int(table.rows[at]), "name"), found="name"))
