"""`safeplan record activity`, `figure`, `event`, `class`, `waive`, `undo`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.ledger_options import LedgerOption, WhoOption
from safeplan.cli.options import PlanOption
from safeplan.cli.record.options import ByOption, DayOption, EnterpriseArgument, ReasonOption, record
from safeplan.cli.slips import the_desk
from safeplan.cli.speech import say


def activity(
    activity: Annotated[str, typer.Argument(metavar="ACTIVITY", help=say("Its id, its name, or how one begins."))],
    evidence: Annotated[str, typer.Option("--evidence", metavar="TEXT", help=say("What shows it."))] = "",
    by: ByOption = None,
    day: DayOption = None,
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record that a piece of dated work was done."""
    from safeplan.work.recording.others import activity_events

    desk = the_desk(plan, ledger, who)
    record(desk, lambda before: activity_events(desk, activity, evidence, by, day, before))


def figure(
    target: Annotated[str, typer.Argument(metavar="TARGET", help=say("The target's name, or how it begins."))],
    value: Annotated[str, typer.Argument(metavar="FIGURE", help=say("93%, or a number."))],
    day: DayOption = None,
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record a reported figure."""
    from safeplan.work.recording.others import figure_events

    desk = the_desk(plan, ledger, who)
    record(desk, lambda before: figure_events(desk, target, value, day))


def event(
    event: Annotated[str, typer.Argument(metavar="EVENT", help=say("What the plan waits for: banquet, 两会闭幕."))],
    enterprise: Annotated[
        str | None, typer.Option("--enterprise", metavar="ENTERPRISE", help=say("To whom it happened."))
    ] = None,
    grid: Annotated[str | None, typer.Option("--grid", metavar="GRID", help=say("Where it happened."))] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help=say("The day on which it ended."))] = None,
    day: DayOption = None,
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record that something happened."""
    from safeplan.work.recording.others import happened_events

    desk = the_desk(plan, ledger, who)
    record(desk, lambda before: happened_events(desk, event, enterprise, grid, until, day))


def class_(
    enterprise: EnterpriseArgument,
    name: Annotated[str, typer.Argument(metavar="CLASS", help=say("The new class."))],
    from_: Annotated[
        str | None, typer.Option("--from", "--day", metavar="DAY", help=say("Its first day; left out: today."))
    ] = None,
    reason: ReasonOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record a new class."""
    from safeplan.work.recording.others import class_events

    desk = the_desk(plan, ledger, who)
    record(desk, lambda before: class_events(desk, enterprise, name, from_, reason))


def waive(
    what: Annotated[
        str,
        typer.Argument(metavar="ID", help=say("A visit, a task or an activity by its id, or E0001@2026-03-02.")),
    ],
    reason: ReasonOption = "",
    day: DayOption = None,
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Record that what is owed shall not be done."""
    from safeplan.work.recording.others import waive_events

    desk = the_desk(plan, ledger, who)
    record(desk, lambda before: waive_events(desk, what, reason, day, before))


def undo(
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help=say("Number of the event: 14, F12; several: 14-136."))
    ],
    reason: ReasonOption = "",
    plan: PlanOption = None,
    ledger: LedgerOption = None,
    who: WhoOption = None,
) -> None:
    """Undo an event by a counter-event."""
    from safeplan.work.recording.others import undo_events

    desk = the_desk(plan, ledger, who)
    record(desk, lambda before: undo_events(desk, number, reason, before))


COMMANDS = (
    (
        "activity",
        activity,
        say("Tick a piece of dated work (工作事项) as done."),
        say(
            "safeplan record activity activity-meeting/-/2026-Q1/1 --evidence minutes\n\n"
            "safeplan record activity meeting --day 2026-01-06   (that of the day, when there is only one)"
        ),
    ),
    (
        "figure",
        figure,
        say("Record a reported figure of a target (指标)."),
        say("safeplan record figure publication 93%"),
    ),
    (
        "event",
        event,
        say("Record what rules wait for: a banquet, the end of a meeting, a registration; it may lie ahead."),
        say("safeplan record event banquet --grid dongjie --day 2026-05-08"),
    ),
    (
        "class",
        class_,
        say("Give an enterprise a new class from a day on; the day may lie ahead."),
        say('safeplan record class E0001 B --from 2026-07-01 --reason "graded anew"'),
    ),
    (
        "waive",
        waive,
        say("Say that something owed shall not be done, and why; it is not overdue then."),
        say(
            'safeplan record waive class-A/E0001/2026-03/1 --reason "closed for works"\n\n'
            'safeplan record waive E0001@2026-03-02 --reason "closed for works"'
        ),
    ),
    (
        "undo",
        undo,
        say("Undo an event that was told in error; both stay in the ledger."),
        say(
            'safeplan record undo 14 --reason "wrong enterprise"\n\n'
            'safeplan record undo 14-136 --reason "wrong file"   (all that an import told)'
        ),
    ),
)
