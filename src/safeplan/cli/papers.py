"""What commands that make a document from a ledger share: its format, its day, and where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeplan.cli.edge import is_screen
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

if TYPE_CHECKING:
    from safeplan.document import Document
    from safeplan.work.recording.desk import Desk

FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help=say("terminal, text, markdown, brief, csv, xlsx, html, docx.")),
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help=say("As it was known on this day; left out: today."))
]


def give(document: Document, name: str, output: Path | None, desk: Desk, *, force: bool) -> None:
    """Print a document, or write it into a file, in the format of that name."""
    from safeplan.cli.terminal import screen_options
    from safeplan.output.files import write_whole
    from safeplan.output.formats import DOCUMENT_FORMATS
    from safeplan.output.options import Options

    progress("write", 0.0)
    data = DOCUMENT_FORMATS[name].render(document, screen_options() if is_screen() else Options())
    if output is None:
        write_result(data)
        return
    inputs = [desk.path, *(desk.path.parent / one.name for one in desk.plan.inputs)]
    write_whole(output, data, force=force, inputs=[*inputs, *([desk.place.file] if desk.place.file else [])])
    tell(say("written: {path}", path=output))
