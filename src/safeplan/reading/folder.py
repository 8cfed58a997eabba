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
    try:
        path = Path(os.path.realpath(_as_spelt(root / written)))
        if not path.is_relative_to(root):
            return error("outside-folder", place, found=name)
        if path.is_file():
            return path
        if path.exists():
            return error("is-a-folder" if path.is_dir() else "not-a-file", place, found=name)
        nearest = _nearest(path, root)
    except OSError:  # a name longer than a disk takes
        nearest = ()
    return error("no-such-file", place, found=name, suggestion=nearest[0] if nearest else None, nearest=nearest)


def _as_spelt(path: Path) -> Path:
    """Give the path as the disk spells it: a Mac may have written ガ as two code points, where a keyboard gives one."""
    if path.exists() or not path.parent.is_dir():
        return path
    wanted = unicodedata.normalize("NFC", path.name)
    same = (one for one in path.parent.iterdir() if unicodedata.normalize("NFC", one.name) == wanted)
    return next(same, path)


def _nearest(path: Path, root: Path) -> tuple[str, ...]:
    """Name the files beside it whose names are like it, the nearest first; else those of the same kind."""
    if not path.parent.is_dir():
        return ()
    names = sorted(one.name for one in path.parent.iterdir() if one.is_file() and not one.name.startswith((".", "~$")))
    near = difflib.get_close_matches(path.name, names, _NEAREST, 0.5)
    near = near or [name for name in names if Path(name).suffix.lower() == path.suffix.lower()][:_NEAREST]
    return tuple((path.parent / name).relative_to(root).as_posix() for name in near)
