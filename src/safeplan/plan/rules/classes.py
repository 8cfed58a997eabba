"""Classes (分类监管): how often an enterprise of the class is visited."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeplan.plan.fields import Text
from safeplan.plan.rules.base import Rule
from safeplan.terms.reason import Kind


class Class(Rule):
    """A class; a letter has no meaning of its own. Its id is the key in `classes:`."""

    kind: ClassVar[Kind] = Kind.CLASS

    label: Text = Field("", description="what people read for the class")
