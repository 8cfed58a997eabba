"""Bytes to text: strict UTF-8, then strict GB18030, as editors and spreadsheets in China write files."""

from __future__ import annotations

import codecs
import re

from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.origin import Place

_HAN = re.compile(r"[\u4e00-\u9fff]")
# A GB18030 text that begins with three Chinese characters of valid UTF-8 does not occur; a damaged UTF-8 file does.
_SURELY_UTF_8 = 3


def decode(data: bytes, file: str) -> str | Diagnostic:
    """Decode a file's bytes; line breaks stay as they are, a byte order mark goes.

    UTF-8 with or without mark, UTF-16 with one ("Unicode" in Notepad, "Unicode text" in Excel), then GB18030.

    Returns
    -------
    str or Diagnostic
        The text, or the error: `empty-file`, `binary-file` (a NUL byte), `encoding` (with the line of the first byte
        that fits neither).
    """
    if not data.strip():
        return error("empty-file", Place(file))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return error("binary-file", Place(file))
    if b"\0" in data:
        return error("binary-file", Place(file, data.count(b"\n", 0, data.index(b"\0")) + 1))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        first = failure
    start = data[: first.start].decode("utf-8", errors="ignore")
    if len(_HAN.findall(start, 0, 10_000)) >= _SURELY_UTF_8:
        return _undecodable(data, first.start, file)
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as second:
        return _undecodable(data, max(first.start, second.start), file)


def _undecodable(data: bytes, position: int, file: str) -> Diagnostic:
    line = data.count(b"\n", 0, position) + 1
    return error("encoding", Place(file, line), found=f"0x{data[position]:02X}")
