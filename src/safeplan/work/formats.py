"""Every format that a schedule comes in, and which one is meant by a name or by the ending of a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from safeplan.core.choice import Chosen
from safeplan.document import Document
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.options import Options
from safeplan.output.schedule_formats import SCHEDULE_FORMATS
from safeplan.views.roster import overview_document, roster_document, workbook_document
from safeplan.words.language import Words
from safeplan.work.errors import WorkError

_BOOKS = frozenset({"xlsx"})


def format_names() -> tuple[str, ...]:
    """Name the formats of a schedule, in alphabetical order."""
    return tuple(sorted(DOCUMENT_FORMATS.keys() | SCHEDULE_FORMATS.keys()))


def chosen_format(asked: str | None, output: Path | None, *, screen: bool) -> str:
    """Give the format that is asked for, else that of the file's ending, else one for the screen or for a pipe.

    Raises
    ------
    WorkError
        `unknown-format`, `unknown-suffix`, `binary-to-terminal`.
    """
    known = format_names()
    if asked is not None and asked not in format_names():
        raise WorkError("unknown-format", asked=asked, known=known)
    if asked is None and output is not None:
        asked = _by_suffix().get(output.suffix.lower())
        if asked is None:
            raise WorkError("unknown-suffix", path=str(output), known=known)
    if asked is None:
        return "terminal" if screen else "text"
    if screen and output is None and asked in DOCUMENT_FORMATS and DOCUMENT_FORMATS[asked].binary:
        raise WorkError("binary-to-terminal", format=asked)
    return asked


def _by_suffix() -> dict[str, str]:
    documents = {kind.suffix: name for name, kind in DOCUMENT_FORMATS.items() if name not in ("terminal", "brief")}
    return documents | {kind.suffix: name for name, kind in SCHEDULE_FORMATS.items()} | {".htm": "html"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be written of a schedule: all that was chosen, in a format; on a screen, perhaps one week of it."""

    format: str
    options: Options = field(default_factory=Options)
    week: Chosen | None = None


def render_schedule(chosen: Chosen, asked: Asked, words: Words) -> bytes:
    """Turn what was chosen into the bytes of a format."""
    if asked.format in SCHEDULE_FORMATS and not asked.options.excel:
        return SCHEDULE_FORMATS[asked.format].render(chosen, words)
    return DOCUMENT_FORMATS[asked.format].render(_document(chosen, asked, words), asked.options)


def _document(chosen: Chosen, asked: Asked, words: Words) -> Document:
    if asked.week is not None:
        return overview_document(chosen, asked.week, words)
    return workbook_document(chosen, words) if asked.format in _BOOKS else roster_document(chosen, words)
