"""`safeplan schedule`: the roster of a plan, on the screen or in a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from safeplan.cli.edge import ATTENTION, WELL, is_screen
from safeplan.cli.ledger_options import LedgerOption, the_ledger
from safeplan.cli.options import (
    ForceOption,
    OutputOption,
    PlanArgument,
    PlanOption,
    SurpriseOption,
    TodayOption,
    the_plan,
)
from safeplan.cli.progress import progress
from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

HELP = say("Make the roster: who goes where on which day, and what cannot be done and why.")
EXAMPLES = say(
    "safeplan schedule plan.yaml --week 2026-W11\n\n"
    "safeplan schedule plan.yaml --month next --officer wang -o wang.ics\n\n"
    "safeplan schedule plan.yaml --quarter Q2 --grid dongjie -o roster.xlsx\n\n"
    "safeplan schedule plan.yaml --week this --format brief\n\n"
    "safeplan schedule plan.yaml --week next --officer wang --pocket -o pocket.html\n\n"
    "On a screen without a filter: figures, the unplaced and this week's roster; --all shows everything."
)
_DAYS = say("Which days")
_WHO = say("Whose")
_FORM = say("In which form")


def _complete_format(incomplete: str) -> list[str]:
    from safeplan.work.formats import format_names

    return [name for name in format_names() if name.startswith(incomplete)]


def schedule(
    plan: PlanArgument = None,
    plan_option: PlanOption = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help=say("From this day."), rich_help_panel=_DAYS)
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help=say("To this day."), rich_help_panel=_DAYS)
    ] = None,
    week: Annotated[
        str | None,
        typer.Option(
            "--week", metavar="WEEK", help=say("2026-W11, this, next, or any day of it."), rich_help_panel=_DAYS
        ),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option("--month", metavar="MONTH", help=say("2026-03, 3, this or next."), rich_help_panel=_DAYS),
    ] = None,
    quarter: Annotated[
        str | None, typer.Option("--quarter", metavar="QUARTER", help=say("Q2 or 2026-Q2."), rich_help_panel=_DAYS)
    ] = None,
    officer: Annotated[
        str | None,
        typer.Option(
            "--officer",
            metavar="WHO",
            help=say("Only this officer's: id, name, or how it begins."),
            rich_help_panel=_WHO,
        ),
    ] = None,
    grid: Annotated[
        str | None,
        typer.Option("--grid", metavar="GRID", help=say("Only this grid and all below it."), rich_help_panel=_WHO),
    ] = None,
    with_surprise: SurpriseOption = False,
    everything: Annotated[bool, typer.Option("--all", help=say("Everything, also on a screen."))] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            autocompletion=_complete_format,
            help=say("text, brief, csv, xlsx, html, docx, json, jsonl, ics …"),
            rich_help_panel=_FORM,
        ),
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    excel: Annotated[
        bool, typer.Option("--excel", help=say("CSV that a double click in Excel opens well."), rich_help_panel=_FORM)
    ] = False,
    to_fill: Annotated[
        bool,
        typer.Option(
            "--form",
            help=say("XLSX to be filled in and taken over by record import: one row a visit."),
            rich_help_panel=_FORM,
        ),
    ] = False,
    pocket: Annotated[
        bool,
        typer.Option(
            "--pocket",
            help=say(
                "One officer's days for the telephone, as HTML: what is known of each place, and a form for record "
                "import."
            ),
            rich_help_panel=_FORM,
        ),
    ] = False,
    today: TodayOption = None,
    ledger: LedgerOption = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", help=say("Work on N cores; the roster is the same."))
    ] = 1,
) -> None:
    """Make the roster of a plan."""
    from safeplan.cli.terminal import screen_options
    from safeplan.output.options import Options
    from safeplan.work import schedules
    from safeplan.work.form_sheet import must_be_xlsx
    from safeplan.work.formats import chosen_format
    from safeplan.work.pocket import must_be_pocket

    path = the_plan(plan, plan_option)
    screen = is_screen()
    name = chosen_format(form, output, screen=screen)
    if excel:
        schedules.must_be_csv(name)
    if to_fill:
        must_be_xlsx(name)
    if pocket:
        must_be_pocket(name, officer)
    made = schedules.make_schedule(
        path, today=today, jobs=jobs, ledger=partial(the_ledger, path, asked=ledger), progress=progress
    )
    filters = schedules.Filters(first, last, week, month, quarter, officer, grid, with_surprise)
    options = screen_options() if screen else Options()
    progress("write", 0.0)
    shown = schedules.show(
        made,
        filters,
        schedules.Form(
            name,
            Options(options.width, options.colour, excel),
            overview=_is_overview(screen, name, form, output, everything),
            to_fill=to_fill,
            pocket=pocket,
        ),
        say,
    )
    if output is None:
        write_result(shown.data)
    else:
        schedules.write(output, shown.data, made, force=force)
        tell(say("written: {path}", path=output))
    raise typer.Exit(ATTENTION if shown.unplaced else WELL)


def _is_overview(screen: bool, name: str, form: str | None, output: Path | None, everything: bool) -> bool:
    """Whether a screen is asked for without saying of what."""
    return screen and name == "terminal" and form is None and output is None and not everything
