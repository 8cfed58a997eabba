"""What a spreadsheet's archive holds, before anything opens it: kind, unpacked size, extent of its sheets.

The library that reads sheets allocates the whole used range at once and ends the process when it is too large; so the
extent and the true unpacked sizes are read here first. Sizes that an archive states are not believed: every part is
unpacked, in pieces, and counted.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from safeplan.reading.limits import Limits
from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.origin import Place

_PIECE = 1 << 20
_SMALL = 20_000_000
"""Bytes unpacked below which no ratio is asked for."""
_SMALL_SHEET = 3_000_000
"""Cells below which a range may be as empty as it likes."""

_TAG = rb"<(?:\w+:)?"
_ROW = re.compile(_TAG + rb"row\b[^<>]*?\br\s*=\s*[\"'](\d+)")
# Cells with content, far to the right or far down; an empty one that is only formatted ends in "/>".
_FAR = re.compile(rb"\br\s*=\s*[\"']([A-Z]{2,3}|[A-Z](?=\d{7}))(\d{1,9})[\"']([^<>]*)>")
_NEAR_ROWS, _NEAR_COLUMNS = 999_999, 26
_WITHOUT_ADDRESS = re.compile(_TAG + rb"c(?:\s+(?!r\s*=)[\w:]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*>")
_ERROR_CELL = re.compile(
    _TAG + rb"c\b([^<>]*\bt\s*=\s*[\"']e[\"'][^<>]*)>(?:<f[^<>]*>[^<]*</f>|<f[^<>]*/>)?<v>([^<]*)</v>"
)
_ADDRESS = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,9})")

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "


@dataclass(slots=True)
class Extent:
    """The used range of a sheet, how many cells it says are written, and its error cells (row, column from 0, text)."""

    rows: int = 0
    columns: int = 0
    written: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """Cells of the whole range."""
        return self.rows * self.columns


@dataclass(frozen=True, slots=True)
class Archive:
    """A spreadsheet's archive: `kind` is xlsx or ods, `sheets` the extents by name."""

    kind: str
    sheets: dict[str, Extent]


def inspect_archive(data: bytes, file: str, limits: Limits) -> Archive | Diagnostic:
    """Look into a zip archive.

    Returns
    -------
    Archive or Diagnostic
        The error is `unreadable-table` (`looks`: what the file is), `zip-bomb` or `sheet-too-large`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" in names:
                kind = "xlsx"
            elif "content.xml" in names:
                kind = "ods"
            else:
                return error("unreadable-table", Place(file), looks=_looks(names))
            return _Inspection(data, file, limits, parts).run(kind)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, ValueError, EOFError):
        return error("unreadable-table", Place(file), looks="damaged")


def _looks(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        return "docx"
    return "zip"


class _Inspection:
    def __init__(self, data: bytes, file: str, limits: Limits, parts: list[zipfile.ZipInfo]) -> None:
        self._data = data
        self._file = file
        self._limits = limits
        self._parts = parts
        self._unpacked = 0

    def run(self, kind: str) -> Archive | Diagnostic:
        try:
            extents = self._workbook() if kind == "xlsx" else self._document()
        except _TooLarge as bomb:
            return bomb.diagnostic
        for name, extent in extents.items():
            if self._too_large(extent):
                return error(
                    "sheet-too-large",
                    Place(self._file, sheet=name),
                    rows=extent.rows,
                    columns=extent.columns,
                    written=extent.written,
                    limit=self._limits.cells,
                    setting="cells" if extent.rows <= self._limits.rows else "rows",
                )
        return Archive(kind, extents)

    def _too_large(self, extent: Extent) -> bool:
        sparse = extent.cells > _SMALL_SHEET and extent.cells > self._limits.sparse * max(1, extent.written)
        return sparse or extent.rows > self._limits.rows or extent.cells > self._limits.cells

    def _workbook(self) -> dict[str, Extent]:
        extents: dict[str, Extent] = {}
        small: dict[str, bytes] = {}
        for part in self._parts:
            pieces = self._pieces(part)
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                extents[part.filename] = _sheet_extent(pieces)
            elif part.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
                small[part.filename] = b"".join(pieces)
            else:
                for _ in pieces:
                    pass
        return _named(extents, small)

    def _document(self) -> dict[str, Extent]:
        extents: dict[str, Extent] = {}
        for part in self._parts:
            pieces = self._pieces(part)
            if part.filename == "content.xml":
                extents = _Tables().read(pieces)
            for _ in pieces:
                pass
        return extents

    def _pieces(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack a part in pieces, and stop when the archive is larger than allowed."""
        name_length, extra_length = (
            int.from_bytes(self._data[part.header_offset + at : part.header_offset + at + 2], "little")
            for at in (26, 28)
        )
        start = part.header_offset + 30 + name_length + extra_length
        packed = self._data[start : start + part.compress_size]
        if part.flag_bits & 1:
            raise _TooLarge(error("unreadable-table", Place(self._file), looks="encrypted"))
        if part.compress_type == zipfile.ZIP_STORED:
            self._count(len(packed))
            yield packed
        elif part.compress_type == zipfile.ZIP_DEFLATED:
            unpacker = zlib.decompressobj(-15)
            while not unpacker.eof:
                piece = unpacker.decompress(packed, _PIECE)
                packed = unpacker.unconsumed_tail
                if not piece and not packed:
                    break
                self._count(len(piece))
                yield piece
        else:
            raise zipfile.BadZipFile("unknown method")

    def _count(self, size: int) -> None:
        self._unpacked += size
        ratio = self._unpacked / max(1, len(self._data))
        if self._unpacked > self._limits.unpacked_bytes:
            limit, setting = self._limits.unpacked_bytes, "unpacked_bytes"
        elif self._unpacked > _SMALL and ratio > self._limits.ratio:
            limit, setting = self._limits.ratio, "ratio"
        else:
            return
        raise _TooLarge(error("zip-bomb", Place(self._file), limit=limit, setting=setting))


class _TooLarge(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


@dataclass(slots=True)
class _Rows:
    """What the rows of an xlsx sheet say so far: the last one, the last with content, whether that can be believed."""

    last: int = 0
    filled: int = 0
    in_order: bool = True
    addressed: bool = True

    @property
    def extent(self) -> int:
        """The last row with content among the near ones; the last of all where rows or cells stand in no order."""
        if self.in_order and self.addressed:
            return min(self.filled, _NEAR_ROWS)
        return self.last


def _sheet_extent(pieces: Iterator[bytes]) -> Extent:
    """Read the extent of an xlsx sheet from the addresses in its XML, without parsing it."""
    extent, rows = Extent(), _Rows()
    rest = b""
    for piece in pieces:
        chunk = rest + piece
        # A cell is looked at whole: what follows the last row's or cell's beginning waits for the next piece.
        cut = max(chunk.rfind(b"<row"), chunk.rfind(b"<c "), 0) if len(chunk) < 8 * _PIECE else len(chunk)
        chunk, rest = (chunk[:cut], chunk[cut:]) if cut else (b"", chunk)
        _scan(chunk, extent, rows)
    _scan(rest, extent, rows)
    extent.rows = max(extent.rows, rows.extent)
    extent.columns = max(extent.columns, _NEAR_COLUMNS if extent.written else 0)
    return extent


def _scan(chunk: bytes, extent: Extent, rows: _Rows) -> None:
    _scan_rows(chunk, rows)
    for match in _FAR.finditer(chunk):
        if match[3].endswith(b"/"):
            continue
        extent.rows = max(extent.rows, int(match[2]))
        extent.columns = max(extent.columns, column_number(match[1]) + 1)
    plain = chunk.count(b"<c ")
    extent.written += plain + chunk.count(b":c ")
    if chunk.count(b'<c r="') != plain or b"<c>" in chunk or b":c" in chunk:
        rows.addressed = rows.addressed and not _WITHOUT_ADDRESS.search(chunk)
    if b"'e'" in chunk or b'"e"' in chunk:
        for match in _ERROR_CELL.finditer(chunk):
            address = _ADDRESS.search(match[1])
            if address:
                text = match[2].decode("utf-8", errors="replace")
                extent.errors.append((int(address[2]) - 1, column_number(address[1]), text))


def _scan_rows(chunk: bytes, rows: _Rows) -> None:
    content = max(chunk.rfind(b"<v"), chunk.rfind(b"<is"), chunk.rfind(b":v>"), chunk.rfind(b":is>"))
    for match in _ROW.finditer(chunk):
        number = int(match[1])
        rows.in_order = rows.in_order and number > rows.last
        if match.start() > content >= 0:
            rows.filled = max(rows.filled, rows.last)
            content = -1
        rows.last = max(rows.last, number)
    if content >= 0:
        rows.filled = max(rows.filled, rows.last)


def column_number(letters: bytes) -> int:
    """Give the number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _named(extents: dict[str, Extent], small: dict[str, bytes]) -> dict[str, Extent]:
    """Give extents by the name of the sheet, as the workbook says which part is which."""
    targets = {}
    for element, attributes in _elements(small.get("xl/_rels/workbook.xml.rels", b"<none/>")):
        if element == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id")] = path
    named = {}
    for element, attributes in _elements(small["xl/workbook.xml"]):
        if element == "sheet":
            path = targets.get(attributes.get("id"), "")
            if path in extents:
                named[attributes.get("name", "")] = extents.pop(path)
    return named | extents


def _elements(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Give the elements of a small XML part by their local names."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda name, attributes: found.append(
        (name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()})
    )
    parser.Parse(data, True)
    return found


def _parser() -> expat.XMLParserType:
    """Make a parser that takes no document type, and so no entities that expand; no spreadsheet has one."""

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    return parser


class _Tables:
    """Reads the extents of an ods document: repeated rows and cells count as often as they are repeated."""

    def __init__(self) -> None:
        self.extents: dict[str, Extent] = {}
        self._at: Extent | None = None
        self._row = self._column = self._repeat = self._filled = 0

    def read(self, pieces: Iterator[bytes]) -> dict[str, Extent]:
        parser = _parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
        return self.extents

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not name.startswith(_TABLE):
            return
        kind = name[len(_TABLE) :]
        if kind == "table":
            self._at = self.extents.setdefault(attributes.get(f"{_TABLE}name", ""), Extent())
            self._row = 0
        elif kind == "table-row":
            self._repeat = int(attributes.get(f"{_TABLE}number-rows-repeated", 1))
            self._column = self._filled = 0
        elif kind in ("table-cell", "covered-table-cell"):
            self._column += int(attributes.get(f"{_TABLE}number-columns-repeated", 1))
            if f"{_OFFICE}value-type" in attributes or f"{_TABLE}formula" in attributes:
                self._filled = self._column
                if self._at is not None:
                    self._at.written += 1

    def _end(self, name: str) -> None:
        if name != f"{_TABLE}table-row" or self._at is None:
            return
        self._row += self._repeat
        if self._filled:
            self._at.rows = self._row
            self._at.columns = max(self._at.columns, self._filled)
