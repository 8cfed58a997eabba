"""Next year's plan from this one: the same text, with dates, classes and last visits moved on.

Tables of enterprises are taken as they are: the ledger, which both plans share, knows classes and visits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateutil.relativedelta import relativedelta

from safeplan.core.rectification import cases
from safeplan.ledger.place import LedgerPlace
from safeplan.output.files import write_set
from safeplan.reading.plan import read_plan
from safeplan.terms.diagnostic import Diagnostic
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.next_year_text import MovedText
from safeplan.work.recording.desk import Desk


@dataclass(frozen=True, slots=True)
class NextYear:
    """What was written.

    Attributes
    ----------
    plan
        Its path.
    copied
        Names of the tables that were copied beside it.
    first, last
        Its period.
    classes, visits
        How many enterprises of the plan file got another class, and a later last visit.
    tables
        Whether enterprises stand in tables, which are taken as they are.
    open_findings
        How many findings are open, in the ledger.
    shares_ledger
        Whether the new plan finds the same ledger by itself.
    diagnostics
        What `safeplan check` says of it.
    """

    plan: Path
    copied: tuple[str, ...]
    first: date
    last: date
    classes: int
    visits: int
    tables: bool
    open_findings: int
    shares_ledger: bool
    diagnostics: tuple[Diagnostic, ...]


def next_year(desk: Desk, folder: Path | None, words: Words, *, force: bool = False) -> NextYear:
    """Write next year's plan: beside this one as plan-2027.yaml, or as plan.yaml into another folder.

    Raises
    ------
    WorkError, LedgerError, OutputError
        `plan-there`; the ledger cannot be read; a file is there and `force` does not replace it. Nothing is written.
    """
    target = folder if folder is not None else desk.path.parent
    aside = target.resolve() == desk.path.parent.resolve()
    before = desk.look()
    desk.progress("carry over", 0.0)
    first, last = (day + relativedelta(years=1) for day in (desk.plan.first, desk.plan.last))
    moved = MovedText(desk, before.history, before.today, first, words)
    name = f"plan-{first.year}.yaml" if aside else "plan.yaml"
    if not aside and (target / "safeplan.yaml").exists():
        raise WorkError("plan-there", path=str(target / "safeplan.yaml"))
    place = _ledger(desk.place, target, aside)
    text = moved.text(None if aside else place)
    tables = () if aside else tuple(one.name for one in desk.plan.inputs if one.name != desk.path.name)
    files = {name: text.encode()}
    for table in tables:
        source = desk.path.parent / table
        if Path(table).name != table:
            raise WorkError("table-below", path=table)
        if not ((target / table).is_file() and (target / table).read_bytes() == source.read_bytes()):
            files[table] = source.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    write_set(target, files, force=force, inputs=[desk.path, *(desk.path.parent / one for one in tables)])
    state = cases(desk.plan, before.history, desk.calendar, before.today)
    return NextYear(
        target / name, tables, first, last, moved.classes, moved.visits, moved.has_tables,
        int(state["closed"].null_count()), aside or place is not None or bool(desk.place.url),
        read_plan(target / name, progress=desk.progress).diagnostics,
    )  # fmt: skip


def _ledger(place: LedgerPlace, target: Path, aside: bool) -> str | None:
    """Give the ledger's file as a plan in another folder spells it; None where it cannot."""
    if aside or place.file is None:
        return None
    root, file = target.resolve(), place.file.resolve()
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else None
