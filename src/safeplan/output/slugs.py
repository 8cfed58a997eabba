"""Names of files and sheets made from ids: safe on every system, unique, never a raw name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

# Windows opens a device for these, whatever the suffix.
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
_FILE_LIMIT = 60  # characters: 180 bytes of Chinese leave room for a suffix within the 255 bytes of a file name
_SHEET_LIMIT = 31  # Excel's, counted in UTF-16 units


def slug(text: str) -> str:
    """Give a safe stem of a file name: letters, digits, `-` and `_` of any script (NFC), at most 60 characters.

    Anything else becomes `-`; a text of which nothing is left becomes `x`.
    """
    kept = "".join(c if c.isalnum() or c == "_" else "-" for c in unicodedata.normalize("NFC", text))
    stem = "-".join(part for part in kept.split("-") if part)[:_FILE_LIMIT].strip("-") or "x"
    return f"{stem}_" if stem.casefold() in _RESERVED else stem


def file_names(ids: Iterable[str], suffix: str) -> dict[str, str]:
    """Give each id a file name of its own; ids that would meet get `-2`, `-3` … in the order given."""
    taken: set[str] = set()
    names: dict[str, str] = {}
    for each in ids:
        if each not in names:
            names[each] = _unique(slug(each), taken, _FILE_LIMIT + 12) + suffix
    return names


def sheet_names(wishes: Sequence[str]) -> list[str]:
    """Give each wish a sheet name, all different: at most 31 units, none of `[]:*?/\\`, never `History`."""
    taken: set[str] = {"history"}  # Excel keeps it for itself
    return [_unique(slug(wish), taken, _SHEET_LIMIT) for wish in wishes]


def _unique(stem: str, taken: set[str], limit: int) -> str:
    n, name = 1, _cut(stem, limit)
    while name.casefold() in taken:  # file systems and Excel do not tell cases apart
        n += 1
        name = f"{_cut(stem, limit - len(str(n)) - 1)}-{n}"
    taken.add(name.casefold())
    return name


def _cut(text: str, units: int) -> str:
    cut = text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
    return cut.rstrip("-") or "x"
