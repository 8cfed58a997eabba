"""Headings of the offices' own ledgers (隐患台账, 检查台账), and the words that stand under them."""

from __future__ import annotations

FINDING_COLUMNS: dict[str, str] = {
    "order": "No.",
    "finding": "Number of the finding",
    "day": "Day of the inspection",
    "enterprise": "Unit",
    "grid": "Village or grid",
    "text": "What was found",
    "code": "Kind of finding",
    "severity": "Severity of the finding",
    "source": "How it was found",
    "officers": "Officers",
    "measures": "Measures",
    "paper": "Number of the order",
    "due": "To be mended by",
    "rectified": "Mended on",
    "reinspected": "Reinspected on",
    "reinspected_by": "Reinspected by",
    "verdict": "Result of the reinspection",
    "closed": "Closed on",
    "state": "State",
    "note": "Note",
}
VISIT_COLUMNS: dict[str, str] = {
    "order": "No.",
    "day": "Day of the inspection",
    "enterprise": "Unit",
    "credit_code": "Credit code",
    "class": "Class",
    "sector": "Sector",
    "grid": "Village or grid",
    "drawn": "Drawn by lot",
    "occasion": "Planned, special or other",
    "family": "Kind of check",
    "reinspection": "Reinspection",
    "complaint": "On a complaint",
    "outcome": "How it ended",
    "officers": "Officers",
    "general": "General findings",
    "major": "Major findings",
    "papers": "Papers issued",
    "general_closed": "General findings mended",
    "major_closed": "Major findings mended",
    "who": "Filled in by",
    "recorded": "Filled in on",
    "note": "Note",
}
SEVERITIES: dict[str, str] = {"general": "general finding", "major": "major finding"}
OUTCOMES: dict[str, str] = {
    "done": "inspected",
    "part": "partly inspected",
    "closed": "door closed",
    "refused": "refused entry",
    "moved": "moved away",
    "ceased": "ceased business",
}
STEPS: dict[str, str] = {
    "ordered": "to be mended",
    "failed": "being mended again",
    "claimed": "to be reinspected",
    "extended": "deadline extended",
    "closed": "mended and closed",
}
VERDICT_NAMES: dict[str, str] = {"pass": "reinspection passed", "fail": "reinspection failed"}
OCCASIONS: dict[str, str] = {
    "planned": "by the plan",
    "special": "by a campaign",
    "other": "neither planned nor special",
}
