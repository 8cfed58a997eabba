"""What changed between two schedules, and why, in words."""

from __future__ import annotations

from datetime import date

from safeplan.core.compare import Change, Why
from safeplan.words.dates import day_text
from safeplan.words.language import Words

CHANGES: dict[Change, str] = {
    Change.ADDED: "added",
    Change.MOVED: "moved",
    Change.RESTAFFED: "other people",
    Change.DROPPED: "dropped",
}
COUNTED: dict[Change, str] = {
    Change.ADDED: "{n} added",
    Change.MOVED: "{n} moved",
    Change.RESTAFFED: "{n} with other people",
    Change.DROPPED: "{n} dropped",
}
WHY: dict[Why, str] = {
    Why.LEAVE: "{who} is away",
    Why.ASKED: "asked for by hand",
    Why.DAY_OFF: "{day} is a day off",
    Why.WORKED: "{day} is a working day",
    Why.WINDOW: "its day is outside its time now",
    Why.CLOSED: "closed on that day",
    Why.JOINED: "{who} goes along",
    Why.ROOM: "makes room",
    Why.OWED: "owed now",
    Why.PLACED: "has a day now",
    Why.SPLIT: "was made together with another",
    Why.MERGED: "is made together with another",
    Why.NOT_OWED: "no longer owed",
    Why.MET: "has been done",
    Why.PASSED: "its time is over",
    Why.UNPLACED: "no day is left for it",
}


def change_text(words: Words, change: str) -> str:
    """Name what became of a visit."""
    return words(CHANGES[Change(change)])


def counted_text(words: Words, change: Change, n: int) -> str:
    """Count the visits that changed in a way."""
    return words(COUNTED[change], n=n)


def why_text(words: Words, why: str, who: str, was: date | None) -> str:
    """Say why a visit changed; `who` is the name of an officer, `was` the day that it had."""
    return words(WHY[Why(why)], who=who, day=day_text(words, was) if was else "")
