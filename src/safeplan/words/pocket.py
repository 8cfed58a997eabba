"""What a page for the pocket says while it is filled in; {n}, {all} and their like are filled in there."""

from __future__ import annotations

POCKET_SAYS: dict[str, str] = {
    "open": "Fill in",
    "filled": "{outcome}; findings: {n}",
    "count": "{n} of {all} filled in",
    "more": "{n} not planned",
    "spare": "Visit {n}, not planned",
    "outcome": "Say how it ended.",
    "severity": "Say what was found, or take the severity away.",
    "subject": "Say which enterprise, or which grid.",
    "enterprise": "A finding belongs to an enterprise: say which.",
    "nobody": "Say who went.",
    "day": "Say on which day it was made; it cannot lie ahead.",
    "ahead": "{day} lies ahead: say on which day it was made.",
    "wrong": "To be mended first: {n}",
    "nothing": "Nothing is filled in yet.",
    "saved": "Saved as {file}; hand it in.",
    "shared": "Handed in.",
    "unshared": "It could not be handed in: save the answers, and hand in the file.",
    "kept": "Answers are kept in this browser, also when the page is closed.",
    "lost": "This browser keeps nothing: answers last only while this page is open. Save them before you close it.",
}
