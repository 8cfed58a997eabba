"""What a person may write for outcomes, severities, verdicts and findings."""

from __future__ import annotations

import pytest

from safeplan.core.events.findings import Severity, Verdict
from safeplan.core.events.visits import Outcome
from safeplan.words.language import LANGUAGES, Words
from safeplan.words.ledger_columns import OUTCOMES as OUTCOME_NAMES
from safeplan.words.ledger_columns import SEVERITIES as SEVERITY_NAMES
from safeplan.words.ledger_columns import VERDICT_NAMES
from safeplan.work.recording.words import OUTCOMES, SEVERITIES, VERDICTS, hidden_phones, meant, read_finding


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_safeplan_writes_itself_is_read_again(language: str) -> None:
    words = Words(language)
    assert {meant(words(text), OUTCOMES) for text in OUTCOME_NAMES.values()} == set(Outcome)
    assert {meant(words(text), SEVERITIES) for text in SEVERITY_NAMES.values()} == set(Severity)
    assert {meant(words(text), VERDICTS) for text in VERDICT_NAMES.values()} == set(Verdict)


@pytest.mark.parametrize(
    ("text", "severity", "code", "said"),
    [
        pytest.param("配电箱未接地", "general", "", "配电箱未接地", id="plain"),
        pytest.param("重大：安全出口上锁", "major", "", "安全出口上锁", id="severity in Chinese"),
        pytest.param("MAJOR: 3.1=exit locked", "major", "3.1", "exit locked", id="severity and code"),
        pytest.param("一般隐患：A-12＝堆放：杂乱", "general", "A-12", "堆放：杂乱", id="full width"),
        pytest.param("注意：通道堵塞", "general", "", "注意：通道堵塞", id="a colon that is no severity"),
        pytest.param("间距=3米不足", "general", "", "间距=3米不足", id="an equals sign of the text"),
        pytest.param("重大：", "major", "", "", id="nothing found"),
    ],
)
def test_a_finding_is_read(text: str, severity: str, code: str, said: str) -> None:
    found = read_finding(text)
    assert (found.severity, found.code, found.text) == (severity, code, said)


def test_what_is_said_elsewhere_stands_before_the_texts_own_severity() -> None:
    assert read_finding("重大：x", Severity.GENERAL).severity is Severity.GENERAL


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812345678。", "电话138********。"),
        ("138-1234-5678", "138********"),
        ("13812345678 13912345678", "138******** 139********"),
        ("编号213812345678", "编号213812345678"),
        ("2026-03-02", "2026-03-02"),
    ],
)
def test_mobile_numbers_are_hidden(text: str, shown: str) -> None:
    assert hidden_phones(text) == shown
    assert hidden_phones(shown) == shown
