"""What the commands of `safeplan record` share: options, and the slip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from safeplan.cli.result import write_result
from safeplan.cli.speech import say, tell

if TYPE_CHECKING:
    from safeplan.core.events.base import Event
    from safeplan.work.recording.desk import Before, Desk, Told


DayOption = Annotated[
    str | None, typer.Option("--day", metavar="DAY", help=say("When it happened: 2026-03-02; left out: today."))
]
ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="OFFICERS", help=say("Who did it: ids or names, wang,li; who led stands first.")),
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help=say("A remark."))]
PaperOption = Annotated[str, typer.Option("--paper", metavar="NUMBER", help=say("Number of the paper."))]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("Why."))]
FindingArgument = Annotated[
    str,
    typer.Argument(metavar="FINDING", help=say("F12, or the enterprise when it has only one open finding.")),
]
EnterpriseArgument = Annotated[str, typer.Argument(metavar="ENTERPRISE", help=say("Id, name, or how the name begins."))]


def record(desk: Desk, prepare: Callable[[Before], Sequence[Event]]) -> Told:
    """Record what `prepare` makes, print the slip, and say on stderr what is unusual about its day."""
    from safeplan.work.recording.slip import slip

    told = desk.record(prepare)
    write_result(slip(told, say).encode())
    for event in told.events[:1]:
        if not desk.plan.first <= event.day <= desk.plan.last:
            tell(say("{day} lies outside the plan's period; it is kept as history", day=event.day))
    return told
