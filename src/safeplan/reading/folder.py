"""Files that a plan includes: found beside the plan, never outside its folder."""

from __future__ import annotations

import difflib
import os
import unicodedata
from pathlib import Path

from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.origin import Place

_NEAREST = 3


def resolve_include(base: Path, name: str, place: Place | None = None) -> Path | Diagnostic:
    """Find an included file.

    Parameters
    ----------
    base
        The plan's folder.
    name
        The file's name as the plan writes it, relative to that folder; `\\` parts folders as `/` does.
    place
        Where the plan names it, for the diagnostic.

    Returns
    -------
    Path or Diagnostic
        The path of a regular file in or below the folder, links followed; or the error: `outside-folder`,
        `no-such-file` (`suggestion`: the nearest names there), `is-a-folder`, `not-a-file` (a device, a pipe).
    """
    written = name.strip().replace("\\", "/")
    if not written or "\0" in written:
        return error("no-such-file", place, found=name, suggestion=None, nearest=())
    root = Path(os.path.realpath(base))
    if Path(written).is_absolute() or (len(written) > 1 and written[1] == ":"):
        return error("outside-folder", place, found=name)
    path = Path(os.path.realpath(_as_spelt(root / written)))
    if not path.is_relative_to(root):
        return error("outside-folder", place, found=name)
    return not_a_file(path, name, place) or path


def not_a_file(path: Path, name: str, place: Place | None) -> Diagnostic | None:
    """Say why a path is no file that can be read; None when it is one."""
    if path.is_file():
        return None
    if path.is_dir():
        return error("is-a-folder", place, found=name)
    if path.exists():
        return error("not-a-file", place, found=name)
    nearest = _nearest(path)
    return error("no-such-file", place, found=name, suggestion=nearest[0] if nearest else None, nearest=nearest)


def _as_spelt(path: Path) -> Path:
    """Give the path as the disk spells it: a Mac writes 企业ガ.csv in other code points than a keyboard does."""
    if path.exists() or not path.parent.is_dir():
        return path
    wanted = unicodedata.normalize("NFC", path.name)
    same = (one for one in path.parent.iterdir() if unicodedata.normalize("NFC", one.name) == wanted)
    return next(same, path)


def _nearest(path: Path) -> tuple[str, ...]:
    """Name the files of the folder whose names are like it, the nearest first; else those of the same kind."""
    if not path.parent.is_dir():
        return ()
    names = sorted(one.name for one in path.parent.iterdir() if one.is_file() and not one.name.startswith((".", "~$")))
    near = difflib.get_close_matches(path.name, names, _NEAREST, 0.5)
    same_kind = [name for name in names if Path(name).suffix.lower() == path.suffix.lower()]
    return tuple(near or same_kind[:_NEAREST])
