"""Starting a plan: from nothing, or from a spreadsheet that an office already has. What is written schedules."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from safeplan.output.files import write_set
from safeplan.reading.limits import Limits
from safeplan.reading.plan import read_plan
from safeplan.reading.schema import json_schema
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.progress import Progress, silent
from safeplan.words.language import Words
from safeplan.words.plan_comments import COMMENTS
from safeplan.work.errors import WorkError
from safeplan.work.plan_text import SCHEMA_FILE, register_plan, starting_plan
from safeplan.work.register_columns import Ask, nobody
from safeplan.work.register_draft import Draft, draft_register
from safeplan.work.register_sheet import find_register

PLAN_FILE = "plan.yaml"
_OTHER_PLAN = "safeplan.yaml"


@dataclass(frozen=True, slots=True)
class Started:
    """A plan that was written.

    Attributes
    ----------
    plan
        Its path.
    copied
        The copy of the register beside it; None where the register lies below the plan's folder already.
    draft
        What was found in the register; None without one.
    diagnostics
        What `safeplan check` says of it, after what was found wrong with codes that are not used.
    """

    plan: Path
    copied: Path | None
    draft: Draft | None
    diagnostics: tuple[Diagnostic, ...]


def start_plan(folder: Path, year: int, words: Words, *, force: bool = False) -> Started:
    """Write a small plan that schedules at once, and the schema for editors beside it.

    Raises
    ------
    WorkError, OutputError
        `plan-there`; a file is there and `force` does not replace it, or cannot be written.
    """
    _refuse_second_plan(folder)
    _write(folder, {PLAN_FILE: starting_plan(year, words).encode()}, (), force)
    return _started(folder, None, None)


def start_from_register(
    folder: Path,
    register: Path,
    year: int,
    words: Words,
    *,
    ask: Ask = nobody,
    force: bool = False,
    limits: Limits | None = None,
    progress: Progress = silent,
) -> Started:
    """Write the plan of a register; one that lies outside the plan's folder is copied into it, byte for byte.

    Parameters
    ----------
    folder
        Where the plan goes; made when it is not there.
    register
        A table: .csv, .xlsx, .xls, .ods or .parquet.
    year
        The plan's period.
    words
        The language of the comments and of the plan.
    ask
        Is asked what the register does not tell.
    force
        Replace files that are there; the register itself never.
    progress
        Is told its stages (register, read, check).

    Raises
    ------
    WorkError, OutputError
        `RegisterError` when it cannot be read; otherwise as `start_plan`. Nothing is written then.
    """
    _refuse_second_plan(folder)
    progress("register", 0.0)
    found = find_register(register, limits or Limits())
    draft = draft_register(found, ask, words(COMMENTS["the-town"]))
    below = _below(folder, register)
    plan = register_plan(draft, below or register.name, year, words)
    files = {PLAN_FILE: plan.encode()}
    copied = None
    if below is None:
        copied = folder / register.name
        data = register.read_bytes()
        if not (copied.is_file() and not copied.is_symlink() and copied.read_bytes() == data):
            files[register.name] = data
    _write(folder, files, (register,), force)
    return _started(folder, copied, draft, progress)


def this_year() -> int:
    """Give the year that a new plan is made for, by today where plans are made."""
    return year_to_plan(datetime.now(ZoneInfo("Asia/Shanghai")).date())


def year_to_plan(today: date) -> int:
    """Give the year of next Monday: in the last days of a year nobody plans that year any more."""
    return (today + timedelta(days=7 - today.weekday())).year


def _below(folder: Path, register: Path) -> str | None:
    """Give the register's path as a plan in the folder spells it; None where it lies outside."""
    root, path = folder.resolve(), register.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None


def _refuse_second_plan(folder: Path) -> None:
    if (folder / _OTHER_PLAN).exists():
        raise WorkError("plan-there", path=str(folder / _OTHER_PLAN))


def _write(folder: Path, files: dict[str, bytes], inputs: tuple[Path, ...], force: bool) -> None:
    """Write the files and the schema, all or none; a schema that is the same is left alone."""
    schema = (json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n").encode()
    path = folder / SCHEMA_FILE
    if not (path.is_file() and path.read_bytes() == schema):
        files = {**files, SCHEMA_FILE: schema}
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_set(folder, files, force=force, inputs=inputs)


def _started(folder: Path, copied: Path | None, draft: Draft | None, progress: Progress = silent) -> Started:
    found = read_plan(folder / PLAN_FILE, progress=progress).diagnostics
    return Started(folder / PLAN_FILE, copied, draft, (*(draft.diagnostics if draft else ()), *found))
