"""Headings of the report (月报, 季报, 年报) as the offices print them."""

from __future__ import annotations

REPORT_COLUMNS: dict[str, str] = {
    "group": "Village or grid",
    "enterprises": "Enterprises in all",
    "visited": "Enterprises inspected",
    "visits": "Times out",
    "found": "Findings, number",
    "mended": "Findings closed",
    "rate": "Share of findings closed",
    "major": "Major findings, number",
    "major_mended": "Major findings closed",
    "major_rate": "Share of major findings closed",
    "records": "Records of inspection",
    "orders": "Orders to mend",
    "reinspections": "Records of reinspection",
    "remark": "Remarks",
}
GROUP_COLUMNS: dict[str, str] = {"grid": "Village or grid", "class": "Class"}
MAJOR_COLUMNS: dict[str, str] = {
    "finding": "Number of the finding",
    "enterprise": "Unit",
    "grid": "Village or grid",
    "text": "What was found",
    "found": "Day of the inspection",
    "due": "To be mended by",
    "state": "State",
    "days_overdue": "Days overdue",
}
CASE_STATES: dict[str, str] = {
    "ordered": "to be mended",
    "mending": "being mended again",
    "claimed": "to be reinspected",
    "closed": "mended and closed",
    "extended": "deadline extended",
    "overdue": "overdue",
}
