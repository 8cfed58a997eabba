"""Whether a file lies on a network drive, where several computers cannot share SQLite's write-ahead log."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "gfs2", "ocfs2"}
)
_NETWORK |= {"9p", "virtiofs", "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs"}
_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW


def on_network(path: Path) -> bool:
    """Whether a path, there or not, is on a drive of another computer; False where the system does not say."""
    real = Path(os.path.realpath(path))
    if sys.platform == "win32":
        return _is_remote_drive(real)
    return _MOUNTS.exists() and mounted_as(real, _MOUNTS.read_text(encoding="utf-8", errors="replace")) in _NETWORK


def mounted_as(path: Path, mounts: str) -> str:
    """Give the kind of file system of a real path, from the lines of /proc/self/mounts (fstab(5))."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, point, found, *_ = line.split(" ")
        where = Path(point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if len(where.parts) >= best and path.is_relative_to(where):
            best, kind = len(where.parts), found
    return kind


def _is_remote_drive(path: Path) -> bool:
    import ctypes

    return path.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _REMOTE  # type: ignore[attr-defined,unused-ignore]
