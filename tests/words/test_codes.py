"""Every code has a name."""

from __future__ import annotations

from safeplan.plan.rules.pins import Cause
from safeplan.terms.family import Family
from safeplan.terms.reason import Kind, Reason
from safeplan.words.codes import CAUSES, FAMILIES, KINDS
from safeplan.words.reasons import SENTENCES


def test_every_family_kind_cause_and_reason_is_named():
    assert set(FAMILIES) == {family.value for family in Family}
    assert set(KINDS) == {kind.value for kind in Kind}
    assert set(CAUSES) == {cause.value for cause in Cause}
    assert set(SENTENCES) == set(Reason)
