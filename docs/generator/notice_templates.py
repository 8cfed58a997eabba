"""The templates of notices (`src/safeplan/output/templates/*.docx`), written by python-docx; run as a program.

Their words stand here and not in a catalogue, since a template is a paper of one language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from safeplan.output.docx_bytes import without_clock

FOLDER = Path(__file__).parents[2] / "src/safeplan/output/templates"
_MADE = datetime(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Words:
    """What a template says; lines that begin with {%p are Jinja's own."""

    title: str
    number: str
    facts: tuple[str, ...]
    before: tuple[str, ...]
    columns: tuple[tuple[str, str, float], ...]  # heading, field of an item, width in cm
    after: tuple[str, ...]
    signatures: tuple[str, ...]
    end: tuple[str, ...]
    foot: str


_BLANK = "＿" * 6
_DAY = "＿＿＿年＿＿月＿＿日"
_DAY_EN = "____________"
_OFFICERS = (
    "{%p for one in officers %}",
    "检查人员{{ one.order }}（签名）：＿＿＿＿＿　{{ one.name }}　证号：{{ one.certificate or '" + _BLANK + "' }}",
    "{%p endfor %}",
)
_OFFICERS_EN = (
    "{%p for one in officers %}",
    "Officer {{ one.order }} (signature): ________________  {{ one.name }}   certificate: "
    "{{ one.certificate or '____________' }}",
    "{%p endfor %}",
)

PAPERS: dict[str, Words] = {
    "order.zh_CN": Words(
        title="隐患整改通知书",
        number="{{ number or '＿＿＿＿〔＿＿＿＿〕＿＿号' }}",
        facts=(
            "被检查单位：{{ enterprise }}",
            "地址：{{ address or '" + _BLANK + "' }}",
            "{%p if credit_code %}",
            "统一社会信用代码：{{ credit_code }}",
            "{%p endif %}",
        ),
        before=("{{ found }}，检查人员{{ names }}对你单位进行检查，发现存在下列问题：",),
        columns=(
            ("序号", "order", 1.5),
            ("隐患编号", "finding", 2.4),
            ("存在问题", "text", 5.7),
            ("级别", "severity", 1.9),
            ("整改措施", "measures", 4.5),
        ),
        after=(
            "{%p for one in deadlines %}",
            "对上述第{{ one.places }}项问题，请你单位于{{ one.due or '" + _DAY + "' }}前整改完毕。",
            "{%p endfor %}",
            "整改期间应当采取措施，保证安全；整改完成后及时书面报告，以便复查。逾期未整改的，将报告有关主管部门依法处理。",
            "{%p if basis %}",
            "检查依据：{{ basis }}",
            "{%p endif %}",
        ),
        signatures=(*_OFFICERS, "被检查单位负责人（签名）：＿＿＿＿　日期：" + _DAY),
        end=("{{ authority }}（印章）", "{{ day or '" + _DAY + "' }}"),
        foot="台账：{{ ledger }}",
    ),
    "reinspection.zh_CN": Words(
        title="整改复查意见书",
        number="{{ number or '＿＿＿＿〔＿＿＿＿〕＿＿号' }}",
        facts=(
            "被复查单位：{{ enterprise }}",
            "地址：{{ address or '" + _BLANK + "' }}",
            "{%p if credit_code %}",
            "统一社会信用代码：{{ credit_code }}",
            "{%p endif %}",
        ),
        before=(
            "我单位于{{ order_day }}对你单位作出隐患整改通知"
            "{% if order_number %}（{{ order_number }}）{% endif %}，"
            "经{{ day or '" + _DAY + "' }}复查，意见如下：",
        ),
        columns=(
            ("序号", "order", 1.5),
            ("隐患编号", "finding", 2.4),
            ("原存在问题", "text", 5.7),
            ("级别", "severity", 1.9),
            ("复查结论", "verdict", 4.5),
        ),
        after=(
            "{%p if passed %}",
            "第{{ passed }}项已整改到位，予以销号。",
            "{%p endif %}",
            "{%p for one in failed %}",
            "第{{ one.places }}项未整改到位，请你单位于{{ one.due or '" + _DAY + "' }}前继续整改完毕。",
            "{%p endfor %}",
            "{%p if not passed and not failed %}",
            "复查意见：" + "＿" * 25,
            "{%p endif %}",
        ),
        signatures=(*_OFFICERS, "被复查单位负责人（签名）：＿＿＿＿　日期：" + _DAY),
        end=("{{ authority }}（印章）", "{{ day or '" + _DAY + "' }}"),
        foot="台账：{{ ledger }}",
    ),
    "order.en": Words(
        title="Order to mend findings",
        number="No. {{ number or '____________' }}",
        facts=(
            "Enterprise: {{ enterprise }}",
            "Address: {{ address or '____________' }}",
            "{%p if credit_code %}",
            "Credit code: {{ credit_code }}",
            "{%p endif %}",
        ),
        before=("On {{ found }} the officers {{ names }} inspected your enterprise and found:",),
        columns=(
            ("No.", "order", 1.3),
            ("Finding", "finding", 1.9),
            ("What is wrong", "text", 5.7),
            ("Severity", "severity", 2.1),
            ("Measures", "measures", 4.5),
        ),
        after=(
            "{%p for one in deadlines %}",
            "Mend item {{ one.places }} by {{ one.due or '" + _DAY_EN + "' }}.",
            "{%p endfor %}",
            "Keep the place safe meanwhile, and report in writing when it is mended, so that it can be reinspected. "
            "What is not mended in time will be reported to the department in charge.",
            "{%p if basis %}",
            "Basis of the check: {{ basis }}",
            "{%p endif %}",
        ),
        signatures=(*_OFFICERS_EN, "For the enterprise (signature): ________________  date: " + _DAY_EN),
        end=("{{ authority }} (seal)", "{{ day or '" + _DAY_EN + "' }}"),
        foot="Ledger: {{ ledger }}",
    ),
    "reinspection.en": Words(
        title="Record of reinspection",
        number="No. {{ number or '____________' }}",
        facts=(
            "Enterprise: {{ enterprise }}",
            "Address: {{ address or '____________' }}",
            "{%p if credit_code %}",
            "Credit code: {{ credit_code }}",
            "{%p endif %}",
        ),
        before=(
            "On {{ order_day }} your enterprise was ordered to mend what follows"
            "{% if order_number %} ({{ order_number }}){% endif %}. "
            "Reinspected on {{ day or '" + _DAY_EN + "' }}:",
        ),
        columns=(
            ("No.", "order", 1.3),
            ("Finding", "finding", 1.9),
            ("What was wrong", "text", 5.7),
            ("Severity", "severity", 2.1),
            ("Result", "verdict", 4.5),
        ),
        after=(
            "{%p if passed %}",
            "Item {{ passed }}: mended, and closed.",
            "{%p endif %}",
            "{%p for one in failed %}",
            "Item {{ one.places }}: not mended; mend it by {{ one.due or '" + _DAY_EN + "' }}.",
            "{%p endfor %}",
            "{%p if not passed and not failed %}",
            "Result: " + "_" * 40,
            "{%p endif %}",
        ),
        signatures=(*_OFFICERS_EN, "For the enterprise (signature): ________________  date: " + _DAY_EN),
        end=("{{ authority }} (seal)", "{{ day or '" + _DAY_EN + "' }}"),
        foot="Ledger: {{ ledger }}",
    ),
}


def template(name: str) -> bytes:
    """Make a template; the same bytes every time."""
    said, paper = PAPERS[name], docx.Document()
    page, normal = paper.sections[0], paper.styles["Normal"]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.5), Cm(2)
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.5
    _line(paper, "{{ authority }}", size=16, middle=True)
    _line(paper, said.title, size=22, bold=True, middle=True, font="宋体")
    _line(paper, said.number, middle=True)
    for text in said.facts:
        _line(paper, text)
    for text in said.before:
        _line(paper, text, indent=True)
    _items(paper, said.columns)
    _line(paper, "", size=6)
    for text in said.after:
        _line(paper, text, indent=True)
    for text in said.signatures:
        _line(paper, text)
    for text in said.end:
        _line(paper, text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(said.foot).font.size = Pt(9)
    facts = paper.core_properties
    facts.author, facts.title, facts.comments, facts.created, facts.modified = "safeplan", said.title, "", _MADE, _MADE
    stream = BytesIO()
    paper.save(stream)
    return without_clock(stream)


def _line(
    paper: Any,
    text: str,
    *,
    size: int = 0,
    bold: bool = False,
    middle: bool = False,
    indent: bool = False,
    font: str = "",
) -> Any:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if font:
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent and not text.startswith("{%p"):
        paragraph.paragraph_format.first_line_indent = Pt(28)
    return paragraph


def _items(paper: Any, columns: tuple[tuple[str, str, float], ...]) -> None:
    """Add the table of findings: headings, and one row for each item."""
    table = paper.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.autofit = False
    table.rows[1].cells[0].text = "{%tr for one in items %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for index, (heading, field, width) in enumerate(columns):
        table.columns[index].width = Cm(width)  # LibreOffice goes by the columns, Word by the cells
        for row in table.rows:
            row.cells[index].width = Cm(width)
        _cell(table.rows[0].cells[index], heading, middle=True)
        _cell(table.rows[2].cells[index], "{{ one." + field + " }}", middle=field in ("order", "finding", "severity"))


def _cell(cell: Any, text: str, *, middle: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.15
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).font.size = Pt(12)


def main() -> None:
    """Write every template."""
    for name in PAPERS:
        (FOLDER / f"{name}.docx").write_bytes(template(name))


if __name__ == "__main__":
    main()
