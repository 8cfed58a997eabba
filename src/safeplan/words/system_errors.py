"""What the operating system refuses, by the name of its error; it would say it in English."""

from __future__ import annotations

import errno

from safeplan.words.language import Words

SYSTEM_ERRORS: dict[str, str] = {
    "EACCES": "permission denied",
    "EPERM": "the system does not allow it",
    "ENOENT": "there is no such file or folder",
    "ENOTDIR": "a part of the path is no folder",
    "EISDIR": "that is a folder",
    "ENAMETOOLONG": "the name is too long",
    "ELOOP": "the links lead round in a circle",
    "ENOSPC": "no space is left on the disk",
    "EDQUOT": "your share of the disk is used up",
    "EROFS": "the disk can only be read",
    "EIO": "the disk fails",
    "ESTALE": "the network drive has lost the file",
    "EMFILE": "too many files are open",
    "ETXTBSY": "the file is in use",
}


def system_error(problem: OSError, words: Words) -> str:
    """Say what the system refuses; what is rare in the system's own words."""
    name = errno.errorcode.get(problem.errno or 0, "")
    return words(SYSTEM_ERRORS[name]) if name in SYSTEM_ERRORS else problem.strerror or type(problem).__name__
