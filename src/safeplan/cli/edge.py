"""The edge of the program: every way a command can end becomes a line for people and an exit code.

0 well; 1 something needs attention; 2 input or usage wrong; 3 the surroundings failed; 4 the ledger is not as it
was recorded; 70 a fault of safeplan; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from safeplan.cli.speech import say, tell
from safeplan.words.dates import listed
from safeplan.words.system_errors import system_error

if TYPE_CHECKING:
    from safeplan.work.errors import WorkError

WELL, ATTENTION, USAGE, SURROUNDINGS, UNSOUND, FAULT, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130


def report(problem: BaseException) -> int:
    """Say what ended a command, in one line where it was to be expected, and give the exit code."""
    from safeplan.cli.usage import UsageError, usage_text
    from safeplan.ledger.errors import LedgerError
    from safeplan.output.files import OutputError
    from safeplan.work.errors import PlanError, WorkError

    if os.environ.get("SAFEPLAN_DEBUG") == "1":
        traceback.print_exception(problem)
    if isinstance(problem, KeyboardInterrupt):
        tell(say("interrupted; nothing is half written"))
        return INTERRUPTED
    if isinstance(problem, UsageError):
        wrong = usage_text(problem, say)
        if wrong:
            tell(wrong)
        return USAGE
    if isinstance(problem, PlanError):
        from safeplan.words.diagnostics import render

        tell(render(problem.diagnostics, say, problem.lines))
    if isinstance(problem, WorkError):
        tell(_error(_work_sentence(problem)))
        return problem.exit_code
    if isinstance(problem, LedgerError):
        from safeplan.words.ledger_errors import LEDGER_ERRORS

        tell(_error(say(LEDGER_ERRORS[problem.code], **_shown(problem.values))))
        return problem.exit_code
    if isinstance(problem, OutputError):
        from safeplan.words.output_errors import OUTPUT_ERRORS

        tell(_error(say(OUTPUT_ERRORS[problem.code], **_shown(problem.values))))
        return problem.exit_code
    if isinstance(problem, MemoryError):
        tell(_error(say("there is not enough memory for this plan")))
        return SURROUNDINGS
    if isinstance(problem, OSError):
        what = f"{problem.filename}: " if problem.filename else ""
        tell(_error(what + system_error(problem, say)))
        return SURROUNDINGS
    tell(_error(_fault(problem)))
    return FAULT


def _error(text: str) -> str:
    return say("error: {text}", text=text)


def _work_sentence(problem: WorkError) -> str:
    from safeplan.words.work_errors import WORK_ERRORS

    values = _shown(problem.values)
    sentence = say(WORK_ERRORS[problem.code], **values)
    if "suggestion" in values:
        return say(WORK_ERRORS["suggestion"], sentence=sentence, choices=values["suggestion"])
    return sentence


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    """Give the values of an error as a sentence shows them: lists joined, the system's own errors said."""
    return {key: _shown_value(value) for key, value in values.items()}


def _shown_value(value: object) -> object:
    if isinstance(value, OSError):
        return system_error(value, say)
    if isinstance(value, list | tuple):
        return listed(say, [str(one) for one in value]) or "–"
    return value


def _fault(problem: BaseException) -> str:
    """Name the fault by its kind and place alone: its text could quote the plan."""
    frames = traceback.extract_tb(problem.__traceback__)
    package = str(Path(__file__).parent.parent)
    own = [frame for frame in frames if frame.filename.startswith(package)]
    last = own[-1] if own else frames[-1] if frames else None
    place = f"{Path(last.filename).name}:{last.lineno}" if last else "?"
    return say(
        "this is a fault of safeplan, not of your plan ({kind} in {place}); please report this line with the output of "
        "safeplan --version; SAFEPLAN_DEBUG=1 shows more",
        kind=type(problem).__name__,
        place=place,
    )


def is_screen() -> bool:
    """Whether results go to a terminal."""
    return sys.stdout.isatty()
