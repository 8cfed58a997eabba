"""A Document as a Word file with the fonts and the paper of a Chinese office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import islice, zip_longest
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from safeplan.document import Chart, Document, Note, Table, Tone
from safeplan.output.cells import (
    WEEKDAYS,
    Week,
    cell_text,
    group_levels,
    opened_levels,
    shade,
    text_width,
    weeks_of,
    words_of,
)
from safeplan.output.docx_bytes import without_clock
from safeplan.output.options import Options
from safeplan.words.language import Words

_EPOCH = date(2000, 1, 1)
_WIDE = 80  # half-width characters that a portrait A4 page holds
_COLOURS = {Tone.GOOD: "1B7F3B", Tone.WARNING: "9A6700", Tone.BAD: "C00000", Tone.QUIET: "808080"}
_SAMPLE = 500
_SHORT = 14  # half-width characters that stay on one line
_FILLS = ("FFFFFF", "FDEACD", "FBCF8F", "F3A64B", "DD7A17")


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
    return without_clock(stream)


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
    for rule in paper.styles["Title"].element.pPr.findall(qn("w:pBdr")):  # the blue line of Word's own title
        rule.getparent().remove(rule)
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
    title = f"{chart.title}（{chart.unit}）" if chart.unit else chart.title
    if chart.limit is not None:
        title += f"  {words('! above {limit}', limit=cell_text(chart.limit))}"
    paper.add_paragraph().add_run(title).bold = True
    if chart.kind == "heat":
        _add_heat(paper, chart, words)
    else:
        _add_bars(paper, chart)


def _add_heat(paper: Any, chart: Chart, words: Words) -> None:
    """Draw the weeks in two columns of shaded figures."""
    weeks = weeks_of(chart)
    half = -(-len(weeks) // 2)
    top = max(chart.values, default=0.0)
    heading = [_Cell(words("Week of")), *(_Cell(words(day)) for day in WEEKDAYS)]
    day = min(640, (_room(paper) // 2 - 1400) // 7)
    grid = _add_grid(paper, [1400, *[day] * 7] * 2)
    margins = OxmlElement("w:tblCellMar")
    margins.extend((_element("w:left", w="40", type="dxa"), _element("w:right", w="40", type="dxa")))
    grid.tblPr.find(qn("w:tblLook")).addprevious(margins)  # the schema fixes the order
    grid.append(_row(heading * 2, heading=True))
    for first, second in zip_longest(weeks[:half], weeks[half:]):
        cells = [cell for week in (first, second) for cell in _week_cells(week, chart, top)]
        grid.append(_row(cells))
    paper.add_paragraph()


def _week_cells(week: Week | None, chart: Chart, top: float) -> list[_Cell]:
    if week is None:
        return [_Cell("")] * 8
    cells = [_Cell(week.monday.isoformat(), side="center", is_day=True)]
    for value in week.values:
        above = value is not None and chart.limit is not None and value > chart.limit
        fill = "" if value is None else _FILLS[shade(value, top)]
        cells.append(_Cell(cell_text(value) + ("!" if above else ""), side="center", fill=fill, bold=above))
    return cells


def _add_bars(paper: Any, chart: Chart) -> None:
    top = max([0.0, *chart.values])
    grid = _add_grid(paper, [2400, 5200, 1400])
    for label, value in zip(chart.labels, chart.values, strict=True):
        above = chart.limit is not None and value > chart.limit
        bar = _Cell("█" * (round(40 * max(0.0, value) / top) if top else 0), colour="3B6EA5")
        shown = _Cell(cell_text(value) + (" !" if above else ""), side="right", bold=above)
        grid.append(_row([_Cell(cell_text(label)), bar, shown]))
    paper.add_paragraph()


def _add_table(paper: Any, table: Table, words: Words, *, said: str) -> None:
    if table.title and table.title != said:
        paper.add_heading(table.title, level=2)
    if not len(table.rows):
        paper.add_paragraph(words("None."))
        return
    grid = _add_grid(paper, _fitted(_widths(table), _room(paper)))
    grid.append(_row([_Cell(column.title or column.key, side="center") for column in table.columns], heading=True))
    levels = group_levels(table)
    tones = table.tones or [Tone.PLAIN] * len(table.rows)
    for (opened, row), tone in zip(opened_levels(table), tones, strict=True):
        said_above = {column for columns in levels[:opened] for column in columns}
        cells = []
        for i, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            # What the row above says too is said again, quietly: a page may begin with any row.
            colour = _COLOURS.get(Tone.QUIET if i in said_above else tone, "")
            cells.append(_Cell(cell_text(cell), column.align, colour, is_day=isinstance(cell, date)))
        grid.append(_row(cells))
    for line in table.signatures:
        paper.add_paragraph(f"{line}：{'_' * 24}").paragraph_format.space_before = Pt(12)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of a Word table: its text and its look."""

    text: str
    side: str = "left"
    colour: str = ""
    fill: str = ""
    bold: bool = False
    is_day: bool = False


def _add_grid(paper: Any, twips: list[int]) -> Any:
    """Add an empty table with columns of these widths; give its XML.

    Rows are built as XML: python-docx takes minutes for the thousands of a year.
    """
    grid = paper.add_table(rows=0, cols=len(twips))
    grid.style = "Table Grid"
    grid.autofit = False
    for column, width in zip(grid._tbl.tblGrid.findall(qn("w:gridCol")), twips, strict=True):
        column.set(qn("w:w"), str(width))
    return grid._tbl


def _row(cells: list[_Cell], *, heading: bool = False) -> Any:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))  # repeated on every page
    row.append(properties)
    for cell in cells:
        box, shape = OxmlElement("w:tc"), OxmlElement("w:tcPr")
        if cell.fill:
            shape.append(_element("w:shd", val="clear", fill=cell.fill))
        paragraph, layout = OxmlElement("w:p"), OxmlElement("w:pPr")
        side = cell.side if cell.side in ("right", "center") else "left"
        layout.extend((_element("w:spacing", after="0"), _element("w:jc", val=side)))
        run = _run(cell.text, bold=heading or cell.bold, colour=cell.colour)
        paragraph.extend((layout, _day_run(run) if cell.is_day else run))
        box.extend((shape, paragraph))
        row.append(box)
    return row


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _run(text: str, *, bold: bool = False, colour: str = "") -> Any:
    run, properties, content = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:t")
    if bold:
        properties.append(OxmlElement("w:b"))
    if colour:
        properties.append(_element("w:color", val=colour))
    properties.append(_element("w:sz", val="19"))  # half points
    content.text = text
    content.set(qn("xml:space"), "preserve")
    run.extend((properties, content))
    return run


def _day_run(run: Any) -> Any:
    """Make the hyphens of a day such that no line breaks at them; they read back as hyphens."""
    content = run[-1]
    year, *rest = content.text.split("-")
    content.text = year
    for part in rest:
        text = OxmlElement("w:t")
        text.text = part
        run.extend((OxmlElement("w:noBreakHyphen"), text))
    return run


def _room(paper: Any) -> int:
    """Give the width between the margins, in twips."""
    page = paper.sections[0]
    return int((page.page_width - page.left_margin - page.right_margin) / 635)  # EMU in a twip


def _widths(table: Table) -> list[int]:
    """Give each column's width in half-width characters, as its heading and first rows want it."""
    widths = [max(4, column.width or text_width(column.title or column.key)) for column in table.columns]
    for row in islice(table.rows, _SAMPLE):
        widths = [max(width, min(40, text_width(cell_text(cell)))) for width, cell in zip(widths, row, strict=True)]
    return widths


def _fitted(widths: list[int], room: int) -> list[int]:
    """Give widths in twips that fill the page; where they do not fit, the long columns give way, not the short."""
    wanted = [width * 115 + 220 for width in widths]
    long = [want if width > _SHORT else 0 for want, width in zip(wanted, widths, strict=True)]
    rest = room - (sum(wanted) - sum(long))
    if sum(wanted) > room and rest > 500 * sum(map(bool, long)) > 0:
        return [want * rest // sum(long) if keep else want for want, keep in zip(wanted, long, strict=True)]
    return [want * room // sum(wanted) for want in wanted]
