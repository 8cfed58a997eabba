"""`safeplan record finding`, `rectified`, `reinspection`, `extension`, `penalty`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, WhoOption
from safeplan.cli.options import PlanOption
from safeplan.cli.record.options import (
    ByOption,
    DayOption,
    EnterpriseArgument,
    FindingArgument,
    NoteOption,
    PaperOption,
    ReasonOption,
    record,
)
from safeplan.cli.slips import the_desk
from safeplan.cli.speech import say

DueOption = Annotated[
    str | None,
    typer.Option("--due", metavar="DAY", help=say("The day to mend it by; left out: by the plan's deadlines.")),
]


def finding(
    enterprise: EnterpriseArgument,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help=say("What was found; may begin with major: and a code, 3.1=."))
    ],
    severity: Annotated[
        str | None, typer.Option("--severity", metavar="SEVERITY", help=say("general (when left out) or major."))
    ] = None,
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help=say("Its code in the standard list: 3.1."))
    ] = None,
    day: DayOption = None,
    due: DueOption = None,
    measures: Annotated[str, typer.Option("--measures", metavar="TEXT", help=say("What is asked for."))] = "",
    by: ByOption = None,
    paper: PaperOption = "",
    note: NoteOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record a finding."""
    from safeplan.work.recording.findings import FindingTold, finding_events

    desk = the_desk(plan, ledger, who)
    told = FindingTold(enterprise, text, severity, code, day, due, measures, by, paper, note)
    record(desk, lambda before: finding_events(desk, told, before))


def rectified(
    finding: FindingArgument,
    day: DayOption = None,
    note: NoteOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record that a finding was mended."""
    from safeplan.work.recording.findings import StepTold, rectified_events

    desk = the_desk(plan, ledger, who)
    told = StepTold(finding, day, note=note)
    record(desk, lambda before: rectified_events(desk, told, before))


def reinspection(
    finding: FindingArgument,
    verdict: Annotated[str, typer.Argument(metavar="pass|fail", help=say("pass or fail (合格, 不合格)."))],
    day: DayOption = None,
    by: ByOption = None,
    due: DueOption = None,
    paper: PaperOption = "",
    note: NoteOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record a reinspection."""
    from safeplan.work.recording.findings import StepTold, reinspection_events

    desk = the_desk(plan, ledger, who)
    told = StepTold(finding, day, by, due, paper, note=note)
    record(desk, lambda before: reinspection_events(desk, told, verdict, before))


def extension(
    finding: FindingArgument,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help=say("The new day."))] = None,
    granted: Annotated[bool, typer.Option("--granted", help=say("It is granted."))] = False,
    refused: Annotated[bool, typer.Option("--refused", help=say("It is refused."))] = False,
    reason: ReasonOption = "",
    day: DayOption = None,
    note: NoteOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record an extension."""
    from safeplan.work.recording.findings import StepTold, answer_of, extension_events

    desk = the_desk(plan, ledger, who)
    answer = answer_of(granted=granted, refused=refused)
    told = StepTold(finding, day, reason=reason, note=note)
    record(desk, lambda before: extension_events(desk, told, until, answer, before))


def penalty(
    enterprise: EnterpriseArgument,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help=say("What for."))] = "",
    paper: PaperOption = "",
    day: DayOption = None,
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record a penalty."""
    from safeplan.work.recording.findings import penalty_events

    desk = the_desk(plan, ledger, who)
    record(desk, lambda before: penalty_events(desk, enterprise, text, paper, day, before))


COMMANDS = (
    (
        "finding",
        finding,
        say("Record a finding (隐患); its number is its name: F12."),
        say(
            'safeplan record finding E0001 "box not earthed"\n\n'
            'safeplan record finding E0001 --severity major --code 3.1 --due 2026-03-20 "exit locked"'
        ),
    ),
    (
        "rectified",
        rectified,
        say("Record that the enterprise says a finding is mended; its reinspection is owed then."),
        say("safeplan record rectified F12 --day 2026-03-10"),
    ),
    (
        "reinspection",
        reinspection,
        say("Record a reinspection (复查): it passed, or it failed and orders it anew."),
        say(
            "safeplan record reinspection F12 pass --by wang,li\n\n"
            "safeplan record reinspection F12 fail --due 2026-04-01"
        ),
    ),
    (
        "extension",
        extension,
        say("Record an extension (延期) that is asked for, granted or refused."),
        say(
            'safeplan record extension F12 --until 2026-05-01 --reason "parts are late"\n\n'
            "safeplan record extension F12 --granted\n\n"
            "safeplan record extension F12 --refused"
        ),
    ),
    (
        "penalty",
        penalty,
        say("Record a penalty (行政处罚); they are counted over 180 days and a year."),
        say('safeplan record penalty E0001 --text "exit locked" --paper 12'),
    ),
)
