"""Sentences for what is wrong in a file that `record import` takes over."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "row-check": "what the form had written into this row was changed; put it back, or write the form anew",
    "tells-no-outcome": (
        "this looks like a roster: no column says how the visits ended ({expected}), and none when they were made"
    ),
    "outcome-missing": "the row is filled in and says no outcome",
    "not-an-outcome": "'{found}' is no outcome; write one of {expected}",
    "not-a-severity": "'{found}' is no severity; write one of {expected}",
    "not-a-verdict": "'{found}' is no result of a reinspection; write one of {expected}",
    "not-a-family": "'{found}' is no kind of check; write one of {expected}",
    "severity-without-finding": "a severity stands here, and no finding beside it",
    "finding-without-enterprise": "a finding belongs to an enterprise; this row has none",
    "future-day": "{found} lies ahead of today, {expected}",
    "several-in-grid": "several enterprises are called '{found}'; write the credit code too",
    "told-otherwise": (
        "this visit is in the ledger otherwise, as event {number}; to correct it first: safeplan record undo {number}"
    ),
    "told-twice": "row {row} tells this visit otherwise",
    "mended-before-found": "{found} comes before the day of the finding, {expected}",
    "closed-already": "F{number} is closed already; nothing can follow",
}
