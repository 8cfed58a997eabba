"""The heading row of a sheet as an office keeps it, and the rows below it that are data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from safeplan.reading.cells import Cells
from safeplan.reading.findings import Findings
from safeplan.reading.values import tidied
from safeplan.terms.diagnostic import Diagnostic, error, warning
from safeplan.terms.text import half_width

_ROWS_LOOKED_AT = 30
_LOCATED = 100
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_DECORATION = re.compile(r"[\s*:、·.\-_★☆#※]+")
_RUNNING_NUMBERS = frozenset({"序号", "序", "行号", "项次", "no", "编号"})
_OF_THE_GROUP = frozenset({"姓名", "名称"})
"""Headings below a group that say no more than the group: 法定代表人 over 姓名 and 电话."""

_TOTAL = r"(?i)^(?:[合总小共累]\s*计|本\s*页\s*[合小]\s*计|total|subtotal)\s*(?:[:：(（\d].*)?$"
_NOTE = (
    r"^(?:填表|制表|审核|审批|复核|填报|报送|经办|统计|编制)(?:人|单位|部门|日期|时间)"
    r"|^(?:制表|审核|复核|填表|单位负责人|主要负责人|分管领导|负责人签字|签字|签名|盖章|联系人|联系电话|日期)[(（盖章)）]*[:：]"
    r"|^(?:注|备注|说明|附注|填表说明|填写说明|填报说明)\d*[:：.．、]"
)


_NEVER_TWICE = frozenset({"id", "name", "class", "class_", "grid", "credit_code"})
"""Fields of which a second column of the same heading is an error: which of the two is meant decides dates."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `cell` is its name in the sheet (c0 …), `name` the field that it fills, or the heading itself where it fills none
    (`known` is false), and `heading` the heading as it is written.
    """

    cell: str
    name: str
    heading: str
    known: bool


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a sheet: columns from the left, the rows they take up as the spreadsheet numbers them.

    `warnings` names the columns that could fill a field which another column fills (`second-column`).
    """

    columns: tuple[Column, ...]
    first_row: int
    last_row: int
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def headings(self) -> dict[str, str]:
        """Each column's heading, as it is written, by the column's name."""
        return {column.name: column.heading for column in self.columns}


def normalised(heading: str) -> str:
    """Reduce a heading to what it says: without width, case, spaces, stars, colons, and what stands in brackets."""
    return _bare(_BRACKETS.sub("", half_width(heading))) or _bare(half_width(heading))


def _bare(text: str) -> str:
    return _DECORATION.sub("", text.casefold())


def find_header(
    cells: Cells, known: Mapping[str, str], header_row: int | None = None, preferred: Collection[str] = ()
) -> Header | list[Diagnostic]:
    """Find the headings of a sheet: the row with most known ones, or the row that the plan names.

    A heading is sought with what stands in its brackets (所属村(社区)/网格), then without. Groups over several columns
    with headings of their own below make a header of two rows; a column is then called by its lower heading, and by
    `group/heading` where that alone is not clear. Where two headings mean one field, the column that the plan maps
    fills it, else the heading that comes first in `known`; the other column stays under its own name.

    Parameters
    ----------
    cells
        The sheet.
    known
        Heading → field; headings as people write them, they are normalised here.
    header_row
        The heading row as the spreadsheet numbers it (either one of two); sought when left out.
    preferred
        Headings that the plan itself maps (`columns:`).

    Returns
    -------
    Header or list of Diagnostic
        The errors: `no-known-column` (`found`: the headings of the likeliest row, `expected`: the known ones),
        `no-such-row`, `duplicate-column` (one heading stands over two columns and fills a field).
    """
    fields = _Fields(known, preferred)
    rows = cells.frame["row"]
    if header_row is None:
        at = _likeliest(cells, fields)
    else:
        found = (rows == header_row).arg_true()
        if not len(found):
            return [error("no-such-row", cells.place(), found=header_row, last=rows[-1] if len(rows) else 0)]
        at = int(found[0])
    first, last, headings = _two_rows(cells, at, fields)
    if not any(fields.of(text) for text in headings.values()):
        written = tuple(text for text in headings.values() if text)
        return [error("no-known-column", cells.place(int(rows[at])), found=written, expected=tuple(known))]
    return _header(cells, first, last, headings, fields)


def body(cells: Cells, header: Header) -> pl.DataFrame:
    """Give the rows of data below a header.

    Left out are blank rows, totals (合计, 总计, 小计), headings that repeat on each page, and the notes and signatures
    at the end (备注：…, 填表人…). A row that holds nothing but a running number counts as blank.

    Returns
    -------
    pl.DataFrame
        `row` (Int32, as the spreadsheet numbers it) and a column of texts for each of the header's, by its name;
        stripped, figures in half width, null where nothing stands. A column that is itself called `row` comes as
        `row (2)`, and so do `*` and `^…$`.
    """
    raw = cells.frame.filter(pl.col("row") > header.last_row)
    frame = pl.DataFrame([raw["row"], *(tidied(raw[column.cell]).alias(column.name) for column in header.columns)])
    names = [column.name for column in header.columns]
    numbering = {one.name for one in header.columns if not one.known and normalised(one.heading) in _RUNNING_NUMBERS}
    telling = [name for name in names if name not in numbering] or names
    frame = frame.filter(
        pl.any_horizontal(pl.col(telling).is_not_null()),
        ~_is_total(names),
        ~_is_repeated(header.columns),
    )
    return frame.head(_rows_before_notes(frame, names))


class _Fields:
    """Which field a heading means."""

    def __init__(self, known: Mapping[str, str], preferred: Collection[str]) -> None:
        self._exact = {_bare(half_width(heading)): field for heading, field in known.items()}
        self._loose = {normalised(heading): field for heading, field in reversed(list(known.items()))}
        order = [*preferred, *known]
        self._rank = {_bare(half_width(heading)): at for at, heading in reversed(list(enumerate(order)))}
        self._preferred = {_bare(half_width(heading)) for heading in preferred}

    def of(self, heading: str) -> str | None:
        if not heading:
            return None
        return self._exact.get(_bare(half_width(heading))) or self._loose.get(normalised(heading)) or None

    def rank(self, heading: str) -> int:
        exact = _bare(half_width(heading))
        return self._rank.get(exact, self._rank.get(normalised(heading), len(self._rank)))

    def is_preferred(self, heading: str) -> bool:
        return _bare(half_width(heading)) in self._preferred


def _texts(cells: Cells, at: int) -> dict[str, str]:
    """Give the texts of a row (its position in the frame) by column, on one line each."""
    written = cells.frame.row(at, named=True)
    return {column: " ".join((written[column] or "").split()) for column in cells.columns}


def _likeliest(cells: Cells, fields: _Fields) -> int:
    """Choose the row with most known headings, of equals the first; where none is known, the one with most texts."""

    def standing(at: int) -> tuple[int, int, int]:
        texts = set(_texts(cells, at).values()) - {""}
        return len({fields.of(text) for text in texts} - {None}), len(texts), -at

    return max(range(min(_ROWS_LOOKED_AT, cells.frame.height)), key=standing, default=0)


def _two_rows(cells: Cells, at: int, fields: _Fields) -> tuple[int, int, dict[str, str]]:
    """Join a row of headings with those below its groups, or with the groups above it.

    Returns the positions of the header's first and last row, and each column's heading.
    """
    texts = _texts(cells, at)
    if at + 1 < cells.frame.height:
        below = _texts(cells, at + 1)
        groups = _groups(texts, below)
        if groups:
            return at, at + 1, _joined(texts, below, groups, fields)
    if at > 0:
        above = _texts(cells, at - 1)
        groups = _groups(above, texts)
        if groups:
            return at - 1, at, _joined(above, texts, groups, fields)
    return at, at, texts


def _groups(upper: Mapping[str, str], lower: Mapping[str, str]) -> dict[str, str]:
    """Give the columns that lie below groups, each with its group; none when two rows are no header together.

    A group is a text with nothing (or itself again) to its right, over two or more texts. Outside the groups the lower
    row must hold nothing, or the same as the upper (a heading merged over both rows): a row of data does not.
    """
    if len(set(upper.values()) - {""}) < 2:  # one text alone is a title
        return {}
    columns = list(upper)
    spans: list[list[str]] = []
    for column in columns:
        if spans and (not upper[column] or upper[column] == upper[spans[-1][0]]) and lower[column]:
            spans[-1].append(column)
        else:
            spans.append([column])
    groups = {
        column: upper[span[0]]
        for span in spans
        if len(span) > 1 and upper[span[0]] and all(lower[column] for column in span)
        for column in span
    }
    outside = (column for column in columns if column not in groups and lower[column])
    return groups if all(lower[column] == upper[column] for column in outside) else {}


def _joined(
    upper: Mapping[str, str], lower: Mapping[str, str], groups: Mapping[str, str], fields: _Fields
) -> dict[str, str]:
    """Call each column by its lower heading; with the group before it where that alone is not clear."""
    standing = [_bare(lower[column]) for column in groups]
    headings = {}
    for column, text in lower.items():
        group = groups.get(column)
        if group is None or group == text:
            headings[column] = text or upper[column]
        elif fields.of(f"{group}/{text}"):
            headings[column] = f"{group}/{text}"
        elif _bare(text) in _OF_THE_GROUP and fields.of(group):
            headings[column] = group
        else:
            headings[column] = f"{group}/{text}" if standing.count(_bare(text)) > 1 else text
    return headings


def _is_pattern(name: str) -> bool:
    """Whether polars would take a name for several columns."""
    return name == "*" or (name.startswith("^") and name.endswith("$"))


def _header(
    cells: Cells, first: int, last: int, headings: Mapping[str, str], fields: _Fields
) -> Header | list[Diagnostic]:
    rows = cells.frame["row"]
    first_row, last_row = int(rows[first]), int(rows[last])
    filling = _filling(headings, fields)
    below = cells.frame.slice(last + 1)
    columns: dict[str, Column] = {}
    problems, warnings = [], []
    for cell, heading in headings.items():
        field = fields.of(heading)
        name = unicodedata.normalize("NFC", heading)
        if field and filling[field] == cell:
            name = field
        elif field:
            other = headings[filling[field]]
            place = cells.place(last_row, heading)
            if field in _NEVER_TWICE and _bare(half_width(heading)) == _bare(half_width(other)):
                problems.append(error("duplicate-column", place, found=heading, key=field))
            elif not fields.is_preferred(other) or heading == other:
                warnings.append(warning("second-column", place, found=heading, other=other, key=field))
        elif not heading:
            if below[cell].null_count() == below.height:
                continue
            name = heading = f"[{int(cell[1:]) + 1}]"
        taken = {"row", *columns, *filling} - ({name} if field == name and filling[field] == cell else set())
        number = 2
        plain = name
        while name in taken or _is_pattern(name):
            name, number = f"{plain} ({number})", number + 1
        columns[name] = Column(cell, name, heading, field is not None and filling[field] == cell)
    problems += _too_long(cells, last, headings)
    return problems or Header(tuple(columns.values()), first_row, last_row, tuple(warnings))


def _too_long(cells: Cells, last: int, headings: Mapping[str, str]) -> list[Diagnostic]:
    """Locate the rows of a CSV file that have more fields than headings: a comma in a text has moved them.

    A spreadsheet has no such rows; what stands beside a table there is a note.
    """
    if not cells.file.lower().endswith(".csv"):
        return []
    width = max(int(cell[1:]) for cell, heading in headings.items() if heading) + 1
    beyond = [cell for cell in cells.columns if int(cell[1:]) >= width]
    if not beyond:
        return []
    rows = cells.frame.slice(last + 1).filter(pl.any_horizontal(pl.col(beyond).is_not_null()))
    found = Findings()
    for row, *fields in rows.head(_LOCATED).select("row", *beyond).iter_rows():
        length = max(at for at, field in enumerate(fields, width + 1) if field is not None)
        found.add(error("ragged-row", cells.place(row), found=length, expected=width))
    if rows.height > _LOCATED:
        found.count(error("ragged-row", cells.place()), rows.height - _LOCATED)
    return found.listed()


def _filling(headings: Mapping[str, str], fields: _Fields) -> dict[str, str]:
    """Give for each field the column that fills it: the one of the best heading, of equals the first."""
    chosen: dict[str, str] = {}
    for cell, heading in headings.items():
        field = fields.of(heading)
        if field and (field not in chosen or fields.rank(heading) < fields.rank(headings[chosen[field]])):
            chosen[field] = cell
    return chosen


def _is_total(names: list[str]) -> pl.Expr:
    """Whether one of the first three columns, or the first text of the row, says that the row is a total."""
    places = [pl.coalesce(names), *(pl.col(name) for name in names[:3])]
    return pl.any_horizontal(one.str.contains(_TOTAL).fill_null(False) for one in places)


def _is_repeated(columns: Collection[Column]) -> pl.Expr:
    """Whether a row repeats the headings, as printed pages do: at least two of them, and half of what it holds."""
    same = pl.sum_horizontal(_is_heading(one).fill_null(False).cast(pl.Int32) for one in columns)
    written = pl.sum_horizontal(pl.col(one.name).is_not_null().cast(pl.Int32) for one in columns)
    return (same >= min(2, len(columns))) & (same * 2 >= written)


def _is_heading(column: Column) -> pl.Expr:
    cell = pl.col(column.name)
    if " " in column.heading:  # it stood on several lines
        return cell.str.replace_all(r"\s+", " ") == column.heading
    return cell == column.heading


def _rows_before_notes(frame: pl.DataFrame, names: list[str]) -> int:
    """Count the rows before the notes and signatures that end a sheet.

    A note holds few texts and begins as notes do; rows of few texts that follow the first one at the end belong to it.
    """
    tail = frame.tail(_ROWS_LOOKED_AT)
    texts = pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.Int32) for name in names)
    is_note = pl.coalesce(names).str.replace_all(r"\s", "").str.contains(_NOTE).fill_null(False)
    most = max(1, min(4, len(names) // 2))
    flags = tail.select(note=is_note & (texts <= most), short=texts <= max(1, min(2, len(names) - 1))).rows()
    kept = end = len(flags)
    while end and any(flags[end - 1]):
        end -= 1
        if flags[end][0]:
            kept = end
    return frame.height - len(flags) + kept
