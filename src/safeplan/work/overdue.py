"""What was not done, of a plan file and its ledger: what `safeplan overdue` and `status` do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from safeplan.core.calendar import calendar_of, deadline
from safeplan.core.overdue.choice import ChosenOverdue, Wanted, choose_overdue
from safeplan.core.overdue.overdue import Overdue, overdue
from safeplan.core.overdue.rows import Section
from safeplan.output.files import write_whole
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.options import Options
from safeplan.plan.plan import Plan
from safeplan.plan.settings import LedgerSettings
from safeplan.terms.diagnostic import TermError
from safeplan.terms.duration import Duration
from safeplan.terms.progress import Progress, silent
from safeplan.views.overdue import overdue_document
from safeplan.views.status import status_document
from safeplan.words.language import Words
from safeplan.words.overdue import SECTIONS
from safeplan.work.errors import WorkError
from safeplan.work.formats import chosen_format
from safeplan.work.ledgers import read_history
from safeplan.work.lookup import find_grid, find_officer
from safeplan.work.schedules import read, today_of

if TYPE_CHECKING:
    from safeplan.ledger.place import LedgerPlace

_OVERDUE = {"json": "overdue_json", "jsonl": "overdue_jsonl", "csv": "overdue_csv"}
_FURTHEST = 1000  # of any unit; more is a slip of the finger
_STATUS = {"json": "status_json", "jsonl": "status_jsonl"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as a person typed it."""

    as_of: str | None = None
    within: str | None = None
    officer: str | None = None
    grid: str | None = None
    sections: tuple[str, ...] = ()
    with_surprise: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and the files that it was read from."""

    chosen: ChosenOverdue
    inputs: tuple[Path, ...]

    @property
    def plan(self) -> Plan:
        """The plan as the ledger amends it."""
        return self.chosen.overdue.plan


def find_overdue(
    path: Path, asked: Asked, ledger: Callable[[LedgerSettings | None], LedgerPlace], progress: Progress = silent
) -> Found:
    """Read a plan and what its ledger tells, and say what was not done.

    Raises
    ------
    PlanError, WorkError, LedgerError
        The plan has errors; `bad-day`, `bad-within`, `unknown-section`, `unknown-officer`, `unknown-grid`, `ambiguous`;
        the ledger is there and cannot be read.
    """
    plan = read(path, progress)
    day = today_of(plan, asked.as_of)
    until = None if asked.within is None else _until(plan, day, asked.within)
    wanted = Wanted(
        officer=None if asked.officer is None else find_officer(plan, asked.officer),
        grid=None if asked.grid is None else find_grid(plan, asked.grid),
        sections=tuple(_section(one.strip()) for text in asked.sections for one in text.replace("，", ",").split(",")),
        with_surprise=asked.with_surprise,
    )
    place = ledger(plan.file.ledger)
    history = read_history(place, progress)
    progress("overdue", 0.0)
    found: Overdue = overdue(plan, history, day, until)
    own = (place.file,) if place.file is not None else ()
    return Found(choose_overdue(found, wanted), (path, *(path.parent / one.name for one in plan.inputs), *own))


def overdue_format(asked: str | None, output: Path | None, *, screen: bool) -> str:
    """Give the format of what is overdue: as `chosen_format`, and none that only a schedule has.

    Raises
    ------
    WorkError
        `unknown-format`, `unknown-suffix`, `binary-to-terminal`.
    """
    name, known = chosen_format(asked, output, screen=screen), _OVERDUE.keys() | DOCUMENT_FORMATS.keys()
    if name not in known:
        raise WorkError("unknown-format", asked=name, known=sorted(known))
    return name


def render_overdue(found: Found, form: str, options: Options, words: Words) -> bytes:
    """Write what is overdue."""
    if form in _OVERDUE:
        data: bytes = import_module(f"safeplan.output.{_OVERDUE[form]}").render(found.chosen)
        return data
    return DOCUMENT_FORMATS[form].render(overdue_document(found.chosen, words), options)


def render_status(found: Found, form: str, options: Options, words: Words) -> bytes:
    """Write where the targets stand."""
    if form in _STATUS:
        data: bytes = import_module(f"safeplan.output.{_STATUS[form]}").render(found.chosen.overdue)
        return data
    return DOCUMENT_FORMATS[form].render(status_document(found.chosen.overdue, words), options)


def missed_targets(found: Found) -> int:
    """Count the targets whose day has passed and that are not met."""
    whole = found.chosen.overdue
    return sum(1 for one in whole.targets if one.is_behind and one.due < whole.as_of)


def write(output: Path, data: bytes, found: Found, *, force: bool) -> None:
    """Write a result whole or not at all, never over a file that it was made from."""
    write_whole(output, data, force=force, inputs=found.inputs)


def _until(plan: Plan, day: date, text: str) -> date:
    """Give the last day of a time from a day on; working days are statutory ones."""
    try:
        length = Duration.parse(text)
    except TermError:
        raise WorkError("bad-within", asked=text) from None
    if length.n > _FURTHEST:
        raise WorkError("bad-within", asked=text)
    return deadline(calendar_of(plan), day, length)[0]


def _section(text: str) -> Section:
    """Give the section that is meant, by its name or the beginning of it, or by what people call it."""
    names = {one.value: one for one in Section}
    titles = {Words(language)(title): Section(name) for language in ("zh_CN", "en") for name, title in SECTIONS.items()}
    for known in (names, titles):
        meant = [one for name, one in known.items() if text and name.lower().startswith(text.lower())]
        if meant:
            break
    if len(meant) == 1:
        return meant[0]
    raise WorkError("unknown-section", asked=text, known=names)
