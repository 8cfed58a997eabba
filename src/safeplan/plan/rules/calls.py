"""Calls: visits to single enterprises that a ledger asks for - reinspections, retries, requests and complaints.

A plan file has no words for them; `core/amend.py` makes their rules.
"""

from __future__ import annotations

from typing import ClassVar

from safeplan.plan.rules.base import Rule
from safeplan.terms.reason import Kind


class Called(Rule):
    """What such visits ask of their crew: family, minutes, people, as every rule says it."""

    kind: ClassVar[Kind] = Kind.REQUEST
