"""The lines for a chat."""

from dataclasses import replace

from safeplan.output.formats import DOCUMENT_FORMATS

from .documents import roster_document

render = DOCUMENT_FORMATS["brief"].render


def test_the_brief_lines_and_what_is_not_shown():
    assert render(roster_document()).decode() == ("3月2日（周一）王强、李芳：①楚天塑业 ②隆盛农贸市场\n3 次检查未显示\n")


def test_a_document_without_brief_lines_gives_title_and_notes():
    assert render(replace(roster_document(), brief=())).decode().splitlines() == [
        "隆盛镇2026年监督检查计划",
        "2027年为暂定。",
        "1 次未排",
        "无法安排",
        "3 次检查未显示",
    ]
