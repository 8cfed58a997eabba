"""How far the sheets of an .xls reach, read from its records before calamine opens it.

calamine lays every sheet out as a full rectangle when it opens the file, and a record may name column 65,535: one such
cell asks for 137 GB and ends the process. Sources: [MS-CFB] for the container, [MS-XLS] for the records.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_COLUMNS = 256
"""More columns than this no .xls has."""
_END, _SHEET = 0x0A, 0x85
_MULRK = 0xBD
# FORMULA, NUMBER, LABEL, BOOLERR, RK, MULRK, RSTRING, LABELSST and their older kin; blanks take no place
_CELLS = frozenset({0x06, 0x206, 0x406, 0x203, 0x03, 0x204, 0x04, 0x205, 0x05, 0x27E, 0x7E, 0xBD, 0xD6, 0xFD})


class Damaged(Exception):
    """The bytes are not those of a workbook."""


def xls_extents(data: bytes) -> list[tuple[int, int]]:
    """Give rows and columns of the used range of each sheet, in the order of the workbook.

    Raises
    ------
    Damaged
        When the file cannot be followed, or names a column that no .xls has.
    """
    try:
        book = _workbook(data)
        starts = [struct.unpack_from("<I", book, at)[0] for at, kind, _ in _records(book, 0) if kind == _SHEET]
        return [_extent(book, start) for start in starts]
    except (struct.error, IndexError, OverflowError) as failure:
        raise Damaged from failure


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Give the offset of the content, the kind and the length of each record of a part of the stream."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        yield at + 4, kind, length
        if kind == _END:
            return
        at += 4 + length


def _extent(book: bytes, start: int) -> tuple[int, int]:
    rows = columns = 0
    for at, kind, length in _records(book, start):
        if kind not in _CELLS:
            continue
        row, column = struct.unpack_from("<HH", book, at)
        if kind == _MULRK:
            column = max(column, struct.unpack_from("<H", book, at + length - 2)[0])
        if column >= _COLUMNS:
            raise Damaged
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    return rows, columns


def _workbook(data: bytes) -> bytes:
    """Take the stream of the workbook out of the compound file."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise Damaged
    _, directory, _, cutoff, mini_table, _, more = struct.unpack_from("<7I", data, 44)
    heads = [*struct.unpack_from("<109I", data, 76)]
    for _ in range(len(data) // size):
        if more >= _FREE:
            break
        *numbers, more = struct.unpack(f"<{size // 4}I", _sector(data, size, more))
        heads += numbers
    table: list[int] = []
    for head in heads:
        if head < _FREE:
            table += struct.unpack(f"<{size // 4}I", _sector(data, size, head))
    entries = _chain(data, size, table, directory)
    for at in range(0, len(entries), 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        if name.lower() not in ("workbook", "book"):
            continue
        start, length = struct.unpack_from("<II", entries, at + 116)
        if length >= cutoff:
            return _chain(data, size, table, start)[:length]
        minis = _chain(data, size, table, struct.unpack_from("<I", entries, 116)[0])
        links = _chain(data, size, table, mini_table)
        return _chain(bytes(64) + minis, 64, [*struct.unpack(f"<{len(links) // 4}I", links)], start)[:length]
    raise Damaged


def _sector(data: bytes, size: int, number: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _chain(data: bytes, size: int, table: list[int], number: int) -> bytes:
    """Join the sectors of a chain; one that never ends is no chain."""
    parts: list[bytes] = []
    while number < _FREE:
        if len(parts) > len(table):
            raise Damaged
        parts.append(_sector(data, size, number))
        number = table[number]
    return b"".join(parts)
