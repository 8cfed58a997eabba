"""Marks in the plan that `safeplan init --next-year` writes (`work/next_year.py`)."""

from __future__ import annotations

MARKS: dict[str, str] = {
    "shifted": "CHANGE: a year later than last year's",
    "still": "CHECK: still running, left as it is",
    "gone": "CHANGE: last year's days were taken out",
    "seed": "CHANGE: last year's seed was taken out",
    "figure": "CHANGE: last year's figure was taken out",
    "expired": "CHANGE: ends before the plan begins",
    "once": "CHANGE: happened last year",
}
