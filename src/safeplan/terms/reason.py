"""Why an obligation is unplaced, in the order in which restrictions are laid on (design.md, JSON)."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The first restriction that leaves nothing names the reason."""

    NO_WORKING_DAY = "no-working-day"
    CLOSED = "closed"
    RECUSAL = "recusal"
    SKILLS = "skills"
    OFFICERS = "officers"
    CAP = "cap"
    LIMIT = "limit"
    GAP = "gap"
    PIN = "pin"
    POOL = "pool"
    CAPACITY = "capacity"


class Kind(StrEnum):
    """What kind of rule an obligation comes from, as the JSON spells it."""

    CLASS = "class"
    PRIORITY = "priority"
    CAMPAIGN = "campaign"
    PATROL = "patrol"
    QUOTA = "quota"
    SPOT_CHECK = "spot-check"
    HOLIDAY = "holiday"
    TRIGGER = "trigger"
    PIN = "pin"
    REQUEST = "request"
    COMPLAINT = "complaint"
    REINSPECTION = "reinspection"
    RETRY = "retry"
