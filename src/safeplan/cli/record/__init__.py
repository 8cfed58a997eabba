"""`safeplan record`: what really happened, one line each."""

from __future__ import annotations

from safeplan.cli.commands import Commands
from safeplan.cli.record.findings import COMMANDS as OF_FINDINGS
from safeplan.cli.record.imports import COMMANDS as OF_FILES
from safeplan.cli.record.others import COMMANDS as OF_OTHERS
from safeplan.cli.record.visits import COMMANDS as OF_VISITS
from safeplan.cli.speech import say

HELP = say("Record what happened: visits, findings and what became of them, activities; or a filled form.")
EXAMPLES = say(
    "safeplan record visit E0001 --day 2026-03-02 --by wang,li\n\n"
    "safeplan record visit E0001 --outcome closed\n\n"
    'safeplan record finding E0001 --severity major "exit locked"\n\n'
    "safeplan record reinspection F12 pass\n\n"
    "safeplan record import week.xlsx"
)

app = Commands("record", help=HELP, epilog=EXAMPLES)
for name, command, help_, examples in (*OF_VISITS, *OF_FINDINGS, *OF_OTHERS, *OF_FILES):
    app.command(name, help=help_, epilog=examples)(command)
