"""Priorities (季度重点, 月度重点): what a quarter or a month turns to."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic import ValidationInfo as Info

from safeplan.plan.fields import SeasonRef, ShareField, Text, year_of
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.picks import Pick
from safeplan.terms.diagnostic import TermError
from safeplan.terms.reason import Kind
from safeplan.terms.span import Span


def read_window(value: object, info: Info) -> object:
    """Read a window: a span of days, or the name of a season."""
    if isinstance(value, (list, dict)):
        raise TermError("not-a-text")
    if isinstance(value, str) and not re.search(r"\d", value):
        return SeasonRef(value.strip())
    return Span.parse(value, year_of(info)) if isinstance(value, str) else value


WindowField = Annotated[
    Span | SeasonRef, PlainValidator(read_window, json_schema_input_type=str), WithJsonSchema({"type": "string"})
]


class Priority(Rule):
    """One line of a quarter or month; its window is that unit unless said."""

    kind: ClassVar[Kind] = Kind.PRIORITY

    name: Text = Field(min_length=1)
    window: WindowField | None = Field(None, description="first/last, or a season's name")
    share: ShareField | None = Field(None, description="this share of the pool, in risk order")
    pick: Pick | None = Field(None, description="so many of the pool")
