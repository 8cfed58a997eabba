"""What is overdue, in words: sections, what comes next and its command, states of a target."""

from __future__ import annotations

import shlex

from safeplan.words.language import Words

SECTIONS: dict[str, str] = {
    "visits": "Visits not made",
    "rectification": "Findings not mended",
    "reinspection": "Reinspections not made",
    "extensions": "Extensions not answered",
    "activities": "Activities not done",
    "permits": "Permits and certificates",
    "vacancies": "Empty roles",
    "targets": "Targets behind",
}
PAPERS: dict[str, str] = {"permit": "permit", "certificate": "officer's certificate"}
COLUMNS: dict[str, str] = {
    "due": "Due",
    "days": "Days overdue",
    "enterprise": "Enterprise",
    "subject": "For",
    "grid": "Grid",
    "rule": "Rule",
    "finding": "Number of the finding",
    "severity": "Severity of the finding",
    "text": "What was found",
    "step": "Step that applies",
    "next_step": "Next step",
    "who": "Who answers",
    "command": "Next",
    "activity": "Activity",
    "kind": "Kind",
    "paper": "Permit or certificate",
    "valid_until": "Valid until",
    "role": "Role",
    "held": "Holders",
    "target": "Target",
    "measure": "What is counted",
    "figure": "Reached",
    "parts": "Made of",
    "goal": "Goal",
    "state": "State",
    "half_year": "Penalties in 180 days",
    "year": "Penalties in a year",
    "last": "Last one",
}
_COMMANDS: dict[str, tuple[str, ...]] = {
    "record-visit": ("record", "visit", "--visit", "{}"),
    "notice": ("notice", "{}"),
    "record-rectified": ("record", "rectified", "{}"),
    "record-reinspection": ("record", "reinspection", "{}", "…"),
    "record-extension": ("record", "extension", "{}", "…"),
    "record-activity": ("record", "activity", "{}"),
    "record-figure": ("record", "figure", "{}", "…"),
    "status": ("status",),
}
"""Commands are the same in every language; `{}` is what they are about, … what only a person knows."""

_ACTS: dict[str, str] = {
    "renew": "renew it, then write its new last day into the plan",
    "appoint": "name a holder of the role in grid {argument} of the plan",
}
MEASURES: dict[str, str] = {
    "coverage": "enterprises visited",
    "rectification-rate": "findings mended in time",
    "standard-level": "enterprises at the standard",
    "reported": "reported figure",
}


def section_name(words: Words, section: str) -> str:
    """Name a section: 逾期未整改隐患."""
    return words(SECTIONS[section])


def command_of(next_: str, argument: str | None) -> str:
    """Give the command for the next form, as a shell takes it; empty where it is done outside of safeplan."""
    parts = _COMMANDS.get(next_)
    return " ".join(["safeplan", *parts]).replace("{}", shlex.quote(argument or "")) if parts else ""


def next_text(words: Words, next_: str, argument: str | None) -> str:
    """Say what comes next: a command, or an act outside of safeplan."""
    return command_of(next_, argument) or words(_ACTS[next_], argument=argument or "")


def days_text(words: Words, days: int | None, overdue: bool) -> str | int | None:
    """Say how late something is; what falls due soon, how many days are left."""
    if days is None or overdue:
        return days
    return words("due today") if days == 0 else words("days left: {n}", n=-days) if days < 0 else days


def share_text(figure: float | None, *, share: bool) -> str:
    """Write a figure: a share as a percentage, a number plainly."""
    if figure is None:
        return ""
    return f"{round(100 * figure, 2):g}%" if share else f"{figure:g}"
