"""Writing all that a ledger holds into a file (`safeplan ledger export`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from safeplan.core.history import Head, history_of
from safeplan.ledger.place import LedgerPlace
from safeplan.output import ledger_lines
from safeplan.output.files import write_whole
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.plan.plan import Plan
from safeplan.terms.progress import Progress, silent
from safeplan.views.ledgers import events_document, ledgers_document
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.ledgers import there

_FORMATS = ("jsonl", "csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Export:
    """The bytes of an export, the head of what it holds, and the files that it must not overwrite."""

    data: bytes
    head: Head
    inputs: tuple[Path, ...]


def export_format(output: Path | None) -> str:
    """Give the format that a file's ending asks for; JSON Lines without a file.

    Raises
    ------
    WorkError
        `not-an-export`.
    """
    form = "jsonl" if output is None else output.suffix.lower().removeprefix(".")
    if form not in _FORMATS:
        raise WorkError("not-an-export", path=str(output))
    return form


def lines(place: LedgerPlace, form: str, progress: Progress = silent) -> Export:
    """Write every event as it stands: JSON Lines, or flat as CSV.

    Raises
    ------
    WorkError
        `no-ledger`.
    LedgerError
        It cannot be read.
    """
    records = _records(place, progress)
    if form == "csv":
        return _export(place, records, DOCUMENT_FORMATS["csv"].render(events_document(records)))
    return _export(place, records, ledger_lines.render(records))


def workbook(place: LedgerPlace, plan: Plan, words: Words, progress: Progress = silent) -> Export:
    """Write 隐患台账 and 检查台账 as a workbook; raises as `lines`."""
    records = _records(place, progress)
    document = ledgers_document(plan, history_of(records), words)
    return _export(place, records, DOCUMENT_FORMATS["xlsx"].render(document))


def write(output: Path, export: Export, *, force: bool) -> None:
    """Write an export whole or not at all, never over the ledger itself; raises OutputError."""
    write_whole(output, export.data, force=force, inputs=export.inputs)


def _records(place: LedgerPlace, progress: Progress) -> pl.DataFrame:
    """Read all records; what is made of them is told as writing."""
    progress("ledger", 0.0)
    with there(place) as ledger:
        records = ledger.records()
    progress("write", 0.0)
    return records


def _export(place: LedgerPlace, records: pl.DataFrame, data: bytes) -> Export:
    last = records.tail(1)
    head = Head(last["number"][0], last["hash"][0]) if len(last) else Head(0, "")
    return Export(data, head, () if place.file is None else (place.file,))
