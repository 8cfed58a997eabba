"""What a command is at while one waits for it (`terms.progress`): short, for a line of 40 columns."""

from __future__ import annotations

from safeplan.terms.progress import Stage

STAGES: dict[Stage, str] = {
    "start": "starting",
    "read": "reading the plan",
    "check": "checking the plan",
    "form": "reading the file",
    "register": "reading the register",
    "ledger": "reading the ledger",
    "foresee": "planning the year",
    "expand": "listing what is owed",
    "merge": "putting visits together",
    "place": "choosing days",
    "top up": "filling quotas",
    "assemble": "writing the roster",
    "compare": "comparing",
    "overdue": "finding what is overdue",
    "report": "adding up figures",
    "draw": "drawing lots",
    "carry over": "carrying over",
    "record": "recording",
    "verify": "verifying the ledger",
    "copy": "copying the ledger",
    "letters": "handling letters",
    "write": "writing the result",
}
