"""Files written whole or not at all: a temporary file in the same folder, synced, then put in place by one rename."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path


class OutputError(Exception):
    """The surroundings did not let a file be written; nothing of it is left behind.

    `code` names the sentence in `words/output_errors.py`, `values` fills it.
    """

    exit_code = 3

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class OutputRefusedError(OutputError):
    """The file was not written because what was asked for would lose or overwrite something."""

    exit_code = 2


def write_whole(path: Path, data: bytes, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    path
        Where to; its folder must exist.
    data
        All that the file shall hold.
    force
        Replace a file that is there; it keeps its permissions. New files get those of the umask.
    inputs
        Files that this run has read: they are never overwritten, force or not.

    Raises
    ------
    OutputRefusedError
        `exists`, `is-input`, `is-link`, `not-a-file`, `name-too-long`.
    OutputError
        `no-folder`, `permission`, `read-only`, `disk-full`, `write-failed`.
    """
    _refuse(path, force, tuple(inputs))
    staged = _stage(path, data)
    try:
        _put_in_place(staged, path, force)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise
    _sync_folder(path)


def write_set(folder: Path, files: Mapping[str, bytes], *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write several files into a folder, made when it is not there.

    All are refused before any is written, and all are on the disk under temporary names before the first is put in
    place; so a full disk leaves the folder as it was. Raises as `write_whole`, and ValueError for a name that is
    not that of a file in this folder.
    """
    read = tuple(inputs)
    for name in files:
        if Path(name).name != name or name in ("", ".", ".."):
            raise ValueError(f"not the name of a file: {name!r}")
    made = _make_folder(folder)
    staged: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    try:
        for name in files:
            _refuse(folder / name, force, read)
        for name, data in files.items():
            staged.append((_stage(folder / name, data), folder / name))
        for temporary, path in staged:
            new = not path.exists()
            _put_in_place(temporary, path, force)
            placed += [path] if new else []
    except BaseException:
        for path in (*(temporary for temporary, _ in staged), *placed):
            path.unlink(missing_ok=True)
        if made:
            folder.rmdir()
        raise
    for _, path in staged[:1]:
        _sync_folder(path)


def _refuse(path: Path, force: bool, inputs: tuple[Path, ...]) -> None:
    try:
        if path.is_symlink():
            raise OutputRefusedError("is-link", path=str(path))
        found = path.stat()
    except FileNotFoundError:
        return
    except OSError as reason:
        raise _coded(reason, path) from reason
    if not stat.S_ISREG(found.st_mode):  # a rename over /dev/null would replace the device
        raise OutputRefusedError("not-a-file", path=str(path))
    for each in inputs:
        if each.exists() and each.samefile(path):
            raise OutputRefusedError("is-input", path=str(path))
    if not force:
        raise OutputRefusedError("exists", path=str(path))


def _stage(path: Path, data: bytes) -> Path:
    """Write the data under a temporary name beside the path and sync it."""
    temporary = path.with_name(f".safeplan-{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(temporary, flags, 0o666)
    except OSError as reason:
        raise _coded(reason, path) from reason
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
            if path.exists():
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        finally:
            os.close(descriptor)
    except BaseException as reason:
        temporary.unlink(missing_ok=True)
        if isinstance(reason, OSError):
            raise _coded(reason, path) from reason
        raise
    return temporary


def _put_in_place(temporary: Path, path: Path, force: bool) -> None:
    try:
        if force:
            temporary.replace(path)
        else:
            _rename_to_new(temporary, path)
    except FileExistsError as reason:
        raise OutputRefusedError("exists", path=str(path)) from reason
    except OSError as reason:
        raise _coded(reason, path) from reason


def _rename_to_new(temporary: Path, path: Path) -> None:
    """Rename, failing when a file has come into being there since we looked."""
    if os.name == "nt":
        temporary.rename(path)  # on Windows this never replaces
        return
    try:
        os.link(temporary, path)
    except OSError as reason:
        if reason.errno == errno.EEXIST:
            raise
        # A file system without hard links (FAT, some network shares): the check again, then the rename.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "exists", str(path)) from reason
        temporary.rename(path)
    else:
        temporary.unlink()


def _sync_folder(path: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    if os.name == "nt":  # folders cannot be opened there
        return
    try:
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as reason:
        if reason.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EACCES):  # the file system has no such thing
            raise _coded(reason, path) from reason


def _make_folder(folder: Path) -> bool:
    try:
        folder.mkdir()
    except FileExistsError as reason:
        if not folder.is_dir():
            raise OutputRefusedError("not-a-folder", path=str(folder)) from reason
        return False
    except OSError as reason:
        raise _coded(reason, folder) from reason
    return True


_CODES = {
    errno.ENOSPC: "disk-full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "disk-full",  # not on Windows
    errno.EFBIG: "disk-full",
    errno.EROFS: "read-only",
    errno.EACCES: "permission",
    errno.EPERM: "permission",
    errno.ENOENT: "no-folder",
    errno.ENOTDIR: "no-folder",
}


def _coded(reason: OSError, path: Path) -> OutputError:
    if reason.errno == errno.ENAMETOOLONG:
        return OutputRefusedError("name-too-long", path=str(path))
    code = _CODES.get(reason.errno or 0, "write-failed")
    return OutputError(code, path=str(path), folder=str(path.parent), reason=reason)
