"""What a person may write for outcomes, severities and verdicts, in Chinese, English or as codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from safeplan.core.events.findings import Severity, Verdict
from safeplan.core.events.visits import Outcome
from safeplan.terms.identity import folded

T = TypeVar("T")

OUTCOMES: Mapping[str, Outcome] = {
    **{one.value: one for one in Outcome},
    "已查": Outcome.DONE, "已检查": Outcome.DONE, "完成": Outcome.DONE, "已完成": Outcome.DONE, "正常": Outcome.DONE,
    "inspected": Outcome.DONE,
    "部分": Outcome.PART, "部分检查": Outcome.PART, "部分完成": Outcome.PART, "未查完": Outcome.PART,
    "partly inspected": Outcome.PART,
    "关门": Outcome.CLOSED, "未开门": Outcome.CLOSED, "无人": Outcome.CLOSED, "door closed": Outcome.CLOSED,
    "拒检": Outcome.REFUSED, "拒绝检查": Outcome.REFUSED, "refused entry": Outcome.REFUSED,
    "迁走": Outcome.MOVED, "搬迁": Outcome.MOVED, "已搬迁": Outcome.MOVED, "已迁走": Outcome.MOVED,
    "moved away": Outcome.MOVED,
    "停业": Outcome.CEASED, "已停业": Outcome.CEASED, "注销": Outcome.CEASED, "关闭": Outcome.CEASED,
    "ceased business": Outcome.CEASED,
}  # fmt: skip
SEVERITIES: Mapping[str, Severity] = {
    **{one.value: one for one in Severity},
    "一般": Severity.GENERAL, "一般隐患": Severity.GENERAL, "一般事故隐患": Severity.GENERAL,
    "general finding": Severity.GENERAL,
    "重大": Severity.MAJOR, "重大隐患": Severity.MAJOR, "重大事故隐患": Severity.MAJOR, "major finding": Severity.MAJOR,
}  # fmt: skip
VERDICTS: Mapping[str, Verdict] = {
    **{one.value: one for one in Verdict},
    "合格": Verdict.PASS, "通过": Verdict.PASS, "已整改": Verdict.PASS, "整改到位": Verdict.PASS,
    "已销号": Verdict.PASS,
    "reinspection passed": Verdict.PASS,
    "不合格": Verdict.FAIL, "不通过": Verdict.FAIL, "未通过": Verdict.FAIL, "未整改": Verdict.FAIL,
    "整改不到位": Verdict.FAIL, "reinspection failed": Verdict.FAIL,
}  # fmt: skip
NOTHING_FOUND = frozenset(
    {"无", "没有", "未发现", "未发现问题", "未发现隐患", "无隐患", "无问题", "正常", "none", "no"}
)

_CODED = re.compile(r"([A-Za-z0-9][A-Za-z0-9.\-]{0,19})\s*[=＝]\s*(.+)", re.DOTALL)
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)[\s-]?\d{4}[\s-]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding as it is written in one line: 重大：3.1=安全出口上锁."""

    severity: Severity
    code: str
    text: str


def meant(text: str, known: Mapping[str, T]) -> T | None:
    """Give what a word means, in any width and case; None when it is not known."""
    return known.get(folded(text).strip())


def read_finding(text: str, severity: Severity | None = None) -> FindingText:
    """Read a finding: what was found, after its severity (重大:, major:) and its code of the standard list (3.1=).

    `severity` is what is said elsewhere; it stands before the text's own.
    """
    rest = text.strip()
    head, colon, tail = rest.replace("：", ":").partition(":")
    own = meant(head, SEVERITIES) if colon else None
    if own is not None:
        rest = rest[len(rest) - len(tail) :].strip()
    coded = _CODED.fullmatch(rest)
    code, said = (coded[1], coded[2].strip()) if coded else ("", rest)
    return FindingText(severity or own or Severity.GENERAL, code, said)


def hidden_phones(text: str) -> str:
    """Hide the mobile numbers in a text."""
    return _PHONE.sub(r"\1********", text)
