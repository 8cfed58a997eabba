"""What a command is at while one waits for it (`terms.progress`): at most 17 columns wide, for a line of 40."""

from __future__ import annotations

from safeplan.terms.progress import Stage

STAGES: dict[Stage, str] = {
    "start": "starting",
    "read": "reading the plan",
    "check": "checking the plan",
    "form": "reading the file",
    "register": "reading register",
    "ledger": "reading ledger",
    "foresee": "planning the year",
    "expand": "expanding rules",
    "merge": "merging visits",
    "place": "choosing days",
    "top up": "filling quotas",
    "assemble": "making the roster",
    "compare": "comparing",
    "overdue": "listing overdue",
    "report": "adding up figures",
    "draw": "drawing lots",
    "carry over": "carrying over",
    "record": "recording",
    "verify": "verifying ledger",
    "copy": "copying ledger",
    "letters": "handling letters",
    "write": "writing results",
}
