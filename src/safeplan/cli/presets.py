"""`safeplan presets`: the rules that are shipped, and one of them as it stands."""

from __future__ import annotations

from typing import Annotated

import typer

from safeplan.cli.edge import is_screen
from safeplan.cli.result import write_result
from safeplan.cli.speech import say

HELP = say("List the presets, or print one: rules to lay under a plan, each with its source.")
EXAMPLES = say("safeplan presets\n\nsafeplan presets seed-abc")


def presets(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help=say("Print this one."))] = None,
) -> None:
    """List presets or print one."""
    from safeplan.cli.terminal import screen_options
    from safeplan.output.formats import DOCUMENT_FORMATS
    from safeplan.views.presets import presets_document
    from safeplan.work.presets import preset_text, shipped_presets

    if name is not None:
        write_result(preset_text(name).encode())
        return
    document = presets_document(shipped_presets(), say)
    write_result(DOCUMENT_FORMATS["terminal" if is_screen() else "text"].render(document, screen_options()))
