"""`safeplan init`: a plan that schedules at once, from nothing or from a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeplan.cli.edge import ATTENTION, WELL
from safeplan.cli.options import ForceOption, the_language
from safeplan.cli.result import write_result
from safeplan.cli.speech import say

HELP = say("Start a plan that schedules at once: an example to change, or one made from your own spreadsheet.")
EXAMPLES = say(
    "safeplan init\n\n"
    "safeplan init --register register.xlsx   (finds headings, villages, classes; asks what it cannot tell)\n\n"
    "safeplan init plans/2026 --register ~/register.csv   (the register is copied into the folder)"
)


def init(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            show_default=False,
            help=say("Where the plan goes; left out: here. Made when it is not there."),
        ),
    ] = Path(),
    register: Annotated[
        Path | None,
        typer.Option("--register", "-r", metavar="FILE", help=say("Your register: .xlsx .xls .ods .csv .parquet.")),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language", "--lang", metavar="LANG", help=say("Language of the plan: zh or en; left out: that of here.")
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Start a plan."""
    from safeplan.cli.asking import asker
    from safeplan.cli.started import started_lines
    from safeplan.terms.diagnostic import Severity
    from safeplan.words.language import Words
    from safeplan.work.init import start_from_register, start_plan, this_year

    words = Words(the_language(language, say.language))
    if register is None:
        started = start_plan(folder, this_year(), words, force=force)
    else:
        started = start_from_register(folder, register, this_year(), words, ask=asker(words), force=force)
    write_result("".join(f"{line}\n" for line in started_lines(started, folder, words)).encode())
    errors = any(one.severity is Severity.ERROR for one in started.diagnostics)
    raise typer.Exit(ATTENTION if errors else WELL)
