"""Columns that several documents share, named as the field's own forms name them."""

from __future__ import annotations

from safeplan.document import Column
from safeplan.words.language import Words

_RIGHT = frozenset({"order", "minutes", "owed", "placed", "unplaced", "officer_days", "of_certified", "share"})
_TITLES: dict[str, str] = {
    "date": "Date",
    "weekday": "Weekday",
    "crew": "Officers",
    "order": "No.",
    "enterprise": "Enterprise",
    "grid": "Grid",
    "address": "Address",
    "family": "Kind of check",
    "rules": "Serves",
    "minutes": "Minutes",
    "obligation": "Task",
    "from": "From",
    "to": "To",
    "rule": "Rule",
    "reason": "Why, and what helps",
    "source": "Line of the plan",
    "window": "Window",
    "left": "Left of it",
    "activity": "Activity",
    "owners": "Who",
    "kind": "Kind",
    "subject": "For",
    "evidence": "Evidence",
    "remarks": "Remarks",
    "due": "Due",
    "place": "Place",
    "severity": "Severity",
    "code": "Code",
    "message": "What is wrong",
    "name": "Name",
    "description": "What it brings",
    "verified": "Source verified",
    "key": "Key",
    "value": "Value",
    "origin": "Where it is written",
    "law": "Source",
    "frequency": "How often",
    "owed": "Owed",
    "placed": "Placed",
    "unplaced": "Unplaced",
    "item": "Item",
    "figure": "Figure",
    "officer_days": "Officer-days",
    "arithmetic": "How it is reckoned",
    "of_certified": "of certified officers",
    "share": "Share",
    "basis": "Basis",
    "objects": "Whom, and how many",
    "content": "What is checked",
    "manner": "Manner",
    "times_and_cap": "How often, and upper limit",
    "when": "When",
    "carrier": "By whom",
    "joint": "Joint with other bodies",
    "change": "What",
    "was": "Was",
    "now": "Now",
    "officers_were": "Officers before",
    "officers_are": "Officers now",
    "why": "Why",
    "visit": "Visit",
}


def columns(words: Words, *keys: str) -> tuple[Column, ...]:
    """Give the columns of a table by their machine names."""
    return tuple(
        Column(
            key,
            words(_TITLES[key]),
            align="right" if key in _RIGHT else "left",
            unit=words("min") if key == "minutes" else "",
        )
        for key in keys
    )
