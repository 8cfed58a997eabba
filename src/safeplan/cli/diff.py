"""`safeplan diff`: what changes from one roster to another, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeplan.cli.edge import ATTENTION, WELL, is_screen
from safeplan.cli.ledger_options import LedgerOption, the_ledger
from safeplan.cli.options import ForceOption, OutputOption, SurpriseOption, TodayOption
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

HELP = say("Say what changes from one roster to another, and why: visits added, moved, dropped, or with other people.")
EXAMPLES = say(
    "safeplan diff plan-2026.yaml plan-draft.yaml\n\n"
    "safeplan diff adopted plan.yaml   (what became of the approved roster)\n\n"
    "safeplan diff issued plan.yaml --from 2026-03-16 --to 2026-03-20\n\n"
    "safeplan diff monday.json friday.json --format json\n\n"
    "Exit code 1: there are differences."
)
_SIDE = say("A plan file, a roster as JSON, adopted, or issued.")


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=_SIDE)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=_SIDE)],
    first: Annotated[str | None, typer.Option("--from", metavar="DAY", help=say("From this day."))] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DAY", help=say("To this day."))] = None,
    with_surprise: SurpriseOption = False,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=say("text, csv, xlsx, html, markdown, docx, json."))
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    today: TodayOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Compare two rosters."""
    from safeplan.cli.terminal import screen_options
    from safeplan.output.files import write_whole
    from safeplan.output.options import Options
    from safeplan.work.diff import Asked, difference, is_plan, render_diff
    from safeplan.work.formats import chosen_format

    screen = is_screen()
    name = chosen_format(form, output, screen=screen)
    asked = Asked(old, new, first, last, today, with_surprise)
    for side in filter(is_plan, (new, old)):
        say.about(Path(side))
    found = difference(asked, lambda plan, settings: the_ledger(plan, settings, ledger), progress)
    progress("write", 0.0)
    data = render_diff(found, name, screen_options() if screen else Options(), say)
    if output is None:
        write_result(data)
    else:
        write_whole(output, data, force=force, inputs=[Path(one) for one in (old, new) if Path(one).is_file()])
        tell(say("written: {path}", path=output))
    raise typer.Exit(WELL if found.changes.is_empty() else ATTENTION)
