"""What a plan's people can do and what it asks of them, and the annual plan table (`safeplan capacity`)."""

from __future__ import annotations

from pathlib import Path

from safeplan.core.tables import Schedule
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.options import Options
from safeplan.views.annual_plan import annual_plan_document
from safeplan.views.capacity import capacity_document
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.formats import chosen_format


def document_format(asked: str | None, output: Path | None, *, screen: bool) -> str:
    """Give the format of a document that is no roster: as `chosen_format`, and none of the schedule's own.

    Raises
    ------
    WorkError
        `unknown-format`, `unknown-suffix`, `binary-to-terminal`.
    """
    name = chosen_format(asked, output, screen=screen)
    if name not in DOCUMENT_FORMATS:
        raise WorkError("unknown-format", asked=name, known=sorted(DOCUMENT_FORMATS))
    return name


def capacity(made: Schedule, form: str, options: Options, words: Words) -> bytes:
    """Write the arithmetic of working days."""
    return DOCUMENT_FORMATS[form].render(capacity_document(made, words), options)


def annual_plan(made: Schedule, form: str, options: Options, words: Words) -> bytes:
    """Write the annual plan table."""
    return DOCUMENT_FORMATS[form].render(annual_plan_document(made, words), options)
