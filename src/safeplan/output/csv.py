"""The main table of a Document as CSV: for programs with machine keys, or for Excel with headings a person reads."""

from __future__ import annotations

import csv
from io import StringIO

from safeplan.document import Cell, Document, Table
from safeplan.output.cells import cell_text
from safeplan.output.options import Options

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What Excel and WPS take for a formula when it begins a cell, in full width too."""


def render(document: Document, options: Options) -> bytes:
    r"""Write the main table: the first that asks for a sheet of its own, else the first that has rows, else the first.

    A main table without rows is still written, so that a program always meets the same header.
    Plain: UTF-8, `\n`, machine keys as header, values as they are. With `options.excel`: a byte order mark, `\r\n`,
    headings in the document's language, and an apostrophe before text that Excel would run as a formula.
    """
    tables = [table for section in document.sections for table in section.tables]
    if not tables:
        return b""
    asked = [table for table in tables if table.sheet]
    table = (asked or [table for table in tables if len(table.rows)] or tables)[0]
    return _for_excel(table).encode("utf-8-sig") if options.excel else _for_programs(table).encode()


def _for_programs(table: Table) -> str:
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.key for column in table.columns])
    writer.writerows(table.rows)  # the csv module writes days in ISO 8601 and floats so that they read back the same
    return stream.getvalue()


def _for_excel(table: Table) -> str:
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([_guarded(column.title or column.key) for column in table.columns])
    writer.writerows([_guarded(cell) for cell in row] for row in table.rows)
    return stream.getvalue()


def _guarded(cell: Cell) -> str:
    text = cell_text(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA) else text


def unguarded(text: str) -> str:
    """Give a text without the apostrophe that keeps Excel from running it."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text
