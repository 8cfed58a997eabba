"""Sentences for files that could not be written (`output/files.py`)."""

from __future__ import annotations

OUTPUT_ERRORS: dict[str, str] = {
    "exists": "{path} exists already; add --force to replace it",
    "is-input": "{path} was read by this very command and is not overwritten; give another name",
    "is-link": "{path} is a symbolic link and is not written through; give the name of the file itself",
    "not-a-file": "{path} is not an ordinary file; give another name",
    "not-a-folder": "{path} is not a folder; give another name",
    "name-too-long": "the name {path} is too long for this disk; give a shorter one",
    "no-folder": "there is no folder {folder}; make it first",
    "permission": "no permission to write {path}",
    "read-only": "the disk that holds {path} can only be read",
    "disk-full": "the disk is full: {path} was not written, nothing of it is left behind",
    "template-not-docx": "{path} is no Word file (.docx) that can be a template",
    "template-too-large": "{path} is too large for a template",
    "template-outside": "{path} fetches a picture or a template from elsewhere; put it into the file",
    "template-syntax": "{path} has a mistake in one of its fields: {reason}",
    "template-field": "{path} has a field that is not known: {reason}; known are: {known}",
    "template-unsafe": "{path} asks for more than its fields; that is refused",
    "write-failed": "{path} could not be written: {reason}",
}
