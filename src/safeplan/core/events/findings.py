"""Findings (隐患) and what becomes of them: mended, reinspected, extended; and penalties."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from safeplan.core.events.base import Event
from safeplan.plan.fields import Day, EnterpriseRef, Integer, OfficerRefs, Text


class Severity(StrEnum):
    """隐患级别."""

    GENERAL = "general"
    MAJOR = "major"


class Finding(Event):
    """隐患, with the order to mend it. Its number in the ledger is its name: F12."""

    kind: ClassVar[str] = "finding"

    enterprise: EnterpriseRef = Field(description="where it was found")
    severity: Severity = Field(Severity.GENERAL, description="隐患级别")
    code: Text = Field("", description="of the standard list, so that repeats count")
    text: Text = Field("", description="问题隐患: what is wrong")
    measures: Text = Field("", description="整改措施: what is asked for")
    officers: OfficerRefs = Field((), description="who found it")
    visit: Text = Field("", description="id of the planned visit that found it")
    due: Day | None = Field(None, description="整改时限 of the order; left out: by the plan's deadlines")
    paper: Text = Field("", description="文书编号 of the order")


class Rectified(Event):
    """整改完成: the enterprise says that it is mended; asks for the reinspection."""

    kind: ClassVar[str] = "rectified"

    finding: Integer = Field(ge=1, description="number of the finding")


class Verdict(StrEnum):
    """What a reinspection found."""

    PASS = "pass"  # noqa: S105 (a verdict, not a secret)
    FAIL = "fail"


class Reinspection(Event):
    """复查. A failed one orders it anew."""

    kind: ClassVar[str] = "reinspection"

    finding: Integer = Field(ge=1, description="number of the finding")
    verdict: Verdict = Field(description="passed or failed")
    officers: OfficerRefs = Field((), description="who went; who led stands first")
    visit: Text = Field("", description="id of the planned visit")
    due: Day | None = Field(None, description="new 整改时限 after a failed one; left out: by the plan's deadlines")
    paper: Text = Field("", description="文书编号 of the record")


class Answer(StrEnum):
    """Where an extension stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class Extension(Event):
    """延期: asked for, granted or refused; a later one replaces the earlier."""

    kind: ClassVar[str] = "extension"

    finding: Integer = Field(ge=1, description="number of the finding")
    answer: Answer = Field(Answer.ASKED, description="asked, granted or refused")
    until: Day | None = Field(None, description="the day that is asked for or granted")
    reason: Text = Field("", description="why")


class Penalty(Event):
    """行政处罚; counted over rolling years."""

    kind: ClassVar[str] = "penalty"

    enterprise: EnterpriseRef = Field(description="who was punished")
    text: Text = Field("", description="what for")
    paper: Text = Field("", description="文书编号")
