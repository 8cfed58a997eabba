"""`safeplan report`: the figures of a month, a quarter or the year, with the columns that offices hand in."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.edge import is_screen
from safeplan.cli.ledger_options import LedgerOption, the_ledger
from safeplan.cli.options import (
    ForceOption,
    OutputOption,
    PlanArgument,
    PlanOption,
    the_plan,
)
from safeplan.cli.papers import AsOfOption, FormatOption, give
from safeplan.cli.progress import progress
from safeplan.cli.speech import say

HELP = say("Report a month, a quarter or the year (月报、季报、年报): inspections, findings, and how many were mended.")
EXAMPLES = say(
    "safeplan report --month 3\n\n"
    "safeplan report plan.yaml --quarter Q1 -o report.xlsx\n\n"
    "safeplan report --year --by class --format docx -o year.docx"
)


def report(
    plan: PlanArgument = None,
    plan_option: PlanOption = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="MONTH", help=say("2026-03, 3, this or last."))
    ] = None,
    quarter: Annotated[str | None, typer.Option("--quarter", metavar="QUARTER", help=say("Q2 or 2026-Q2."))] = None,
    year: Annotated[bool, typer.Option("--year", help=say("The whole period of the plan."))] = False,
    by: Annotated[
        str, typer.Option("--by", metavar="BY", help=say("One row for each: grid, class, or a level of grids (村)."))
    ] = "grid",
    as_of: AsOfOption = None,
    form: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
    ledger: LedgerOption = None,
) -> None:
    """Report."""
    from safeplan.work.capacity import document_format
    from safeplan.work.recording.desk import Desk
    from safeplan.work.report import ReportAsked, make_report
    from safeplan.work.schedules import read

    path = the_plan(plan, plan_option)
    name = document_format(form, output, screen=is_screen())
    known = read(path, progress)
    desk = Desk(path, known, the_ledger(path, known.file.ledger, ledger), "", progress)
    document = make_report(desk, ReportAsked(month, quarter, year, by, as_of), say)
    give(document, name, output, desk, force=force)
