"""Papers about findings as Word files: the order to mend them (隐患整改通知书), the reinspection (整改复查意见书)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from safeplan.core.events.findings import Finding
from safeplan.core.events.visits import VisitMade
from safeplan.core.history import Head, History
from safeplan.core.papers import Paper, PaperKind, paper_of
from safeplan.core.rectification import cases
from safeplan.output.files import write_whole
from safeplan.output.notice_docx import fill, own_template
from safeplan.plan.plan import Plan
from safeplan.views.notice import notice_fields
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.recording.desk import Before, Desk
from safeplan.work.recording.lookup import enterprise_of, find_finding


@dataclass(frozen=True, slots=True)
class Noticed:
    """A paper that was made, and the head of the ledger that it was made from."""

    paper: Paper
    data: bytes
    head: Head


def notice(desk: Desk, asked: str, kind: PaperKind | None, template: Path | None, words: Words) -> Noticed:
    """Make the paper that a finding belongs to; without `kind` the one that its state asks for.

    `template` replaces safeplan's own.

    Raises
    ------
    WorkError
        `no-ledger`, `unknown-finding` and the other words of `find_finding`; `file-not-there`.
    LedgerError, OutputRefusedError
        The ledger cannot be read; the template cannot be used.
    """
    before = desk.look()
    if before.records.is_empty():
        raise WorkError("no-ledger", place=desk.place.name)
    desk.progress("write", 0.0)
    state = cases(desk.plan, before.history, desk.calendar, before.today)
    paper = _paper(before, state, asked, kind)
    basis = tuple(_basis(desk.plan, before.history, paper))
    fields = notice_fields(desk.plan, before.history, state, paper, basis, words)
    if template is None:
        form, name = own_template(paper.kind.value, words.language), paper.kind.value
    else:
        form, name = _read(template), template.name
    data = fill(form, fields, paper.day or before.today, name)
    return Noticed(paper, data, before.history.head)


def _paper(before: Before, state: pl.DataFrame, asked: str, kind: PaperKind | None) -> Paper:
    """Give the paper of a finding; of an enterprise when all its open findings belong to one paper."""
    try:
        return paper_of(state, before.history, find_finding(before, asked), kind)
    except WorkError as several:
        if not several.code.startswith("ambiguous"):
            raise
        enterprise = enterprise_of(before.plan, asked)
        open_ = state.filter((pl.col("enterprise") == enterprise) & pl.col("closed").is_null())["finding"]
        papers = {paper_of(state, before.history, one, kind) for one in open_}
        if len(papers) != 1:
            raise
        return papers.pop()


def write_notice(made: Noticed, output: Path | None, desk: Desk, template: Path | None, *, force: bool) -> Path:
    """Write a paper into a file, whole or not at all; left out, order-F12.docx or reinspection-F12.docx here.

    Raises
    ------
    WorkError
        `notice-needs-docx`.
    OutputError
    """
    path = output or Path(f"{made.paper.kind.value}-F{made.paper.findings[0]}.docx")
    if path.suffix.lower() != ".docx":
        raise WorkError("notice-needs-docx", path=str(path))
    inputs = [desk.path, *(one for one in (template, desk.place.file) if one is not None)]
    write_whole(path, made.data, force=force, inputs=inputs)
    return path


def _read(template: Path) -> bytes:
    if not template.is_file():
        raise WorkError("file-not-there", path=str(template))
    return template.read_bytes()


def _basis(plan: Plan, history: History, paper: Paper) -> Iterator[str]:
    """Give the sources of the rules that the visits of a paper served; presets give none that nobody verified."""
    found = history.of(Finding).filter(pl.col("number").is_in(list(paper.findings)))
    ids = set(found["visit"].to_list())
    visits = history.of(VisitMade).filter(
        (pl.col("enterprise") == paper.enterprise) & pl.col("day").is_in(found["day"].implode())
    )
    ids |= {one for row in visits.select("visit", "serves").iter_rows() for one in (row[0], *row[1])}
    rules = {one.split("/", 1)[0] for one in ids if one}
    sources = (line.model.source for line in plan.rules if line.id in rules)
    yield from dict.fromkeys(one for one in sources if one)
