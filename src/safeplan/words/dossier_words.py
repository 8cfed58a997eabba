"""Headings of an enterprise's file (履职档案), and the sentences that tell its events."""

from __future__ import annotations

OWED_COLUMNS: dict[str, str] = {
    "rule": "Rule",
    "law": "Source",
    "source": "Line of the plan",
    "window": "Window",
    "adopted": "Adopted for",
    "became": "What became of it",
}
DEED_COLUMNS: dict[str, str] = {
    "date": "Date",
    "what": "What happened",
    "who": "Recorded by",
    "recorded": "Recorded at",
    "number": "Event",
    "hash": "Mark",
}
AHEAD_COLUMNS: dict[str, str] = {"date": "Date", "crew": "Officers", "rules": "Serves", "state": "State"}
FINDING_COLUMNS: dict[str, str] = {
    "finding": "Number of the finding",
    "text": "What was found",
    "found": "Day of the inspection",
    "due": "To be mended by",
    "state": "State",
    "days_overdue": "Days overdue",
}
ANSWERS: dict[str, str] = {
    "asked": "F{finding}: an extension to {until} is asked for",
    "granted": "F{finding}: extended to {until}",
    "refused": "F{finding}: the extension is refused",
}
