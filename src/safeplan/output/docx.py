"""A Document as a Word file with the fonts and the paper of a Chinese office."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from safeplan.document import Chart, Document, Note, Table, Tone
from safeplan.output.cells import rows_said_once, text_width, words_of
from safeplan.output.chart_lines import chart_lines
from safeplan.output.options import Options
from safeplan.words.language import Words

_EPOCH = date(2000, 1, 1)
_WIDE = 80  # half-width characters that a portrait A4 page holds
_COLOURS = {Tone.GOOD: "1B7F3B", Tone.WARNING: "9A6700", Tone.BAD: "C00000", Tone.QUIET: "808080"}
_SAMPLE = 500


def render(document: Document, options: Options) -> bytes:
    """Write the Word file, A4, across when a table is wide; the same Document gives the same bytes."""
    words = words_of(document.language)
    paper = docx.Document()
    _set_fonts(paper, words)
    tables = [table for section in document.sections for table in section.tables]
    _set_paper(paper, across=any(sum(_widths(table)) > _WIDE for table in tables))
    _set_footer(paper, words)
    title = paper.add_paragraph(document.title, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_notes(paper, document.head)
    for section in document.sections:
        if section.title:
            paper.add_heading(section.title, level=1)
        _add_notes(paper, section.notes)
        for chart in section.charts:
            _add_chart(paper, chart, words)
        for table in section.tables:
            _add_table(paper, table, words, said=section.title)
    _add_notes(paper, document.foot)
    made = document.made_on or _EPOCH
    properties = paper.core_properties
    properties.title, properties.author, properties.comments = document.title[:255], "safeplan", ""
    properties.created = properties.modified = datetime(made.year, made.month, made.day)
    stream = BytesIO()
    paper.save(stream)
    return _without_clock(stream)


def _set_fonts(paper: Any, words: Words) -> None:
    native = words.language == "zh_CN"
    looks = {"Normal": ("仿宋", 11), "Title": ("宋体", 18), "Heading 1": ("黑体", 14), "Heading 2": ("黑体", 12)}
    for name, (font, size) in looks.items():
        style = paper.styles[name]
        style.font.name, style.font.size = ("Times New Roman" if native else "Arial"), Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "eastAsiaTheme", "hAnsiTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)
    paper.styles["Title"].font.bold = True
    paper.styles["Normal"].paragraph_format.space_after = Pt(3)


def _set_paper(paper: Any, *, across: bool) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    if across:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.8)


def _set_footer(paper: Any, words: Words) -> None:
    paragraph = paper.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, _, rest = words("Page {page} of {pages}", page="\0", pages="\1").partition("\0")
    between, _, after = rest.partition("\1")
    for text, instruction in ((before, "PAGE"), (between, "NUMPAGES")):
        paragraph.add_run(text)
        _add_field(paragraph, instruction)
    paragraph.add_run(after)


def _add_field(paragraph: Any, instruction: str) -> None:
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), instruction)
    simple.append(_run("1"))
    paragraph._p.append(simple)


def _add_notes(paper: Any, notes: tuple[Note, ...]) -> None:
    for note in notes:
        run = paper.add_paragraph().add_run(note.text)
        if note.tone in _COLOURS:
            run.font.color.rgb = RGBColor.from_string(_COLOURS[note.tone])
            run.bold = note.tone is Tone.BAD


def _add_chart(paper: Any, chart: Chart, words: Words) -> None:
    paper.add_paragraph().add_run(chart.title).bold = True
    for line in chart_lines(chart, words, 80):
        paragraph = paper.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run("".join(piece.text for piece in line))
        run.font.name, run.font.size = "Courier New", Pt(8)
        # The half-width pitch must be that of the Latin letters for the columns to stand under one another.
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")


def _add_table(paper: Any, table: Table, words: Words, *, said: str) -> None:
    if table.title and table.title != said:
        paper.add_heading(table.title, level=2)
    if not len(table.rows):
        paper.add_paragraph(words("None."))
        return
    grid = paper.add_table(rows=0, cols=len(table.columns))
    grid.style = "Table Grid"
    widths = _widths(table)
    page = paper.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    twips = [int(room / 635 * width / sum(widths)) for width in widths]
    grid.autofit = False
    for column, width in zip(grid._tbl.tblGrid.findall(qn("w:gridCol")), twips, strict=True):
        column.set(qn("w:w"), str(width))
    sides = ["right" if column.align == "right" else "left" for column in table.columns]
    headings = [column.title or column.key for column in table.columns]
    # Rows are built as XML: python-docx takes minutes for the thousands of a year.
    grid._tbl.append(_row(headings, ["center"] * len(headings), twips, Tone.PLAIN, heading=True))
    tones = table.tones or [Tone.PLAIN] * len(table.rows)
    for texts, tone in zip(rows_said_once(table), tones, strict=True):
        grid._tbl.append(_row(texts, sides, twips, tone, heading=False))
    for line in table.signatures:
        paper.add_paragraph(f"{line}：{'_' * 24}").paragraph_format.space_before = Pt(12)


def _row(texts: list[str], sides: list[str], twips: list[int], tone: Tone, *, heading: bool) -> Any:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))  # repeated on every page
    row.append(properties)
    for text, side, width in zip(texts, sides, twips, strict=True):
        cell, shape, size = OxmlElement("w:tc"), OxmlElement("w:tcPr"), OxmlElement("w:tcW")
        size.set(qn("w:w"), str(width))
        size.set(qn("w:type"), "dxa")
        shape.append(size)
        paragraph, layout, place = OxmlElement("w:p"), OxmlElement("w:pPr"), OxmlElement("w:jc")
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:after"), "0")
        place.set(qn("w:val"), side)
        layout.extend((spacing, place))
        paragraph.extend((layout, _run(text, bold=heading, colour=_COLOURS.get(tone))))
        cell.extend((shape, paragraph))
        row.append(cell)
    return row


def _run(text: str, *, bold: bool = False, colour: str | None = None) -> Any:
    run, properties, content = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:t")
    if bold:
        properties.append(OxmlElement("w:b"))
    if colour:
        paint = OxmlElement("w:color")
        paint.set(qn("w:val"), colour)
        properties.append(paint)
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), "19")  # half points
    properties.append(size)
    content.text = text
    content.set(qn("xml:space"), "preserve")
    run.extend((properties, content))
    return run


def _widths(table: Table) -> list[int]:
    """Give each column's width in half-width characters, as its heading and first rows want it."""
    widths = [max(4, column.width or text_width(column.title or column.key)) for column in table.columns]
    for texts in islice(rows_said_once(table), _SAMPLE):
        widths = [max(width, min(40, text_width(text))) for width, text in zip(widths, texts, strict=True)]
    return [width + 2 for width in widths]


def _without_clock(stream: BytesIO) -> bytes:
    """Pack the archive again with one date for every member: python-docx writes the time of day into it."""
    packed = BytesIO()
    with ZipFile(stream) as written, ZipFile(packed, "w") as archive:
        for name in written.namelist():
            archive.writestr(ZipInfo(name), written.read(name), compress_type=ZIP_DEFLATED)
    return packed.getvalue()
