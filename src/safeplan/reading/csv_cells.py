"""CSV as columns of texts: whole files by Polars, those with quotes over several lines record by record."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import polars as pl

from safeplan.reading.encoding import decode
from safeplan.reading.findings import Findings
from safeplan.reading.limits import Limits
from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.origin import Place

_SEPARATORS = ",\t;"
_QUOTED = re.compile(rf'(?:^|(?<=[{_SEPARATORS}]))"(?:[^"]|"")*"', re.MULTILINE)
_HEAD_LINES = 40
"""Records in which the header, and so the width of the table, is looked for."""
_RECORDS_AT_ONCE = 20_000


def read_csv_cells(data: bytes, file: str, limits: Limits) -> tuple[pl.DataFrame | None, list[Diagnostic]]:
    """Read a CSV file's bytes.

    Returns
    -------
    pl.DataFrame or None, list of Diagnostic
        Text columns c0, c1, … as wide as the widest of the first records, and `row`, the line on which a record
        begins. A record with more fields is an error (`ragged-row`) unless the additional ones are empty; a shorter
        one is filled with nulls, since spreadsheets leave empty fields at the end of a line away.
    """
    text = decode(data, file)
    if isinstance(text, Diagnostic):
        return None, [text]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = text[: _nth_line(text, _HEAD_LINES)]
    separator = _separator(head)
    try:
        width = max((_width(record) for record in csv.reader(io.StringIO(head), delimiter=separator)), default=1)
    except csv.Error:
        width = max(line.count(separator) + 1 for line in head.splitlines())
    width = max(1, width)
    if width * text.count("\n") > limits.cells:
        return None, [
            error(
                "sheet-too-large",
                Place(file),
                rows=text.count("\n"),
                columns=width,
                written=None,
                limit=limits.cells,
                setting="cells",
            )
        ]
    if '"' not in text or _each_line_is_a_record(text, separator):
        frame = _by_polars(text, separator, width)
        if frame is not None:
            return frame, []
    return _by_record(text, separator, width, file, limits)


def _nth_line(text: str, number: int) -> int:
    at = 0
    for _ in range(number):
        at = text.find("\n", at) + 1
        if not at:
            return len(text)
    return at


def _separator(head: str) -> str:
    """Give the separator that stands equally often on the most lines; lists in cells and texts in quotes do not."""
    lines = [line for line in _QUOTED.sub("", head).split("\n") if line.strip()]

    def regularity(separator: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(separator)))
        count, times = counts.most_common(1)[0] if counts else (0, 0)
        return times, count

    return max(_SEPARATORS, key=regularity)


def _width(record: list[str]) -> int:
    """Count the fields up to the last one that is not empty."""
    return next((at for at in range(len(record), 0, -1) if record[at - 1].strip()), 0)


def _each_line_is_a_record(text: str, separator: str) -> bool:
    """Whether quotes open and close within fields of one line, so that no two readers can differ."""
    sep = "\\t" if separator == "\t" else separator
    field = rf'(?:[^"{sep}][^{sep}]*|"(?:[^"]|"")*")?'
    lines = pl.Series(text.split("\n")).to_frame("line").lazy().filter(pl.col("line").str.contains('"', literal=True))
    odd = lines.filter(~pl.col("line").str.contains(rf"^{field}(?:{sep}{field})*$")).head(1).collect()
    return odd.is_empty()


def _by_polars(text: str, separator: str, width: int) -> pl.DataFrame | None:
    """Read all lines at once; None when one of them has too many fields."""
    names = [f"c{index}" for index in range(width)]
    # A line of empty fields before the file's own: Polars skips blank lines at the beginning and counts fields there.
    source = (separator * (width - 1) + "\n" + text).encode()
    try:
        frame = pl.read_csv(
            source,
            has_header=False,
            separator=separator,
            quote_char='"' if '"' in text else None,
            schema=dict.fromkeys(names, pl.String()),
            truncate_ragged_lines=False,
        )
    except pl.exceptions.PolarsError:
        return None
    lines = text.count("\n") + (not text.endswith("\n"))
    if len(frame) != lines + 1:
        return None
    empty = [pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in names]
    return frame.slice(1).select(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("row"), *empty)


def _by_record(
    text: str, separator: str, width: int, file: str, limits: Limits
) -> tuple[pl.DataFrame | None, list[Diagnostic]]:
    """Read record by record, and say where a record has too many fields or a quote is not closed."""
    findings = Findings(limits.of_a_code)
    parts = []
    for block in _blocks(text, separator, width, file, findings):
        rows, records = zip(*block, strict=True)
        columns = [pl.Series(f"c{at}", cells, pl.String) for at, cells in enumerate(zip(*records, strict=True))]
        columns = [column.set(column == "", None) for column in columns]
        parts.append(pl.DataFrame([pl.Series("row", rows, pl.Int32), *columns]))
    return (pl.concat(parts) if parts else None), findings.listed()


def _blocks(
    text: str, separator: str, width: int, file: str, findings: Findings
) -> Iterator[list[tuple[int, list[str | None]]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    block: list[tuple[int, list[str | None]]] = []
    line = 1
    while True:
        try:
            record = next(reader, None)
        except csv.Error:
            findings.add(error("bad-quote", Place(file, line)))
            break
        if record is None:
            break
        if len(record) > width:
            if _width(record) > width:
                findings.add(error("ragged-row", Place(file, line), found=len(record), expected=width))
            record = record[:width]
        block.append((line, [*record, *[None] * (width - len(record))]))
        if len(block) == _RECORDS_AT_ONCE:
            yield block
            block = []
        line = reader.line_num + 1
    if block:
        yield block
