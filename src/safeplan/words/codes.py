"""Names of codes: families, kinds of rule, states of a visit."""

from __future__ import annotations

from collections.abc import Sequence

from safeplan.words.language import Words

FAMILIES: dict[str, str] = {
    "inspection": "inspection",
    "joint": "joint inspection",
    "revisit": "revisit",
    "patrol": "patrol",
    "supervision": "supervision",
    "self-check": "self-check",
}
KINDS: dict[str, str] = {
    "class": "class",
    "priority": "priority",
    "campaign": "campaign",
    "patrol": "grid patrol",
    "quota": "quota",
    "spot-check": "spot check",
    "holiday": "holiday check",
    "trigger": "event",
    "pin": "pin",
    "request": "request",
    "complaint": "complaint",
    "reinspection": "reinspection",
    "retry": "retry",
}
STATES: dict[str, str] = {"drafted": "drafted", "adopted": "adopted", "issued": "issued", "done": "done"}
CAUSES: dict[str, str] = {
    "complaint": "complaint",
    "transfer": "transferred from another body",
    "monitoring": "monitoring alarm",
    "request": "request",
}

ACTIVITIES: dict[str, str] = {
    "meeting": "meeting",
    "training": "training",
    "drill": "drill",
    "publicity": "publicity",
    "report": "report",
    "letter": "letter of responsibility",
    "assessment": "assessment",
    "duty": "on duty",
    "other": "other work",
}


def family_name(words: Words, family: str) -> str:
    """Name a family: 行政检查."""
    return words(FAMILIES[family])


def kind_name(words: Words, kind: str) -> str:
    """Name a kind of rule: 专项整治."""
    return words(KINDS[kind])


def rule_names(words: Words, rules: Sequence[str]) -> list[str]:
    """Name rules; those without a name of their own come as their kind: 投诉举报."""
    return [words(KINDS[one]) if one in KINDS else one for one in rules]


def activity_name(words: Words, kind: str) -> str:
    """Name a kind of activity: 培训."""
    return words(ACTIVITIES[kind])


def state_name(words: Words, state: str) -> str:
    """Name the state of a visit: 已下发."""
    return words(STATES[state])


def cause_name(words: Words, cause: str) -> str:
    """Name why a pin was set: 信访投诉."""
    return words(CAUSES[cause])
