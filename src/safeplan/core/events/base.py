"""What every event of a ledger has in common."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.plan.fields import Day, Model, Text


class Event(Model):
    """Something that happened, as somebody told it; never changed, only followed by others.

    Officers, enterprises and grids are ids; an event refers to another by its number in the ledger. Phone numbers and
    the names of contacts have no field here, so they never enter a ledger.
    """

    kind: ClassVar[str]

    day: Day = Field(description="when it happened")
    note: Text = Field("", description="text that is printed as it stands")
